import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { raiseProblem } from '../../src/activity/problem.store.ts';
import { stepOf } from '../../src/dunning/touch-step.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { owes } from '../delivery/support.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
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
  shop = await Workshop.open(database, 'approve');
});

const by = 'Maria Lopez';
const first = (more: Partial<Step> = {}): Step =>
  step({ key: 'one', name: 'first reminder', offsetDays: 3, stage: 'first', ...more });
const changedAt = '2026-11-10T18:00:30Z';

async function save(document: PolicyBody): Promise<void> {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
  });
}

/** What stands, and why what stood does not. */
async function told(): Promise<readonly string[]> {
  return (await shop.touches()).map(({ state, state_reason }) =>
    state === 'cancelled' ? `${state}: ${state_reason}` : state,
  );
}

describe('a touch that stands is taken back when it would not be made like this any more', () => {
  it('P11, house-private: nobody is copied in of somebody who turned out to be a private person', async () => {
    await save(withSteps(first({ recipients: { contacts: false, escalation: true, informSales: false } })));
    owes(shop);
    await shop.morning();
    const [before] = await shop.touches();
    expect(before === undefined ? null : stepOf(before).recipients.escalation).toBe(true);
    await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', by, shop.now()));
    await shop.reconcileAndPlan();
    expect(await told()).toEqual(['cancelled: nobody may be copied in any more.', 'awaiting_approval']);
    const after = (await shop.touches()).at(-1);
    expect(after === undefined ? null : stepOf(after).recipients.escalation).toBe(false);
  });

  it('a letter goes to the address that the ledger has now, a call to its number', async () => {
    const address = { addressLines: ['1 Old Road'], phone: '555 0100' };
    await save(withSteps(first({ channel: 'letter', template: 'letter_first' })));
    shop.ledger.put({ customers: [customerRow('C1', address)], invoices: [invoiceRow('I1')] });
    await shop.morning();
    shop.ledger.put({
      customers: [customerRow('C1', { ...address, addressLines: ['2 New Road'], changedAt })],
    });
    await shop.morning();
    expect(await told()).toEqual(['cancelled: the customer’s address changed.', 'awaiting_approval']);
    expect((await shop.touches()).map((touch) => touch.recipient_address)).toEqual([
      '1 Old Road',
      '2 New Road',
    ]);
  });

  it('a call goes to the number that the ledger has now', async () => {
    await save(withSteps(first({ channel: 'call', template: 'call' })));
    shop.ledger.put({ customers: [customerRow('C1', { phone: '555 0100' })], invoices: [invoiceRow('I1')] });
    await shop.morning();
    shop.ledger.put({ customers: [customerRow('C1', { phone: '555 0199', changedAt })] });
    await shop.morning();
    expect(await told()).toEqual(['cancelled: the customer’s number changed.', 'approved']);
    expect((await shop.touches()).at(-1)?.recipient_phone).toBe('555 0199');
  });

  it('S6, S11: a pause of the customer’s own policy says so', async () => {
    owes(shop);
    await shop.morning();
    const own = { segment: null, settings: {}, paused: true, expectedVersion: 0 };
    await shop.within((tx) => saveCustomerPolicy(tx, shop.companyId, 'C1', own, by, shop.now()));
    await shop.reconcileAndPlan();
    expect(await told()).toEqual([expect.stringMatching(/^cancelled: .*paused/)]);
  });

  it('S9, S11: an address that the ledger lost says so', async () => {
    owes(shop);
    await shop.morning();
    shop.ledger.put({ customers: [customerRow('C1', { emails: [], changedAt })] });
    await shop.morning();
    expect(await told()).toEqual(['cancelled: There is no usable e-mail address. Add one in the ledger.']);
  });
});

describe('S7: a preview follows every change of the policy', () => {
  it('of a step under its old key, too', async () => {
    await shop.setMode('preview');
    await save(withSteps(first()));
    owes(shop);
    await shop.morning();
    await save(withSteps(first({ sender: 'owner', payWithinDays: 21 })));
    await shop.reconcileAndPlan();
    expect(await told()).toEqual(['cancelled: the policy changed since it was planned.', 'planned']);
    const last = (await shop.touches()).at(-1);
    expect(last === undefined ? null : stepOf(last)).toMatchObject({ sender: 'owner', payWithinDays: 21 });
  });

  it('SEQ-17: what waits for a person keeps its step', async () => {
    await save(withSteps(first()));
    owes(shop);
    await shop.morning();
    await save(withSteps(first({ sender: 'owner', payWithinDays: 21 })));
    await shop.reconcileAndPlan();
    expect(await told()).toEqual(['awaiting_approval']);
  });
});

describe('a touch that stands keeps to the hours of the policy in force', () => {
  const hours = async (from: string, to: string): Promise<void> => {
    const document = withSteps(first());
    await save({ ...document, settings: { ...document.settings, window: { from, to } } });
    await shop.reconcileAndPlan();
  };
  const plannedFor = async () => (await shop.touches()).map((touch) => touch.planned_for.toISOString());

  it('it moves to a later one with them, and back when the change is undone', async () => {
    await hours('09:00', '17:00');
    owes(shop);
    await shop.morning();
    const before = await plannedFor();
    await hours('15:00', '16:00');
    expect(await plannedFor()).toEqual(['2026-11-10T23:00:00.000Z']);
    await hours('09:00', '17:00');
    expect(await plannedFor()).toEqual(before);
    expect(await told()).toEqual(['awaiting_approval']);
  });

  it('R9, S8: not past a pause that the ledger or the mail provider asked for', async () => {
    await hours('09:00', '17:00');
    owes(shop);
    await shop.morning();
    const later = new Date('2026-11-10T20:00:00Z');
    const set = (more: object) =>
      shop.within((tx) =>
        tx
          .updateTable('touch')
          .set({ planned_for: later, ...more })
          .execute(),
      );
    await set({ attempts: 1 });
    await shop.reconcileAndPlan();
    expect(await plannedFor()).toEqual([later.toISOString()]);
    await set({ attempts: 0 });
    await shop.within((tx) =>
      raiseProblem(tx, shop.companyId, shop.now(), {
        kind: 'sync_failed',
        subject: shop.companyId,
        what: 'w',
        meaning: 'm',
        action: 'a',
      }),
    );
    await hours('10:00', '17:00');
    expect(await plannedFor()).toEqual([later.toISOString()]);
  });
});
