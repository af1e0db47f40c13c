import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { day } from '../../src/domain/day.ts';
import { stepOf } from '../../src/dunning/touch-step.ts';
import { makePromise } from '../../src/receivables/agreements/make.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { liftHold } from '../../src/receivables/hold-lift.store.ts';
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

/** Two invoices are late; of one a payment was promised for the 10th, and nothing came. */
beforeEach(async () => {
  shop = await Workshop.open(database);
  shop.ledger.put({
    customers: [customerRow('C1')],
    invoices: [invoiceRow('I1'), invoiceRow('I2', { dueOn: day('2026-11-05') })],
  });
  await shop.morning();
  await shop.within(async (tx) =>
    makePromise(
      tx,
      await getCompany(tx, shop.companyId),
      {
        ...{ customerId: 'C1', invoiceIds: ['I1'], currency: null, how: 'phone', note: '', by: 'Dana' },
        ...{ date: day('2026-11-10'), amountMinor: null, saidBy: 'Jo' },
      },
      shop.now(),
    ),
  );
});

async function says(at: string): Promise<readonly string[]> {
  shop.at(at);
  await shop.morning();
  await shop.deliver();
  const sent = (await shop.touches()).filter((touch) => touch.state === 'sent');
  return sent.map((touch) => `${touch.invoice_set} ${stepOf(touch).template}`);
}

it('R11: a message about another invoice says nothing of a promise that broke; the one about its own does', async () => {
  expect(await says('2026-11-10T18:00:00Z')).toEqual(['I2:first first']);
  const holdId = await shop.within((tx) =>
    setHold(
      tx,
      shop.companyId,
      {
        ...{ kind: 'dispute', scope: 'invoice', invoiceId: 'I1', reason: 'wrong goods', setBy: 'Dana' },
        startsOn: day('2026-11-10'),
      },
      shop.now(),
    ),
  );
  // its grace ended on the 13th
  expect((await says('2026-11-16T18:00:00Z')).slice(1)).toEqual(['I2:second second']);
  expect(shop.mailer.mails.at(-1)?.text).not.toContain('announced for');
  await shop.within((tx) => liftHold(tx, shop.companyId, holdId, 'Dana', shop.now()));
  expect((await says('2026-11-19T18:00:00Z')).slice(2)).toEqual(['I1:first promise_broken']);
  expect(shop.mailer.mails.at(-1)?.text).toContain('It was announced for Nov');
});
