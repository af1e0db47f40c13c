import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { raiseProblem, resolveProblems } from '../../src/activity/problem.store.ts';
import { day } from '../../src/domain/day.ts';
import { inCompany } from '../../src/platform/db.ts';
import { saveConsequence } from '../../src/policies/consequences/catalogue.store.ts';
import { step } from '../../src/policies/step.ts';
import { derivedHold } from '../../src/receivables/holds.ts';
import { readBatch } from '../../src/web/pages/approve/approve.store.ts';
import { readCompanies } from '../../src/web/pages/companies/companies.store.ts';
import { readCounts } from '../../src/web/pages/connection/connection.store.ts';
import { readCustomer } from '../../src/web/pages/customer/customer.store.ts';
import { CustomerPage } from '../../src/web/pages/customer/customer.view.tsx';
import { readProblems } from '../../src/web/pages/problems/problems.store.ts';
import { readReceivables } from '../../src/web/pages/receivables/receivables.store.ts';
import { wishOf } from '../../src/web/pages/receivables/receivables.ts';
import { readTouch } from '../../src/web/pages/touch/touch.store.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { frame } from './frame.ts';
import { addCustomer, addOwing, addSentTouch, addWaitingTouch, at } from './rows.ts';

let database: TestDatabase;
let companyId: string;

beforeAll(async () => {
  database = await testDatabase();
  companyId = await addCompany(database.db, { mode: 'approve' });
  await inCompany(database.db, companyId, async (tx) => {
    await addCustomer(tx, companyId, 'c1', 'Ridgeway');
    await addCustomer(tx, companyId, 'c2', 'Alder');
    await addCustomer(tx, companyId, 'c3', 'Zinnia');
    await addOwing(tx, companyId, { customerId: 'c1', currency: 'USD', minor: 50_000, daysLate: 40 });
    await addOwing(tx, companyId, { customerId: 'c1', currency: 'EUR', minor: 700, daysLate: 3 });
    await addOwing(tx, companyId, {
      customerId: 'c2',
      currency: 'USD',
      minor: 90_000,
      daysLate: 5,
      held: true,
    });
    await addOwing(tx, companyId, { customerId: 'c3', currency: 'USD', minor: 1_000, daysLate: 0 });
    await addSentTouch(tx, companyId, 'c1');
    await addWaitingTouch(tx, companyId, 'c2');
  });
});

afterAll(async () => {
  await database.drop();
});

describe('who is past due', () => {
  const read = (query: Readonly<Record<string, string>>) =>
    inCompany(database.db, companyId, (tx) =>
      readReceivables(tx, companyId, wishOf(query), day('2026-11-23')),
    );

  test('currencies are never added up, and every filter counts what it shows', async () => {
    const { rows, totals, counts } = await read({});
    expect(totals.map((total) => [total.currency, total.pastDueMinor])).toEqual([
      ['USD', 140_000],
      ['EUR', 700],
    ]);
    expect(counts).toEqual({ all: 4, past_due: 3, held: 1, attention: 0 });
    expect(rows.map((row) => [row.currency, row.name])).toEqual([
      ['EUR', 'Ridgeway'],
      ['USD', 'Alder'],
      ['USD', 'Ridgeway'],
    ]);
    expect((await read({ show: 'held' })).rows.map((row) => row.name)).toEqual(['Alder']);
    expect((await read({ show: 'all' })).rows).toHaveLength(4);
  });
  test('ageing comes with the positions', async () => {
    const { totals } = await read({});
    expect(totals[0]?.ageing).toEqual({
      notDue: 1_000,
      upTo30: 90_000,
      upTo60: 50_000,
      upTo90: 0,
      over90: 0,
    });
  });
  test('under a hold of the whole customer all that is past due counts as held, in the row and in the total', async () => {
    const company = await addCompany(database.db, { name: 'Held' });
    const { rows, totals } = await inCompany(database.db, company, async (tx) => {
      for (const id of ['h1', 'h2', 'h3']) await addCustomer(tx, company, id, id);
      const owed = { currency: 'USD', minor: 4_000, daysLate: 9 };
      await addOwing(tx, company, { ...owed, customerId: 'h1', customerHeld: true });
      await addOwing(tx, company, { ...owed, customerId: 'h2', minor: 500, held: true });
      await addOwing(tx, company, { ...owed, customerId: 'h3', minor: 70 });
      return await readReceivables(tx, company, wishOf({ sort: 'held' }), day('2026-11-23'));
    });
    expect(rows.map((row) => [row.name, row.heldMinor])).toEqual([
      ['h1', 4_000],
      ['h2', 500],
      ['h3', 0],
    ]);
    expect(totals.map((total) => total.heldMinor)).toEqual([4_500]);
  });
  test('a row carries its open touch, its last decision and what was sent', async () => {
    const { rows } = await read({ sort: 'customer' });
    const alder = rows.find((row) => row.name === 'Alder');
    expect(alder?.touch?.state).toBe('awaiting_approval');
    const ridgeway = rows.find((row) => row.name === 'Ridgeway' && row.currency === 'USD');
    expect(ridgeway?.sent?.stepName).toBe('first reminder');
    expect(ridgeway?.decision?.verdict).toBe('wait');
    expect(ridgeway?.reasons).toHaveLength(1);
  });
  test('another company sees none of it', async () => {
    const other = await addCompany(database.db, { name: 'Other' });
    const seen = await inCompany(database.db, other, (tx) =>
      readReceivables(tx, other, wishOf({}), day('2026-11-23')),
    );
    expect(seen.rows).toEqual([]);
    expect(seen.nextEventOn).toBeNull();
  });
});

