import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { saveDocument } from '../../src/policies/document.store.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { outcomes } from '../support/fakes.ts';
import { Workshop } from '../support/workshop.ts';
import { changeInLedger, owes } from './support.ts';

let database: TestDatabase;
let shop: Workshop;

const head = 'head@c1.example';
const accepted = { kind: 'accepted', providerMessageId: 'pm-main' } as const;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** The reminder has left, and the copy to the head of the business could not be handed over. */
beforeEach(async () => {
  shop = await Workshop.open(database);
  owes(shop);
  const recipients = { contacts: false, escalation: true, informSales: false };
  const sequences = emailBody.sequences.map((sequence) => ({
    ...sequence,
    steps: sequence.steps.map((step) => ({ ...step, recipients })),
  }));
  await shop.within(async (tx) => {
    const change = { expectedVersion: 1, document: { ...emailBody, sequences } };
    await saveDocument(tx, shop.companyId, change, 'Maria Lopez', shop.now());
  });
  await shop.morning();
  await shop.within((tx) =>
    tx
      .updateTable('customer')
      .set({ escalation_name: 'The head', escalation_email: head })
      .where('company_id', '=', shop.companyId)
      .execute(),
  );
});

async function leaves(at: string): Promise<void> {
  shop.at(at);
  shop.mailer.outcomes.push(accepted, outcomes.later);
  await shop.deliver();
  expect(await copy()).toMatchObject({ state: 'waiting', attempts: 1 });
  shop.passMinutes(6);
}

const copy = () =>
  shop.within((tx) =>
    tx
      .selectFrom('touch_copy')
      .select(['state', 'state_reason', 'attempts', 'next_attempt_at'])
      .executeTakeFirstOrThrow(),
  );
const toHead = () => shop.mailer.mails.filter((mail) => mail.to.email === head).length;

const held = () =>
  shop.within((tx) =>
    setHold(
      tx,
      shop.companyId,
      {
        ...{ kind: 'do_not_contact', scope: 'customer', customerId: 'C1', reason: 'they asked' },
        ...{ setBy: 'Dana', startsOn: day('2026-11-10') },
      },
      shop.now(),
    ),
  );
const paid = async () => changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
const paused = () =>
  shop.within((tx) => {
    const own = { segment: null, settings: {}, paused: true, expectedVersion: 0 };
    return saveCustomerPolicy(tx, shop.companyId, 'C1', own, 'Dana', shop.now());
  });

it('P11: a copy that could not be handed over is sent a little later', async () => {
  await leaves('2026-11-10T18:00:00Z');
  await shop.deliver();
  expect(await copy()).toMatchObject({ state: 'sent' });
  expect(toHead()).toBe(2);
});

const isPerson = () =>
  shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'sole_trader', 'Dana', shop.now()));
const hasOtherHead = () =>
  shop.within((tx) => tx.updateTable('customer').set({ escalation_email: 'new@c1.example' }).execute());

for (const [what, happens, why] of [
  ['EXC-13: of whoever must not be contacted any more', held, 'Not to be contacted'],
  ['PAR-02: of what was paid meanwhile', paid, 'Nothing is open any more.'],
  ['S6: to a customer who is paused by now', paused, 'Reminders to this customer are paused.'],
  ['P11: of a private person, of whom nobody else may hear,', isPerson, 'nobody may be copied in any more'],
  [
    'P11: to whoever is no contact of theirs any more',
    hasOtherHead,
    'it is no contact of this customer any more',
  ],
] as const)
  it(`${what} no copy leaves later`, async () => {
    await leaves('2026-11-10T18:00:00Z');
    await happens();
    await shop.deliver();
    expect(toHead()).toBe(1);
    const { state, state_reason: reason } = await copy();
    expect(`${state}: ${reason}`).toContain(`cancelled: ${why}`);
    shop.passMinutes(60);
    await shop.deliver();
    expect(toHead()).toBe(1);
  });

it('S4: in preview nothing leaves, copies neither', async () => {
  await leaves('2026-11-10T18:00:00Z');
  await shop.setMode('preview');
  await shop.deliver();
  expect(toHead()).toBe(1);
  expect(await copy()).toMatchObject({ state: 'waiting' });
});

it('R9: no copy leaves later while the books cannot be read', async () => {
  await leaves('2026-11-10T18:00:00Z');
  shop.ledger.readChanges = () => {
    throw new LedgerError('unavailable', 'no answer');
  };
  await shop.deliver();
  expect(toHead()).toBe(1);
  expect(await copy()).toMatchObject({ state: 'waiting' });
});

it('S1: after hours a copy waits for the next opening, as a reminder would', async () => {
  // two minutes before five in Oregon; the 11th is a holiday
  await leaves('2026-11-11T00:58:00Z');
  await shop.deliver();
  expect(toHead()).toBe(1);
  const { state, next_attempt_at: at } = await copy();
  expect(`${state} ${at.toISOString()}`).toBe('waiting 2026-11-12T17:00:00.000Z');
});
