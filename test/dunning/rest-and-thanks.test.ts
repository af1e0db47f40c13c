import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { keepRejected } from '../../src/books/rejected.store.ts';
import { markEverybody } from '../../src/companies/plan-due.store.ts';
import { day } from '../../src/domain/day.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { step } from '../../src/policies/step.ts';
import { setPeople } from '../../src/receivables/customer-people.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { changeInLedger, owes } from '../delivery/support.ts';
import { withSettings, withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, creditRow, customerRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

const by = 'Maria Lopez';

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
});

async function save(document: PolicyBody): Promise<void> {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
  });
}

const pause = (paused: boolean, expectedVersion: number) =>
  shop.within((tx) =>
    saveCustomerPolicy(
      tx,
      shop.companyId,
      'C1',
      { segment: null, settings: {}, paused, expectedVersion },
      by,
      shop.now(),
    ),
  );

/** Reminded of, then paid in full. */
async function paysAfterReminder(): Promise<void> {
  await save(withSettings({ thankYou: true }));
  owes(shop);
  await shop.morning();
  await shop.deliver();
  shop.at('2026-11-17T05:00:00Z');
  changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
  shop.ledger.put({
    payments: [
      paymentRow('P1', { allocations: [{ kind: 'invoice', invoiceId: 'I1', amountMinor: 10_000 }] as never }),
    ],
  });
}

it('S6: who is paused is not thanked either', async () => {
  await paysAfterReminder();
  await pause(true, 0);
  await shop.morning();
  expect(await shop.states()).toEqual(['first sent']);
});

it('S6: a thank-you that stands is taken back by a pause', async () => {
  await paysAfterReminder();
  await shop.morning();
  expect(await shop.states()).toEqual(['first sent', 'thank_you approved']);
  await pause(true, 0);
  await shop.reconcileAndPlan();
  const last = (await shop.touches()).at(-1);
  expect(`${last?.state}: ${last?.state_reason}`).toBe('cancelled: reminders are paused.');
});

it('a thank-you that stands is taken back when the customer wants no e-mail', async () => {
  await paysAfterReminder();
  await shop.morning();
  expect(await shop.states()).toEqual(['first sent', 'thank_you approved']);
  const refused = { escalation: null, sales: null, emailConsent: false };
  await shop.within((tx) => setPeople(tx, shop.companyId, 'C1', refused, by, shop.now()));
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  await shop.deliver();
  const last = (await shop.touches()).at(-1);
  expect(`${last?.state}: ${last?.state_reason}`).toMatch(/^cancelled: .*e-mail/);
});

/** A hold of the customer whose end was damaged. */
async function unreadableHold(): Promise<void> {
  await shop.within(async (tx) => {
    const hold = {
      ...{ kind: 'do_not_contact' as const, scope: 'customer' as const, customerId: 'C1' },
      ...{ reason: 'they asked', setBy: by, startsOn: day('2026-11-10'), endsOn: day('2026-11-30') },
    };
    await setHold(tx, shop.companyId, hold, shop.now());
    await tx
      .updateTable('hold')
      .set({ ends_on: '-infinity' as never })
      .execute();
  });
}

const gone = () => shop.ledger.put({ customers: [customerRow('C1', { active: false })] });
const rejected = () =>
  shop.within((tx) =>
    keepRejected(
      tx,
      shop.companyId,
      booksPage({ rejected: [{ kind: 'invoice', id: 'I9', customerId: 'C1', reason: 'no amount' }] }),
      { now: shop.now() },
    ),
  );

