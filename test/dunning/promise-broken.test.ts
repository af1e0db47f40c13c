import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { taskDone } from '../../src/delivery/task-done.store.ts';
import { day } from '../../src/domain/day.ts';
import { stepOf } from '../../src/dunning/touch-step.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { step } from '../../src/policies/step.ts';
import { makePromise } from '../../src/receivables/agreements/make.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { liftHold } from '../../src/receivables/hold-lift.store.ts';
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

it('R11, S9: a call to a wrong number said nothing of it; the message after it does', async () => {
  const template = 'call';
  const call = step({ key: 'call', name: 'call', offsetDays: 3, stage: 'first', channel: 'call', template });
  const email = step({ key: 'second', name: 'second reminder', offsetDays: 10, stage: 'second' });
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const document = withSteps(call, email);
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, 'Dana', shop.now());
  });
  const changedAt = shop.now().toISOString();
  shop.ledger.put({ invoices: [invoiceRow('I2', { openMinor: 0, status: 'void', changedAt })] });
  expect(await says('2026-11-10T18:30:00Z')).toEqual([]);
  expect(await says('2026-11-16T18:00:00Z')).toEqual([]);
  const [made] = (await shop.touches()).filter(({ state }) => state === 'approved');
  await shop.within((tx) =>
    taskDone(shop.duly, tx, shop.companyId, made?.touch_id ?? '', { result: 'wrong_number' }, 'Dana'),
  );
  expect((await says('2026-11-30T18:00:00Z')).at(-1)).toBe('I1:second promise_broken');
});

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
