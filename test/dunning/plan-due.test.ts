import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyPage } from '../../src/books/mirror.store.ts';
import {
  attestAllBusinesses,
  setMode,
  setTimeZone,
  takeBackAllBusinesses,
} from '../../src/companies/company.store.ts';
import { markPlanDue } from '../../src/companies/plan-due.store.ts';
import { saveOwnReminders } from '../../src/companies/profile.store.ts';
import { day } from '../../src/domain/day.ts';
import { approveTouches, cancelTouch } from '../../src/dunning/approval.store.ts';
import { plan } from '../../src/dunning/plan.job.ts';
import { lookAgain, takeDue } from '../../src/dunning/plan-due.store.ts';
import { skipStep } from '../../src/dunning/skip.store.ts';
import { moveTouch } from '../../src/dunning/touch.store.ts';
import { saveBrand } from '../../src/messages/brand.store.ts';
import type { Tx } from '../../src/platform/db.ts';
import { addDuePlans } from '../../src/platform/scheduler.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { setMinimumBalance } from '../../src/policies/minimum.store.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { liftHold } from '../../src/receivables/hold-lift.store.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { owes } from '../delivery/support.ts';
import { larkspur } from '../messages/samples.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
  shop = await Workshop.open(database, 'approve');
  owes(shop);
  await shop.morning();
});
afterAll(async () => {
  await database.drop();
});

const by = 'Maria Lopez';
const changedAt = '2026-11-10T18:00:01Z';

/** Who is due now; everybody is ''. Nobody waits afterwards, so that the next cause stands alone. */
async function due(): Promise<readonly string[]> {
  await reconcileCompany(shop.duly, { companyId: shop.companyId });
  return await shop.within((tx) => takeDue(tx, shop.companyId, shop.now(), 100));
}

function page(rows: Parameters<typeof booksPage>[0]) {
  return (tx: Tx) => applyPage(tx, shop.companyId, booksPage(rows), { now: shop.now(), first: false });
}

