import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { type Day, day, dayAt } from '../../src/domain/day.ts';
import { explain } from '../../src/dunning/explain.store.ts';
import { previewAhead } from '../../src/dunning/preview.store.ts';
import { skipStep } from '../../src/dunning/skip.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { owes } from '../delivery/support.ts';
import { Agreements } from '../receivables/agreements/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { weekdays } from './rehearsal.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const zone = 'America/Los_Angeles';

/**
 * Tuesday, 10 November 2026: C1 owes 100.00 on I1, past due, and pays 40.00 until Monday, the 16th, and 60.00 until
 * Monday, 14 December. Grace is two business days: until Wednesday, the 18th.
 */
async function agreed(invoice: Parameters<typeof owes>[1] = {}): Promise<[Workshop, Agreements, string]> {
  const shop = await Workshop.open(database);
  owes(shop, invoice);
  await shop.morning();
  const agreements = new Agreements(shop);
  const planId = await agreements.plan();
  await shop.reconcileAndPlan();
  return [shop, agreements, planId];
}

/** A morning, and what is released leaves. */
async function lives(shop: Workshop, on: string): Promise<void> {
  shop.at(`${on}T18:00:00Z`);
  await shop.morning();
  await shop.deliver();
}

/** What left, each with its day, its step and what it asked for. */
async function left(shop: Workshop): Promise<string[]> {
  return (await shop.touches())
    .filter(({ state }) => state === 'sent')
    .map((touch) => `${dayAt(touch.sent_at ?? new Date(0), zone)} ${touch.step_key} ${touch.ask_minor}`);
}

/** Why the last touch was taken back. */
async function takenBack(shop: Workshop): Promise<string | null | undefined> {
  return (await shop.touches()).findLast(({ state }) => state === 'cancelled')?.state_reason;
}

const lastMail = (shop: Workshop): string => shop.mailer.mails.at(-1)?.text ?? '';

it('R11: an instalment is reminded of once, on the business day after its day; after its grace the sequence goes on and speaks of the plan', async () => {
  const [shop] = await agreed();
  const told = await shop.within(async (tx) =>
    previewAhead(tx, await getCompany(tx, shop.companyId), shop.now(), { days: 16 }),
  );
  for (const today of weekdays(day('2026-11-10'), 16)) await lives(shop, today);
  expect(await left(shop)).toEqual([
    '2026-11-17 instalment 4000',
    // three business days after it
    '2026-11-20 first 10000',
    '2026-11-25 second 10000',
  ]);
  expect(told.map((each) => `${each.day} ${each.draft.stepKey} ${each.draft.askMinor}`)).toEqual(
    await left(shop),
  );
  expect(told.map(({ step }) => step.template)).toEqual(['instalment', 'plan_ended', 'second']);
  const [reminder, ended, second] = shop.mailer.mails.map(({ text }) => text.replaceAll(/\s+/g, ' '));
  expect(reminder).toContain('Instalment 1 of 2, $40.00, was due on Nov 16, 2026');
  expect(reminder).toContain('Please pay $40.00 by Wed, Nov 18, 2026');
  expect(ended).toContain(
    'Instalment 1 of 2, due on Nov 16, 2026, is not in our books yet, and so the plan has',
  );
  expect(second).not.toContain('plan');
  // its notes stand on the plan's invoice, and it took none through a step
  const { rows } = await database.pool.query<{ step_key: string }>(
    `select ti.step_key from touch_invoice ti join note n using (company_id, touch_id, invoice_id)
      join touch t using (company_id, touch_id) where company_id = $1 and t.step_key = 'instalment'`,
    [shop.companyId],
  );
  expect(rows).toEqual([{ step_key: 'listed' }]);
});

it('money that came before sending stops it, and the day of the next one is waited for', async () => {
  const [shop, agreements] = await agreed();
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  expect((await shop.states()).at(-1)).toBe('instalment approved');
  agreements.pays('P1', day('2026-11-17'), { I1: 4_000 });
  await shop.deliver();
  expect(await left(shop)).toEqual([]);
  expect(await takenBack(shop)).toContain('what was short of the payment plan has come in');
  for (const today of ['2026-11-19', '2026-12-14', '2026-12-15'] as const) await lives(shop, today);
  expect(await left(shop)).toEqual(['2026-12-15 instalment 6000']);
});

it('what stood is taken back with the plan; nobody is looked at every day for it: the plan names the day', async () => {
  const [shop] = await agreed();
  expect(await takenBack(shop)).toBe('the figures changed since it was planned: invoice I1 is on hold.');
  const looks = await database.pool.query<{ on: Day }>(
    `select (look_at at time zone $2)::date as on from plan_due where company_id = $1 and customer_id = 'C1'`,
    [shop.companyId, zone],
  );
  expect(looks.rows).toEqual([{ on: '2026-11-17' }]);
});

