import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { taskDone } from '../../src/delivery/task-done.store.ts';
import { day } from '../../src/domain/day.ts';
import type { SaidOutcome } from '../../src/dunning/done.ts';
import { previewAhead } from '../../src/dunning/preview.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
});

const by = 'Maria Lopez';
const euro = currency('EUR');
const call = step({
  key: 'call',
  name: 'call',
  offsetDays: 3,
  stage: 'first',
  channel: 'call',
  template: 'call',
});
const letter = step({
  key: 'letter',
  name: 'letter',
  offsetDays: 3,
  stage: 'first',
  channel: 'letter',
  template: 'letter_first',
});
const usAddress = { addressLines: ['1 Main St', 'Portland, OR 97201'], country: 'US', region: 'OR' } as const;

async function follows(...steps: readonly Step[]): Promise<void> {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    await saveDocument(
      tx,
      shop.companyId,
      { expectedVersion, document: withSteps(...steps) },
      by,
      shop.now(),
    );
  });
}

/** Ten in the morning in Oregon: read, planned, and what is due is sent. */
async function on(date: string): Promise<void> {
  shop.at(`${date}T18:00:00Z`);
  await shop.morning();
  await shop.deliver();
}

/** What stands or left, with the day in Oregon for which it is planned or on which it left. */
async function said(): Promise<readonly string[]> {
  const touches = await shop.touches();
  return touches
    .filter(({ state }) => state !== 'cancelled')
    .map((touch) => {
      const at = touch.sent_at ?? touch.planned_for;
      return `${touch.channel} ${touch.currency} ${touch.state} ${at.toISOString().slice(0, 13)}`;
    });
}

async function done(code: string, more: SaidOutcome = {}): Promise<void> {
  const touch = (await shop.touches()).find((each) => each.state === 'approved' && each.currency === code);
  await shop.within((tx) =>
    taskDone(shop.duly, tx, shop.companyId, touch?.touch_id ?? '', { result: 'no_answer', ...more }, by),
  );
}

/** In dollars and in euros, both since 6 November. */
function owesTwice(where: Parameters<typeof customerRow>[1] = {}): void {
  shop.ledger.put({
    customers: [customerRow('C1', where)],
    invoices: [
      invoiceRow('I1', { dueOn: day('2026-11-06') }),
      invoiceRow('E1', { currency: euro, dueOn: day('2026-11-06') }),
    ],
  });
}

describe('S3, P17: one call a day over all currencies', () => {
  beforeEach(async () => {
    await follows(call, ...emailSteps.slice(1));
    owesTwice();
  });

  it('one call is on the list, and the other one waits for the day after it was made', async () => {
    await on('2026-11-10');
    expect(await said()).toEqual(['call EUR approved 2026-11-10T18']);
    await on('2026-11-12');
    expect(await said()).toEqual(['call EUR approved 2026-11-10T18']);
    await done('EUR');
    await shop.reconcileAndPlan();
    expect(await said()).toEqual(['call EUR sent 2026-11-12T18']);
    await on('2026-11-13');
    expect(await said()).toEqual(['call EUR sent 2026-11-12T18', 'call USD approved 2026-11-13T18']);
  });

  it('S7: the preview has the one on the list today and the other one on the next day', async () => {
    shop.ledger.put({ invoices: [invoiceRow('E1', { currency: euro, dueOn: day('2026-11-08') })] });
    await on('2026-11-10');
    await on('2026-11-12');
    expect(await said()).toEqual(['call USD approved 2026-11-10T18']);
    const ahead = await shop.within(async (tx) =>
      previewAhead(tx, await getCompany(tx, shop.companyId), shop.now(), { days: 3 }),
    );
    expect(ahead.map((each) => `${each.draft.currency} ${each.day}`)).toEqual([
      'USD 2026-11-12',
      'EUR 2026-11-13',
    ]);
  });

  it('of two that were released together one is put off to the next day, and comes back when the first is taken away', async () => {
    await shop.setMode('preview');
    await on('2026-11-10');
    await on('2026-11-12');
    expect(await said()).toEqual(['call EUR planned 2026-11-10T18', 'call USD planned 2026-11-12T18']);
    await shop.setMode('autopilot');
    await shop.reconcileAndPlan();
    const apart = ['call EUR approved 2026-11-10T18', 'call USD approved 2026-11-13T17'];
    await shop.reconcileAndPlan();
    expect(await said()).toEqual(apart);
    await shop.reconcileAndPlan();
    expect(await said()).toEqual(apart);
    const fixed = invoiceRow('E1', { currency: euro, openMinor: 0, status: 'closed' });
    shop.ledger.put({ invoices: [{ ...fixed, changedAt: shop.now().toISOString() }] });
    await shop.morning();
    expect(await said()).toEqual(['call USD approved 2026-11-12T18']);
  });
});

describe('S3: a call and an e-mail in another currency', () => {
  beforeEach(async () => {
    await follows(call, ...emailSteps.slice(1));
    owesTwice();
    await on('2026-11-10');
    // from now on it begins with an e-mail; the call in euros is on the list already
    await follows(...emailSteps);
  });

  it('the e-mail waits while the call is on the list, and leaves on the day after it', async () => {
    await on('2026-11-12');
    expect(await said()).toEqual(['call EUR approved 2026-11-10T18']);
    await done('EUR');
    await shop.deliver();
    await on('2026-11-13');
    expect(await said()).toEqual(['call EUR sent 2026-11-12T18', 'email USD sent 2026-11-13T18']);
  });
});

/** What was decided last for the dollars. */
async function decided(): Promise<unknown> {
  return await shop.within((tx) =>
    tx
      .selectFrom('decision')
      .select(['verdict', 'reasons', 'next_at'])
      .where('currency', '=', 'USD')
      .orderBy('decided_on', 'desc')
      .executeTakeFirst(),
  );
}

