import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { day } from '../../src/domain/day.ts';
import { paidLateOf } from '../../src/dunning/paid-late.store.ts';
import { inCompany } from '../../src/platform/db.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { now, type TestServer, testServer } from './api-support.ts';
import { byLaw, companyIn, owing, settle } from './interest-seed.ts';

let server: TestServer;
let companyId: string;
let key: string;
let ann: SignedInPerson;

const mill = { id: 'mill', name: 'Mill Ltd', country: 'GB' };

beforeAll(async () => {
  server = await testServer();
  const { db } = server.database;
  companyId = await companyIn(db, 'GB');
  key = await server.key(companyId);
  ann = await signIn(server, companyId, 'owner');
  const dueOn = '2026-03-01';
  await owing(
    db,
    companyId,
    mill,
    {
      gov: { dueOn, minor: 1_000_000 },
      parts: { dueOn, minor: 1_000_000 },
      intime: { dueOn, minor: 1_000_000 },
      unknown: { dueOn, minor: 1_000_000 },
      euro: { dueOn, minor: 20_000, currency: 'EUR' },
      open: { dueOn: '2026-10-01', minor: 1_000_000 },
    },
    byLaw,
  );
  await settle(db, companyId, 'mill-gov', [{ by: 'mill', on: '2026-04-30', minor: 1_000_000 }]);
  await settle(db, companyId, 'mill-parts', [
    { by: 'mill', on: '2026-03-31', minor: 400_000, kind: 'credit_note' },
    // the ledger does not say who paid
    { by: null, on: '2026-05-05', minor: 600_000 },
  ]);
  await settle(db, companyId, 'mill-intime', [{ by: 'mill', on: '2026-03-01', minor: 1_000_000 }]);
  await settle(db, companyId, 'mill-unknown', [{ by: 'mill', on: '2026-04-30', minor: 900_000 }]);
  await settle(db, companyId, 'mill-euro', [
    { by: 'mill', on: '2026-03-31', minor: 20_000, currency: 'EUR' },
  ]);
});
afterAll(() => server.close());

const within = <T>(work: Parameters<typeof inCompany<T>>[2]) =>
  inCompany(server.database.db, companyId, work);
const interest = async (customerId = 'mill', query = '') =>
  (
    await server.call({
      url: `/api/v1/companies/${companyId}/customers/${customerId}/interest${query}`,
      method: 'GET',
      key,
    })
  ).body;
const gbp = (minor: number) => ({ minor, currency: 'GBP' });