async function touchId(tx: Tx): Promise<string> {
  const row = await tx
    .selectFrom('touch')
    .select('touch_id')
    .orderBy('touch_id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.touch_id;
}

/** The touch as if it had come to stand in this state by itself. */
async function stands(tx: Tx, state: string): Promise<string> {
  const id = await touchId(tx);
  await tx.updateTable('touch').set({ state }).where('touch_id', '=', id).execute();
  return id;
}

const hold = (scope: 'customer' | 'invoice' | 'company') => (tx: Tx) =>
  setHold(
    tx,
    shop.companyId,
    {
      kind: 'pause',
      scope,
      customerId: scope === 'customer' ? 'C1' : null,
      invoiceId: scope === 'invoice' ? 'I1' : null,
      reason: 'a while',
      setBy: by,
      startsOn: day('2026-11-10'),
      endsOn: null,
    },
    shop.now(),
  );

async function lift(tx: Tx): Promise<void> {
  const rows = await tx.selectFrom('hold').select('hold_id').where('lifted_at', 'is', null).execute();
  for (const row of rows) await liftHold(tx, shop.companyId, row.hold_id, by, shop.now());
}

const causes: readonly (readonly [string, (tx: Tx) => Promise<unknown>, 'C1' | ''])[] = [
  ['an invoice changed', page({ invoices: [invoiceRow('I1', { openMinor: 9_000, changedAt })] }), 'C1'],
  ['a payment came', page({ payments: [paymentRow('P1', { unappliedMinor: 10 })] }), 'C1'],
  [
    'the customer changed',
    page({ customers: [customerRow('C1', { emails: ['b@x.example'], changedAt })] }),
    'C1',
  ],
  ['a customer was held', hold('customer'), 'C1'],
  ['their hold was lifted', lift, 'C1'],
  ['an invoice was held', hold('invoice'), 'C1'],
  ['its hold was lifted', lift, 'C1'],
  ['the company was held', hold('company'), ''],
  ['the company’s hold was lifted', lift, ''],
  [
    'the debtor type was set',
    (tx) => setDebtorType(tx, shop.companyId, 'C1', 'business', by, shop.now()),
    'C1',
  ],
  ['the mode changed', (tx) => setMode(tx, shop.companyId, 'autopilot', by, shop.now()), ''],
  ['the time zone changed', (tx) => setTimeZone(tx, shop.companyId, 'America/Denver', by, shop.now()), ''],
  ['the ledger reminds too', (tx) => saveOwnReminders(tx, shop.companyId, true, shop.now()), ''],
  ['the policy changed', (tx) => setMinimumBalance(tx, shop.companyId, { USD: 5 }, by, shop.now()), ''],
  [
    'a customer has a policy of their own',
    (tx) =>
      saveCustomerPolicy(
        tx,
        shop.companyId,
        'C1',
        { segment: null, settings: {}, paused: true, expectedVersion: 0 },
        by,
        shop.now(),
      ),
    'C1',
  ],
  [
    'the brand’s style changed',
    (tx) => saveBrand(tx, shop.companyId, { ...larkspur, style: 'service' }, by, shop.now()),
    '',
  ],
  [
    'a first batch was released, and a touch with it',
    async (tx) => {
      await tx
        .updateTable('company')
        .set({ first_batch_released_at: null, ledger_reminders_on: false })
        .execute();
      await approveTouches(tx, shop.companyId, [await stands(tx, 'awaiting_approval')], by, shop.now());
    },
    '',
  ],
  [
    'a touch was sent',
    async (tx) => moveTouch(tx, shop.companyId, await stands(tx, 'reserved'), 'sent'),
    'C1',
  ],
  [
    'a touch failed',
    async (tx) => moveTouch(tx, shop.companyId, await stands(tx, 'reserved'), 'failed'),
    'C1',
  ],
  [
    'nobody knows of a touch',
    async (tx) => moveTouch(tx, shop.companyId, await stands(tx, 'reserved'), 'uncertain'),
    'C1',
  ],
  [
    'it is known now',
    async (tx) => moveTouch(tx, shop.companyId, await stands(tx, 'uncertain'), 'sent'),
    'C1',
  ],
  [
    'a step was skipped',
    async (tx) => skipStep(tx, shop.companyId, await stands(tx, 'approved'), 'not needed', by, shop.now()),
    'C1',
  ],
  [
    'a touch was taken back',
    async (tx) => cancelTouch(tx, shop.companyId, await stands(tx, 'approved'), 'not now', by, shop.now()),
    'C1',
  ],
];

describe('whatever a decision rests on marks whom it concerns', () => {
  it.each(causes)('%s', async (_, cause, whom) => {
    await due();
    await shop.within(cause);
    expect(await due()).toContain(whom);
  });

  it('all customers were stated to be businesses', async () => {
    await shop.within((tx) => tx.updateTable('company').set({ all_businesses_at: null }).execute());
    await due();
    await shop.within((tx) => attestAllBusinesses(tx, shop.companyId, by, shop.now()));
    expect(await due()).toContain('');
    // and it was taken back
    await due();
    await shop.within((tx) => takeBackAllBusinesses(tx, shop.companyId, by, shop.now()));
    expect(await due()).toContain('');
  });
});

it('S1: a day that comes is found by itself, at its midnight; who was marked meanwhile keeps the mark', async () => {
  await due();
  const midnight = new Date(shop.now().getTime() + 3_600_000);
  await shop.within((tx) => lookAgain(tx, shop.companyId, [{ customerId: 'C1', at: midnight }]));
  expect(await due()).toEqual([]);
  // what the causes above asked for
  await database.pool.query('delete from graphile_worker._private_jobs');
  const found = await addDuePlans({ ...shop.duly, clock: { now: () => midnight } });
  expect(found).toBe(1);
  // its plan waits in the queue already
  expect(await addDuePlans({ ...shop.duly, clock: { now: () => midnight } })).toBe(0);
  await shop.within((tx) => markPlanDue(tx, shop.companyId, ['C1']));
  await shop.within((tx) => lookAgain(tx, shop.companyId, [{ customerId: 'C1', at: midnight }]));
  expect(await due()).toEqual(['C1']);
});

it('SEQ-07, IDM-15: a case whose sequence is over is said once, and no more when it is paid; then the customer is thanked', async () => {
  const own = await Workshop.open(database);
  owes(own);
  await own.morning();
  await own.deliver();
  const told = () =>
    own.within((tx) =>
      tx.selectFrom('problem').selectAll().where('kind', '=', 'sequence_finished').execute(),
    );
  await own.within(async (tx) => {
    // the one step there is was sent; the business wants to thank
    const { body } = await tx
      .selectFrom('policy')
      .select('body')
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow();
    const stored = body as unknown as { sequences: { steps: object[] }[]; settings: object };
    const [sequence] = stored.sequences;
    const short = {
      ...stored,
      sequences: [{ ...sequence, steps: sequence?.steps.slice(0, 1) }],
      settings: { ...stored.settings, thankYou: true },
    };
    await tx
      .insertInto('policy')
      .values({
        company_id: own.companyId,
        version: 9,
        body: JSON.stringify(short),
        created_by: by,
        created_at: own.now(),
      })
      .execute();
  });
  own.at('2026-11-20T18:00:00Z');
  await own.morning();
  await plan(own.duly, { companyId: own.companyId, all: true });
  await plan(own.duly, { companyId: own.companyId, all: true });
  expect(await told()).toMatchObject([{ customer_id: 'C1', resolved_at: null }]);
  own.ledger.put({
    invoices: [invoiceRow('I1', { openMinor: 0, status: 'closed', changedAt: '2026-11-23T00:00:00Z' })],
    payments: [
      paymentRow('P1', { allocations: [{ kind: 'invoice', invoiceId: 'I1', amountMinor: 10_000 }] as never }),
    ],
  });
  own.at('2026-11-23T18:00:00Z');
  await own.morning();
  expect((await told())[0]?.resolved_at).not.toBeNull();
  await own.deliver();
  expect(await own.states()).toEqual(['first sent', 'thank_you sent']);
  expect(own.mailer.mails.at(-1)?.text).toContain('Thank you');
});

it('S4: a day that becomes too large falls back to approve as a whole, however many plans it took; what left, left', async () => {
  const own = await Workshop.open(database);
  const customers = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const id = `B${from + index}`;
      return { customer: customerRow(id), invoice: invoiceRow(`I-${id}`, { customerId: id }) };
    });
  const arrive = async (from: number, count: number): Promise<void> => {
    const some = customers(from, count);
    own.ledger.put({ customers: some.map((one) => one.customer), invoices: some.map((one) => one.invoice) });
    await own.morning();
  };
  await arrive(0, 3);
  await own.deliver();
  await arrive(3, 6);
  expect((await own.states()).filter((state) => state === 'first approved')).toHaveLength(6);
  await arrive(9, 4);
  const states = await own.states();
  expect(states.filter((state) => state === 'first sent')).toHaveLength(3);
  expect(states.filter((state) => state === 'first awaiting_approval')).toHaveLength(10);
});
