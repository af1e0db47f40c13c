import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { setPeople } from '../../src/receivables/customer-people.store.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

const nobody = { escalation: null, sales: null };

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
/** C1 owes, and is about to be merged into C2. */
beforeEach(async () => {
  shop = await Workshop.open(database);
  shop.at('2026-11-03T18:00:00Z');
  shop.ledger.put({ customers: [customerRow('C1'), customerRow('C2')], invoices: [invoiceRow('I1')] });
  await shop.morning();
});

const says = (customerId: string, emailConsent: boolean) =>
  shop.within((tx) =>
    setPeople(tx, shop.companyId, customerId, { ...nobody, emailConsent }, 'Dana', shop.now()),
  );

/** What goes to C2 once the ledger has merged the two. */
async function merged(): Promise<readonly string[]> {
  shop.at('2026-11-10T18:00:00Z');
  const changedAt = shop.now().toISOString();
  shop.ledger.put({
    customers: [customerRow('C1', { active: false, mergedIntoId: 'C2', changedAt })],
    invoices: [invoiceRow('I1', { customerId: 'C2', changedAt })],
  });
  await shop.morning();
  await shop.morning();
  await shop.deliver();
  return shop.mailer.mails.map((mail) => mail.to.email);
}

const typeOf = async (customerId: string) =>
  shop.within((tx) =>
    tx
      .selectFrom('customer')
      .select('debtor_type')
      .where('customer_id', '=', customerId)
      .executeTakeFirstOrThrow(),
  );

it('R16: who refused e-mail gets none under the name that they were merged into', async () => {
  await says('C1', false);
  expect(await merged()).toEqual([]);
  expect(await shop.states()).toEqual([]);
});

it('R16: what the survivor said of themselves stands, before the merge and after it', async () => {
  await says('C1', false);
  await says('C2', true);
  expect(await merged()).toEqual(['ap@c2.example']);
});

it('R16: who agrees again after the merge is written to', async () => {
  await says('C1', false);
  expect(await merged()).toEqual([]);
  await says('C2', true);
  await shop.reconcileAndPlan();
  await shop.deliver();
  expect(shop.mailer.mails.map((mail) => mail.to.email)).toEqual(['ap@c2.example']);
});

it('R16: a private person stays one under the name of which nobody said what it is', async () => {
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', 'Dana', shop.now()));
  await merged();
  expect(await typeOf('C2')).toEqual({ debtor_type: 'consumer' });
});

it('R16: that a business was merged into it makes nobody a business', async () => {
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'business', 'Dana', shop.now()));
  await merged();
  expect(await typeOf('C2')).toEqual({ debtor_type: 'unknown' });
});

it('R16: of two who are merged into the same customer at once, both are heard', async () => {
  shop.ledger.put({ customers: [customerRow('C3')], invoices: [invoiceRow('I3', { customerId: 'C3' })] });
  await shop.morning();
  await says('C3', false);
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', 'Dana', shop.now()));
  shop.at('2026-11-10T18:00:00Z');
  const changedAt = shop.now().toISOString();
  const gone = { active: false, mergedIntoId: 'C2', changedAt };
  shop.ledger.put({
    customers: [customerRow('C1', gone), customerRow('C3', gone)],
    invoices: [
      invoiceRow('I1', { customerId: 'C2', changedAt }),
      invoiceRow('I3', { customerId: 'C2', changedAt }),
    ],
  });
  await shop.morning();
  expect(await heardOf('C2')).toEqual({ debtor_type: 'consumer', email_consent: false });
});

it('R16: a sole trader is told of as one', async () => {
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'sole_trader', 'Dana', shop.now()));
  await merged();
  expect(await typeOf('C2')).toEqual({ debtor_type: 'sole_trader' });
  const { rows } = await shop.within((tx) =>
    sql<{
      summary: string;
    }>`select summary from activity where summary like '%holds here: a sole trader.'`.execute(tx),
  );
  expect(rows).toHaveLength(1);
});

it('R16: who said that they want e-mail is not told of as refusing it, by a merge with a private person', async () => {
  await says('C1', false);
  await says('C2', true);
  await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', 'Dana', shop.now()));
  await merged();
  expect(await heardOf('C2')).toEqual({ debtor_type: 'consumer', email_consent: true });
  const { rows } = await shop.within((tx) =>
    sql<{ summary: string }>`select summary from activity where summary like '%holds here%'`.execute(tx),
  );
  expect(rows.map(({ summary }) => summary)).toEqual([
    'Customer C1 was merged into this customer; what was said of them holds here: a private person.',
  ]);
});

const heardOf = (customerId: string) =>
  shop.within((tx) =>
    tx
      .selectFrom('customer')
      .select(['debtor_type', 'email_consent'])
      .where('customer_id', '=', customerId)
      .executeTakeFirstOrThrow(),
  );