describe('the other read models', () => {
  test('a customer comes with positions, touches, notes and record', async () => {
    const view = await inCompany(database.db, companyId, (tx) =>
      readCustomer(tx, companyId, 'c1', { now: at, today: day('2026-11-23') }),
    );
    expect(view.positions.map((position) => position.currency)).toEqual(['USD', 'EUR']);
    const [touch] = [...view.touches.values()];
    expect(touch?.subject).toBe('Invoice 1042');
    expect(touch?.notes.map((note) => note.state)).toEqual(['written']);
  });
  test('a hold that stands above as a problem, with what to do, is not said again beside the figures', async () => {
    const read = () =>
      inCompany(database.db, companyId, (tx) =>
        readCustomer(tx, companyId, 'c1', { now: at, today: day('2026-11-23') }),
      );
    const view = await read();
    const derived = derivedHold('credit_covers', 'R4', 'Credit covers it.', day('2026-11-23'));
    const positions = view.positions.map((position) => ({ ...position, holds: [derived] }));
    const html = (problems: typeof view.problems): string =>
      renderToString(CustomerPage({ frame: frame(), view: { ...view, positions, problems } }));
    expect(html([])).toContain('Credit covers it.');
    await inCompany(database.db, companyId, (tx) =>
      raiseProblem(tx, companyId, at, {
        kind: 'credit_covers',
        subject: 'c1 USD',
        customerId: 'c1',
        what: 'Unapplied credit covers what is past due.',
        meaning: 'Not chased.',
        action: 'Apply it.',
      }),
    );
    const { problems } = await read();
    expect(html(problems)).toContain('Unapplied credit covers');
    expect(html(problems)).not.toContain('Credit covers it.');
    await inCompany(database.db, companyId, (tx) => resolveProblems(tx, companyId, at, 'credit_covers', []));
  });
  test('an unknown customer is not found, in words', async () => {
    await expect(
      inCompany(database.db, companyId, (tx) =>
        readCustomer(tx, companyId, 'nobody', { now: at, today: day('2026-11-23') }),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
  test('P8: a row of the batch names what it announces, or says why it does not now', async () => {
    const said = await inCompany(database.db, companyId, async (tx) => {
      const announces = async (): Promise<unknown> =>
        (await readBatch(tx, companyId, at)).waiting.map((touch) => touch.announces);
      const plan = (consequence: string | null) =>
        tx
          .updateTable('touch')
          .set({
            step: JSON.stringify(
              step({ key: 'third', name: 'third', offsetDays: 5, stage: 'third', consequence }),
            ),
          })
          .where('customer_id', '=', 'c2')
          .execute();
      const words = [await announces()];
      await plan('stop_supply');
      words.push(await announces());
      const wanted = { ownerName: 'Dana', ownerEmail: null, leadDays: 7, doing: 'Stop it.', active: true };
      await saveConsequence(tx, companyId, 'stop_supply', wanted, 'Dana', at);
      words.push(await announces());
      await plan(null);
      return words;
    });
    expect(said).toEqual([
      [null],
      [expect.stringContaining('No consequence is announced')],
      ['Announces “Stop supply”.'],
    ]);
  });
  test('the batch holds what waits, with its invoices', async () => {
    const batch = await inCompany(database.db, companyId, (tx) => readBatch(tx, companyId, at));
    expect(batch.waiting.map((touch) => touch.customerName)).toEqual(['Alder']);
    expect(batch.waiting[0]?.lines).toHaveLength(1);
    // planned today and not released for a week: it is a week later by then, as its message will say
    const late = (seen: typeof batch): number => seen.waiting[0]?.lines[0]?.daysLate ?? 0;
    const inAWeek = new Date(at.getTime() + 7 * 86_400_000);
    const later = await inCompany(database.db, companyId, (tx) => readBatch(tx, companyId, inAWeek));
    expect(late(later)).toBe(late(batch) + 7);
    expect(batch.released).toEqual([]);
    expect(batch.waiting[0]?.creditMinor).toBe(0);
    // the invoice is 500.00, and 200.00 of credit are not applied
    const credited = await inCompany(database.db, companyId, async (tx) => {
      const asks = (ask_minor: number) =>
        tx.updateTable('touch').set({ ask_minor }).where('customer_id', '=', 'c2').execute();
      const has = (credits_minor: number) =>
        tx.updateTable('position').set({ credits_minor }).where('customer_id', '=', 'c2').execute();
      await asks(30_000);
      await has(20_000);
      const seen = await readBatch(tx, companyId, at);
      await asks(50_000);
      await has(0);
      return seen;
    });
    expect(credited.waiting[0]?.creditMinor).toBe(20_000);
    const touchId = batch.waiting[0]?.touchId ?? '';
    const touch = await inCompany(database.db, companyId, (tx) => readTouch(tx, companyId, touchId, at));
    expect(touch.reference).toBe('REF-c2');
    await expect(
      inCompany(database.db, companyId, (tx) => readTouch(tx, companyId, randomUUID(), at)),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
  test('counts, problems and companies read what is there', async () => {
    const counts = await inCompany(database.db, companyId, (tx) => readCounts(tx, companyId));
    expect(counts).toMatchObject({ customers: 3, payments: 0, rejected: [] });
    const wish = { kind: null, customerId: null, page: 1 };
    expect(await inCompany(database.db, companyId, (tx) => readProblems(tx, companyId, wish))).toEqual({
      rows: [],
      count: 0,
      kinds: [],
      customerName: null,
    });
    expect(await readCompanies(database.db, randomUUID())).toEqual([]);
  });
});