for (const [what, happens] of [
  ['EXC-06: whoever is held by a hold that cannot be read', unreadableHold],
  ['R16: whoever is inactive in the ledger', gone],
  ['R8: whoever has a row that cannot be read', rejected],
] as const) {
  it(`${what} is not thanked`, async () => {
    await paysAfterReminder();
    await happens();
    await shop.morning();
    expect(await shop.states()).toEqual(['first sent']);
  });

  it(`${what} by the time it would leave is not thanked`, async () => {
    await paysAfterReminder();
    await shop.morning();
    expect(await shop.states()).toEqual(['first sent', 'thank_you approved']);
    await happens();
    shop.at('2026-11-17T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    const last = (await shop.touches()).at(-1);
    expect(`${last?.state}: ${last?.state_reason}`).toBe('cancelled: the customer is held.');
  });
}

it('R12: a customer whose parent is held is not thanked', async () => {
  await paysAfterReminder();
  shop.ledger.put({
    customers: [customerRow('P1'), customerRow('C1', { parentId: 'P1', billsWithParent: true })],
  });
  await shop.morning();
  await shop.within((tx) =>
    setHold(
      tx,
      shop.companyId,
      {
        ...{ kind: 'pause', scope: 'customer', customerId: 'P1', reason: 'they asked', setBy: by },
        startsOn: day('2026-11-10'),
      },
      shop.now(),
    ),
  );
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  await shop.deliver();
  expect(await shop.states()).not.toContain('thank_you sent');
});

it('R5: a step waits for as many days after a payment as may be set, up to a year', async () => {
  const conditions = { segments: null, minimum: {}, debtorTypes: null, daysSincePayment: 300 };
  await save(
    withSteps(step({ key: 'one', name: 'first reminder', offsetDays: 3, stage: 'first', conditions })),
  );
  owes(shop);
  shop.ledger.put({ payments: [paymentRow('P1', { paidOn: day('2026-03-10') })] });
  await shop.morning();
  // seen when it was made, 245 days ago
  await shop.within((tx) => tx.updateTable('payment').set({ seen_at: '2026-03-10T18:00:00Z' }).execute());
  await shop.within((tx) => markEverybody(tx, shop.companyId));
  await shop.reconcileAndPlan();
  expect(await shop.states()).toEqual([]);
  const row = await shop.within((tx) =>
    tx.selectFrom('dunning_case').select('next_at').executeTakeFirstOrThrow(),
  );
  // 300 days after 10 March
  expect(row.next_at?.toISOString().slice(0, 10)).toBe('2027-01-04');
});

const nextAt = async (): Promise<string | undefined> => {
  const row = await shop.within((tx) =>
    tx.selectFrom('dunning_case').select('next_at').executeTakeFirstOrThrow(),
  );
  return row.next_at?.toISOString().slice(0, 10);
};

for (const kind of ['prepayment', 'overpayment'] as const)
  it(`R5: the case rests after money that came in as ${kind}, too`, async () => {
    owes(shop);
    const on = { issuedOn: day('2026-11-10'), changedAt: '2026-11-10T16:00:00Z' };
    const money = { totalMinor: 3_000, remainingMinor: 3_000 };
    shop.ledger.put({ credits: [creditRow('K1', { kind, ...on, ...money })] });
    await shop.morning();
    expect(await shop.states()).toEqual([]);
    // three business days, the 11th is a holiday
    expect(await nextAt()).toBe('2026-11-16');
  });

it('R5: the case of who bills for itself rests after a payment that its parent made for it', async () => {
  owes(shop, { openMinor: 7_000 });
  const allocations = [{ kind: 'invoice', invoiceId: 'I1', amountMinor: 3_000 }] as never;
  shop.ledger.put({
    customers: [customerRow('P'), customerRow('C1', { parentId: 'P' })],
    payments: [paymentRow('P1', { customerId: 'P', paidOn: day('2026-11-10'), allocations })],
  });
  await shop.morning();
  expect(await shop.states()).toEqual([]);
  expect(await nextAt()).toBe('2026-11-16');
});

it('R5: a payment that the parent made for somebody else is none of theirs; nor is a credit note', async () => {
  owes(shop);
  shop.ledger.put({
    customers: [customerRow('P'), customerRow('C1', { parentId: 'P' })],
    payments: [paymentRow('P1', { customerId: 'P', paidOn: day('2026-11-10') })],
    credits: [creditRow('K1', { issuedOn: day('2026-11-10'), totalMinor: 3_000, remainingMinor: 3_000 })],
  });
  await shop.morning();
  expect(await shop.states()).toEqual(['first approved']);
});

it('S6, R12: a pause of whose bills go to a parent pauses what the parent gets about them; resumed, it goes on', async () => {
  owes(shop);
  shop.ledger.put({
    customers: [customerRow('P'), customerRow('C1', { parentId: 'P', billsWithParent: true })],
  });
  await shop.morning();
  expect(await shop.states()).toEqual(['first approved']);
  await pause(true, 0);
  await shop.reconcileAndPlan();
  const [touch] = await shop.touches();
  expect(`${touch?.customer_id} ${touch?.state}: ${touch?.state_reason}`).toBe(
    'P cancelled: Reminders to Customer C1, whose bills go here, are paused.',
  );
  await pause(false, 1);
  await shop.reconcileAndPlan();
  const again = (await shop.touches()).at(-1);
  // an hour to think better of it (SEQ-23)
  expect(`${again?.state} ${again?.planned_for.toISOString()}`).toBe('approved 2026-11-10T19:00:00.000Z');
});