it('a plan over invoices that are not due is reminded of all the same, in one case', async () => {
  const [shop, agreements] = await agreed({ dueOn: day('2026-12-20') });
  expect(await shop.states()).toEqual([]);
  await lives(shop, '2026-11-16');
  await lives(shop, '2026-11-17');
  expect(await left(shop)).toEqual(['2026-11-17 instalment 4000']);
  agreements.pays('P1', day('2026-11-18'), { I1: 4_000 });
  for (const today of ['2026-11-18', '2026-11-24', '2026-12-15'] as const) await lives(shop, today);
  expect(await left(shop)).toEqual(['2026-11-17 instalment 4000', '2026-12-15 instalment 6000']);
  const cases = await database.pool.query('select state from dunning_case where company_id = $1', [
    shop.companyId,
  ]);
  expect(cases.rows).toEqual([{ state: 'open' }]);
});

it('R10: any other hold wins over it; withdrawn, it is taken back and the sequence goes on without a word of the plan', async () => {
  const [shop, agreements, planId] = await agreed();
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  const dispute = {
    kind: 'dispute',
    category: 'other',
    scope: 'invoice',
    invoiceId: 'I1',
    reason: 'not what was ordered',
    setBy: 'Maria Lopez',
    startsOn: day('2026-11-17'),
    endsOn: day('2026-11-17'),
  } as const;
  await shop.within((tx) => setHold(tx, shop.companyId, dispute, shop.now()));
  await shop.reconcileAndPlan();
  expect(await takenBack(shop)).toContain('not what was ordered');
  await shop.deliver();
  expect(await left(shop)).toEqual([]);
  // on the 18th it is over, and the grace is not
  shop.at('2026-11-18T18:00:00Z');
  await shop.morning();
  expect((await shop.states()).at(-1)).toBe('instalment approved');
  await agreements.withdraw(planId);
  await shop.reconcileAndPlan();
  expect(await takenBack(shop)).toBe('the payment plan was withdrawn.');
  await shop.deliver();
  expect(await left(shop)).toEqual(['2026-11-18 first 10000']);
  expect(lastMail(shop)).not.toContain('plan');
});

it('S3: what else is past due follows on a day of its own, the instalment first', async () => {
  const [shop] = await agreed();
  shop.ledger.put({ invoices: [invoiceRow('I2', { dueOn: day('2026-11-14') })] });
  for (const today of weekdays(day('2026-11-16'), 5)) await lives(shop, today);
  // I2 would have had its first reminder on the 17th; three business days lie between
  expect((await left(shop)).slice(0, 2)).toEqual(['2026-11-17 instalment 4000', '2026-11-20 first 20000']);
});

it('a person may pass it over; it does not come back, and the sequence is where it was', async () => {
  const [shop] = await agreed();
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  const touchId = (await shop.touches()).at(-1)?.touch_id ?? '';
  await shop.within((tx) => skipStep(tx, shop.companyId, touchId, 'I call them', 'Maria Lopez', shop.now()));
  for (const today of ['2026-11-17', '2026-11-18', '2026-11-19'] as const) await lives(shop, today);
  expect(await left(shop)).toEqual(['2026-11-19 first 10000']);
});

it('a payment entered late repairs the plan: nothing is said of its end', async () => {
  const [shop, agreements] = await agreed();
  await lives(shop, '2026-11-17');
  shop.at('2026-11-20T18:00:00Z');
  await shop.morning();
  expect((await shop.states()).at(-1)).toBe('first approved');
  agreements.pays('P1', day('2026-11-18'), { I1: 4_000 });
  await shop.deliver();
  expect(await left(shop)).toEqual(['2026-11-17 instalment 4000']);
  expect(await agreements.states()).toEqual(['active 4000']);
});

it('why tells of it: the step, and that it was reminded of', async () => {
  const [shop] = await agreed();
  const why = async (on: string): Promise<string> => {
    const [found] = await shop.within((tx) =>
      explain(tx, shop.companyId, { customerId: 'C1', day: day(on) }, shop.now()),
    );
    const step = found?.branches.find(({ question }) => question === 'step')?.answers ?? [];
    const holds = found?.branches.find(({ question }) => question === 'holds')?.answers ?? [];
    return [found?.verdict, ...[...step, ...holds].map(({ words }) => words)].join(' ');
  };
  expect(await why('2026-11-10')).toMatch(/^wait .*instalment 1 of 2, due 2026-11-16; \$40\.00 is short/);
  expect(await why('2026-11-17')).toMatch(/^touch .*instalment reminder/);
  expect(await why('2026-11-20')).toMatch(/^touch .*A payment plan ended on 2026-11-19/);
  await lives(shop, '2026-11-17');
  expect(await why('2026-11-17')).toMatch(/^nothing_due .*was reminded of once; .* ends on 2026-11-19/);
});