async function page(customerId = 'mill', query = ''): Promise<string> {
  const { html } = await ann.get(`/companies/${companyId}/customers/${customerId}${query}`);
  return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('interest on what was paid late (D10, FEE-07)', () => {
  it('the API has it apart from what is open, with totals of its own by currency', async () => {
    const { items, paidLate } = await interest();
    expect(items).toMatchObject([{ invoiceId: 'mill-open', kind: 'sum', interest: gbp(19_315) }]);
    expect([paidLate.since, paidLate.until, paidLate.cut]).toEqual(['2025-11-30', '2026-11-30', false]);
    expect(paidLate.items).toMatchObject([
      {
        // 0.1175 / 365 × (30 × 10,000 + 35 × 6,000)
        ...{ invoiceId: 'mill-parts', dueOn: '2026-03-01', paidOn: '2026-05-05', daysLate: 65 },
        ...{ owedWhenLate: gbp(1_000_000), interest: gbp(16_418), fixedSum: gbp(10_000) },
        reasons: [{ rule: 'LAW uk-late-payment', source: expect.stringContaining('1998') }],
      },
      // the government's example
      {
        invoiceId: 'mill-gov',
        paidOn: '2026-04-30',
        daysLate: 60,
        interest: gbp(19_315),
        fixedSum: gbp(10_000),
      },
      // 200 × 11.75 % × 30 / 365, and no fixed sum in euros
      {
        invoiceId: 'mill-euro',
        interest: { minor: 193, currency: 'EUR' },
        fixedSum: { minor: 0, currency: 'EUR' },
      },
      { invoiceId: 'mill-unknown', kind: 'refused', paidOn: null, daysLate: null, interest: null },
    ]);
    expect(paidLate.totals).toEqual([
      { currency: 'GBP', interest: gbp(35_733), fixedSum: gbp(20_000), withoutSum: 1 },
      ...[
        {
          currency: 'EUR',
          interest: { minor: 193, currency: 'EUR' },
          fixedSum: { minor: 0, currency: 'EUR' },
        },
      ].map((total) => ({ ...total, withoutSum: 0 })),
    ]);
  });

  it('for an earlier day, what was paid by then', async () => {
    const { paidLate } = await interest('mill', '?day=2026-04-30');
    expect(paidLate.items.map(({ invoiceId }: { invoiceId: string }) => invoiceId)).toEqual([
      'mill-gov',
      'mill-euro',
      'mill-unknown',
    ]);
    // a day to come changes nothing: it was paid
    expect((await interest('mill', '?day=2027-03-01')).paidLate.until).toBe('2026-11-30');
  });

  it('the page lists it below what is open, says that no reminder asks for it, and adds nothing of it up above', async () => {
    const words = await page();
    const [above = '', below = ''] = words.split(' Paid late ');
    expect(above).toContain('Total, GBP 193.15 100.00 293.15');
    expect(above).not.toContain('gov');
    expect(below).toContain('Paid from 1 Dec 2025 to 30 Nov 2026.');
    expect(below).toContain('no reminder asks for it and no total above has it in it');
    expect(below).toContain('gov 1 Mar 2026 30 Apr 2026 60 10,000.00 11.75 % 8 % above the Bank of England');
    expect(below).toContain('2 Mar 2026 to 31 Mar 2026: 30 days on 10,000.00 at 11.75 %');
    expect(below).toContain('not known');
    expect(below).toContain('come to £9,000.00 of £10,000.00');
    expect(below).toContain(
      'Total of what was paid late, GBP, without 1 invoice that has no sum 357.33 200.00 557.33',
    );
    expect(below).toContain('Total of what was paid late, EUR 1.93');
  });

  it('who owes nothing any more is shown it all the same', async () => {
    const { db } = server.database;
    await owing(
      db,
      companyId,
      { ...mill, id: 'past' },
      { a: { dueOn: '2026-03-01', minor: 100_000 } },
      byLaw,
    );
    await settle(db, companyId, 'past-a', [{ by: 'past', on: '2026-03-11', minor: 100_000 }]);
    await within((tx) => tx.deleteFrom('position').where('customer_id', '=', 'past').execute());
    const words = await page('past');
    expect(words).toContain('Owes nothing');
    expect(words).toContain('a 1 Mar 2026 11 Mar 2026 10 1,000.00 11.75 %');
    expect(words).toMatch(/Total of what was paid late, GBP 3\.22 70\.00 73\.22/);
  });

  it('a payment that was taken back was never one: the invoice is open again, and in one list only', async () => {
    const { db } = server.database;
    await owing(
      db,
      companyId,
      { ...mill, id: 'back' },
      { a: { dueOn: '2026-03-01', minor: 100_000 } },
      byLaw,
    );
    await settle(db, companyId, 'back-a', [{ by: 'back', on: '2026-03-11', minor: 100_000 }]);
    expect((await interest('back')).paidLate.items).toHaveLength(1);
    // the payment is read first, the invoice a moment later
    await within((tx) =>
      tx.updateTable('payment').set({ status: 'deleted' }).where('payment_id', '=', 'back-a-1').execute(),
    );
    expect((await interest('back')).paidLate.items).toMatchObject([{ kind: 'refused', paidOn: null }]);
    await within((tx) =>
      tx
        .updateTable('invoice')
        .set({ status: 'open', open_minor: 100_000 })
        .where('invoice_id', '=', 'back-a')
        .execute(),
    );
    const { items, paidLate } = await interest('back');
    expect([items.length, paidLate.items.length]).toEqual([1, 0]);
    // from the day after the due date, as if nothing had come in: 274 days
    expect(items[0].words).toContain('274 days');
  });

  it('R8: a payment whose latest form could not be read has a reason instead of a sum', async () => {
    const { db } = server.database;
    await owing(
      db,
      companyId,
      { ...mill, id: 'torn' },
      { a: { dueOn: '2026-03-01', minor: 100_000 } },
      byLaw,
    );
    await settle(db, companyId, 'torn-a', [{ by: 'torn', on: '2026-03-11', minor: 100_000 }]);
    await within((tx) =>
      tx
        .insertInto('rejected_row')
        .values({
          ...{ company_id: companyId, kind: 'payment', row_id: 'torn-a-1', customer_id: 'torn' },
          ...{ reason: 'no day', seen_at: now },
        })
        .execute(),
    );
    const { paidLate } = await interest('torn');
    expect(paidLate.items).toMatchObject([{ kind: 'refused', paidOn: '2026-03-11' }]);
    expect(paidLate.items[0].reasons[0].words).toContain('torn-a-1 could not be read');
    expect(paidLate.totals).toMatchObject([{ interest: gbp(0), withoutSum: 1 }]);
  });

  it('money in another currency than the invoice’s settles nothing of it (R3)', async () => {
    const { db } = server.database;
    await owing(db, companyId, { ...mill, id: 'mix' }, { a: { dueOn: '2026-03-01', minor: 100_000 } }, byLaw);
    await settle(db, companyId, 'mix-a', [{ by: 'mix', on: '2026-03-11', minor: 100_000, currency: 'EUR' }]);
    expect((await interest('mix')).paidLate.items).toMatchObject([{ kind: 'refused', paidOn: null }]);
  });

  it('whose bills go to a parent is listed with the parent, and a parent may pay for its own (R12)', async () => {
    const { db } = server.database;
    const one = { a: { dueOn: '2026-03-01', minor: 100_000 } };
    await owing(db, companyId, { ...mill, id: 'group' }, {}, byLaw);
    for (const id of ['billed', 'alone']) {
      await owing(db, companyId, { ...mill, id }, one, byLaw);
      await settle(db, companyId, `${id}-a`, [{ by: 'group', on: '2026-03-11', minor: 100_000 }]);
      await within((tx) =>
        tx
          .updateTable('customer')
          .set({ parent_id: 'group', bills_with_parent: id === 'billed' })
          .where('customer_id', '=', id)
          .execute(),
      );
    }
    const of = async (id: string) =>
      (await interest(id)).paidLate.items.map(
        (item: { invoiceId: string; kind: string }) => `${item.invoiceId} ${item.kind}`,
      );
    expect([await of('group'), await of('alone')]).toEqual([['billed-a sum'], ['alone-a sum']]);
  });

  it('part payments of open invoices count by whomever and in the invoice’s currency only; unreadable ones have a reason', async () => {
    const { db } = server.database;
    const open = { a: { dueOn: '2026-03-01', minor: 1_000_000 } };
    const part = async (id: string, papers: Parameters<typeof settle>[3]) => {
      await owing(db, companyId, { ...mill, id }, open, byLaw);
      await settle(db, companyId, `${id}-a`, papers);
      await within((tx) =>
        tx
          .updateTable('invoice')
          .set({ status: 'open', open_minor: 600_000 })
          .where('invoice_id', '=', `${id}-a`)
          .execute(),
      );
      return (await interest(id, '?day=2026-04-30')).items[0];
    };
    // 0.1175 / 365 × (30 × 10,000 + 30 × 6,000)
    const whole = { kind: 'sum', interest: gbp(15_452) };
    expect(await part('own', [{ by: 'own', on: '2026-03-31', minor: 400_000 }])).toMatchObject(whole);
    expect(await part('nobody', [{ by: null, on: '2026-03-31', minor: 400_000 }])).toMatchObject(whole);
    const other = { by: 'other', on: '2026-03-31', minor: 400_000, currency: 'EUR' };
    // what it was lowered by is not known, so that only what is open counts: 0.1175 / 365 × 60 × 6,000
    expect(await part('other', [other])).toMatchObject({ kind: 'sum', interest: gbp(11_589) });
    await within((tx) =>
      tx
        .insertInto('rejected_row')
        .values({
          ...{ company_id: companyId, kind: 'payment', row_id: 'own-a-1', customer_id: 'own' },
          ...{ reason: 'no day', seen_at: now },
        })
        .execute(),
    );
    const { items } = await interest('own', '?day=2026-04-30');
    expect(items).toMatchObject([{ kind: 'refused', interest: null }]);
    expect(items[0].reasons[0].words).toContain('payment or credit own-a-1 could not be read');
  });

  it('to an individual nothing is charged, afterwards neither', async () => {
    const { db } = server.database;
    const bea = { id: 'bea', name: 'Bea', country: 'GB', type: 'sole_trader' };
    await owing(db, companyId, bea, { a: { dueOn: '2026-03-01', minor: 100_000 } }, byLaw);
    await settle(db, companyId, 'bea-a', [{ by: 'bea', on: '2026-04-30', minor: 100_000 }]);
    expect((await interest('bea')).paidLate.items).toEqual([]);
    expect(await page('bea')).not.toContain('Paid late');
  });

  it('of very many the latest are listed and added up, which is said; an earlier day shows those before', async () => {
    const { db } = server.database;
    const many = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [`n${index}`, { dueOn: '2026-03-01', minor: 10_000 }]),
    );
    await owing(db, companyId, { ...mill, id: 'many' }, many, byLaw);
    for (const [index, number] of Object.keys(many).entries())
      await settle(db, companyId, `many-${number}`, [
        { by: 'many', on: index === 0 ? '2026-03-05' : '2026-03-11', minor: 10_000 },
      ]);
    const list = await within(async (tx) =>
      paidLateOf(tx, await getCompany(tx, companyId), 'many', { until: day('2026-11-30'), now }),
    );
    expect([list.invoices.length, list.cut]).toEqual([200, true]);
    expect(list.invoices.map(({ number }) => number)).not.toContain('n0');
    expect(await page('many')).toContain(
      'Only the 200 invoices paid last are listed and added up; choose an earlier day above to see those before.',
    );
    const { paidLate } = await interest('many', '?day=2026-03-10');
    expect(paidLate.items).toMatchObject([{ number: 'n0' }]);
  });
});