describe('S3: a task that nobody does silences no other currency', () => {
  it.each([
    { policy: 'the default', waitsBusinessDays: call.waitsBusinessDays },
    { policy: 'a wait without limit', waitsBusinessDays: null },
  ])('a call has its day and one business day more, under $policy', async ({ waitsBusinessDays }) => {
    await follows({ ...call, waitsBusinessDays }, ...emailSteps.slice(1));
    owesTwice();
    await on('2026-11-10');
    await follows(...emailSteps);
    // the eleventh is Veterans Day
    await on('2026-11-12');
    expect(await said()).toEqual(['call EUR approved 2026-11-10T18']);
    expect(await decided()).toMatchObject({
      verdict: 'wait',
      reasons: expect.arrayContaining([
        { rule: 'S3', words: 'The call in EUR is on somebody’s list for today.' },
      ]),
      next_at: new Date('2026-11-13T17:00:00Z'),
    });
    await on('2026-11-13');
    // and the call is not for the same day any more
    expect(await said()).toEqual(['call EUR approved 2026-11-16T17', 'email USD sent 2026-11-13T18']);
  });

  it('two calls that nobody makes come on the list one after the other', async () => {
    await follows(call, ...emailSteps.slice(1));
    owesTwice();
    await on('2026-11-10');
    await on('2026-11-12');
    expect(await said()).toEqual(['call EUR approved 2026-11-10T18']);
    await on('2026-11-13');
    // one of them on a list: the older one gives way to what is fresh, and has the list again after that had its days
    expect(await said()).toEqual(['call EUR approved 2026-11-16T17', 'call USD approved 2026-11-13T18']);
    await shop.reconcileAndPlan();
    expect(await said()).toEqual(['call EUR approved 2026-11-16T17', 'call USD approved 2026-11-13T18']);
    await on('2026-11-16');
    expect(await said()).toEqual(['call EUR approved 2026-11-17T17', 'call USD approved 2026-11-13T18']);
    await on('2026-11-17');
    expect(await said()).toEqual(['call EUR approved 2026-11-17T17', 'call USD approved 2026-11-18T17']);
    await done('EUR');
    await on('2026-11-18');
    expect(await said()).toEqual(['call EUR sent 2026-11-17T18', 'call USD approved 2026-11-18T17']);
    await done('USD');
  });

  it('of two calls whose days are over one stays on the list, and neither keeps the day from what is no call', async () => {
    await follows({ ...call, waitsBusinessDays: null }, ...emailSteps.slice(1));
    owesTwice();
    for (const date of ['2026-11-10', '2026-11-12', '2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18'])
      await on(date);
    expect(await said()).toEqual(['call EUR approved 2026-11-17T17', 'call USD approved 2026-11-19T17']);
    // an e-mail in a third currency is silenced by neither
    const due = { currency: currency('GBP'), dueOn: day('2026-11-14') };
    shop.ledger.put({ invoices: [{ ...invoiceRow('G1', due), changedAt: shop.now().toISOString() }] });
    await follows(...emailSteps);
    await on('2026-11-18');
    expect(await said()).toContain('email GBP sent 2026-11-18T18');
  });

  it('a call has no more than that though its time moves on every morning', async () => {
    await follows({ ...call, waitsBusinessDays: null }, ...emailSteps.slice(1));
    owesTwice();
    await on('2026-11-10');
    await follows(...emailSteps);
    for (const date of ['2026-11-12', '2026-11-13']) {
      shop.at(`${date}T12:00:00Z`);
      await shop.morning();
    }
    await on('2026-11-13');
    expect(await said()).toContain('email USD sent 2026-11-13T18');
  });

  it('a letter has the day on which it was written down, and the one on which it is printed', async () => {
    await follows(letter, ...emailSteps.slice(1));
    owesTwice(usAddress);
    await on('2026-11-10');
    await follows(...emailSteps);
    await shop.reconcileAndPlan();
    expect(await said()).toEqual(['letter EUR approved 2026-11-10T18']);
    expect(await decided()).toMatchObject({ verdict: 'wait' });
    await on('2026-11-12');
    expect(await said()).toEqual(['letter EUR approved 2026-11-13T17', 'email USD sent 2026-11-12T18']);
  });
});

describe('a call is written down as made', () => {
  beforeEach(async () => {
    await follows(call, ...emailSteps.slice(1));
    owesTwice();
    await shop.setMode('preview');
    await on('2026-11-10');
    await on('2026-11-12');
    await shop.setMode('autopilot');
    // both are released, and nothing was planned since
    await shop.reconcileAndPlan();
    await done('EUR');
  });

  it('S3: on a day with another contact only once a person says that it was made all the same', async () => {
    await expect(done('USD')).rejects.toThrow('was called about what is owed in EUR on this day already.');
    await done('USD', { anyway: true });
    expect(await said()).toEqual(['call EUR sent 2026-11-12T18', 'call USD sent 2026-11-12T18']);
  });

  it('S1: before its time only once a person says that it was made all the same', async () => {
    await shop.reconcileAndPlan();
    shop.at('2026-11-13T16:30:00Z');
    await expect(done('USD')).rejects.toThrow(/^This call is not due before /);
    await done('USD', { anyway: true });
    expect(await said()).toEqual(['call EUR sent 2026-11-12T18', 'call USD sent 2026-11-13T16']);
  });

  it('on the next day, at its time, nothing is asked', async () => {
    await on('2026-11-13');
    await done('USD');
    expect(await said()).toEqual(['call EUR sent 2026-11-12T18', 'call USD sent 2026-11-13T18']);
  });
});
