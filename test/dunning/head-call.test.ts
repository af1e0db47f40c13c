import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readChanges } from '../../src/books/changes.job.ts';
import { touchDone } from '../../src/dunning/done.store.ts';
import { stepOf } from '../../src/dunning/touch-step.ts';
import { touchMessage } from '../../src/messages/touch-message.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { type CustomerPeople, setPeople } from '../../src/receivables/customer-people.store.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
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

const by = 'Maria Lopez';
const head: Step = step({
  key: 'one',
  name: 'call to the head of the business',
  offsetDays: 3,
  stage: 'first',
  channel: 'call',
  template: 'call',
  recipients: { contacts: false, escalation: true, informSales: false },
});
const okafor = { name: 'David Okafor', email: 'david@c1.example', phone: '555 0111' };

beforeEach(async () => {
  shop = await Workshop.open(database);
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const change = { expectedVersion, document: withSteps(head) };
    await saveDocument(tx, shop.companyId, change, by, shop.now());
  });
  shop.ledger.put({ customers: [customerRow('C1', { phone: '555 0100' })], invoices: [invoiceRow('I1')] });
});

const says = (escalation: CustomerPeople['escalation']): Promise<void> =>
  shop.within((tx) =>
    setPeople(tx, shop.companyId, 'C1', { escalation, sales: null, emailConsent: null }, by, shop.now()),
  );
const called = async (): Promise<readonly string[]> =>
  (await shop.touches()).map((touch) =>
    [touch.state, touch.recipient_name, touch.recipient_phone, touch.state_reason].filter(Boolean).join(', '),
  );
const sheet = async (): Promise<string> => {
  const touchId = (await shop.touches()).at(-1)?.touch_id ?? '';
  const made = await shop.within((tx) =>
    touchMessage(tx, shop.companyId, touchId, shop.now(), 'http://localhost:1'),
  );
  return made.text;
};

describe('P11: a call to the head of the customer’s business', () => {
  it('reaches the escalation contact at their own number, by name', async () => {
    await readChanges(shop.duly, shop.companyId, shop.ledger);
    await says(okafor);
    await shop.morning();
    expect(await called()).toEqual(['approved, David Okafor, 555 0111']);
    expect(await sheet()).toContain('Am I speaking with David Okafor?');
  });

  it('reaches them at the customer’s number when nobody knows theirs', async () => {
    await readChanges(shop.duly, shop.companyId, shop.ledger);
    await says({ ...okafor, phone: null });
    await shop.morning();
    expect(await called()).toEqual(['approved, David Okafor, 555 0100']);
  });

  it('reaches the billing contact where there is no such contact, as an e-mail with a copy does', async () => {
    await shop.morning();
    expect(await called()).toEqual(['approved, Customer C1, 555 0100']);
    expect(await sheet()).toContain('Am I speaking with the person who looks after invoices?');
  });

  it('is planned anew when somebody is named, and again when another one is', async () => {
    await shop.morning();
    await says({ ...okafor, phone: null });
    await shop.reconcileAndPlan();
    await says({ ...okafor, name: 'Ruth Okafor', phone: null });
    await shop.reconcileAndPlan();
    expect(await called()).toEqual([
      'cancelled, Customer C1, 555 0100, whoever is to be called changed.',
      'cancelled, David Okafor, 555 0100, whoever is to be called changed.',
      'approved, Ruth Okafor, 555 0100',
    ]);
  });

  it('says where a wrong number of theirs is put right', async () => {
    await readChanges(shop.duly, shop.companyId, shop.ledger);
    await says(okafor);
    await shop.morning();
    const touchId = (await shop.touches())[0]?.touch_id ?? '';
    const problem = await shop.within(async (tx) => {
      await touchDone(tx, shop.companyId, touchId, { result: 'wrong_number' }, by, shop.now());
      return await tx.selectFrom('problem').select(['kind', 'what', 'action']).executeTakeFirstOrThrow();
    });
    expect(problem).toEqual({
      kind: 'phone_wrong',
      what: 'The number 555 0111 does not reach David Okafor.',
      action: 'Correct it among the people of the customer, or the customer’s own in the ledger.',
    });
  });

  it('house-private: nobody else hears of a private person’s debt', async () => {
    await readChanges(shop.duly, shop.companyId, shop.ledger);
    await says(okafor);
    await shop.morning();
    await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'sole_trader', by, shop.now()));
    await shop.reconcileAndPlan();
    const stood = (await shop.touches()).filter(({ state }) => state === 'approved');
    expect(stood.map((touch) => touch.recipient_name)).toEqual(['Customer C1']);
    expect(stood.map((touch) => stepOf(touch).recipients.escalation)).toEqual([false]);
  });
});
