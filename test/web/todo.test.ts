import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import type { Day } from '../../src/domain/day.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { step } from '../../src/policies/step.ts';
import { listTouches } from '../../src/web/api/touches.store.ts';
import { readTasks } from '../../src/web/pages/todo/todo.store.ts';
import { readTouch } from '../../src/web/pages/touch/touch.store.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
  shop = await Workshop.open(database, 'approve');
  const call = step({
    key: 'call',
    name: 'call',
    offsetDays: 3,
    stage: 'first',
    channel: 'call',
    template: 'call',
  });
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const document = withSteps({ ...call, waitsBusinessDays: 2 });
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, 'Maria Lopez', shop.now());
  });
  const ids = ['C1', 'C2', 'C3'] as const;
  shop.ledger.put({
    customers: ids.map((id) => customerRow(id, { phone: '555 0100' })),
    invoices: ids.map((customerId, index) => invoiceRow(`I${index}`, { customerId })),
  });
  await shop.morning();
});
afterAll(async () => {
  await database.drop();
});

async function tasks() {
  return await shop.within(async (tx) => readTasks(tx, await getCompany(tx, shop.companyId)));
}

async function order(): Promise<readonly (readonly [string, Day | null])[]> {
  return (await tasks()).shown.map(({ customerId, passedOverOn }) => [customerId, passedOverOn]);
}

it('P5, P9: a call is somebody’s, never the sales owner’s, on the list, its own page and the API', async () => {
  const { companyId } = shop;
  await shop.within((tx) =>
    tx.updateTable('customer').set({ sales_name: 'Sam Sales', sales_email: 'sam@firm.example' }).execute(),
  );
  expect((await tasks()).shown.map(({ caller }) => caller)).toEqual(
    Array.from({ length: 3 }, () => 'Maria Lopez, bookkeeper'),
  );
  const [first] = await shop.touches();
  const touchId = first?.touch_id ?? '';
  const page = await shop.within((tx) => readTouch(tx, companyId, touchId, shop.now()));
  expect(page.caller).toBe('Maria Lopez, bookkeeper');
  const { items } = await shop.within((tx) => listTouches(tx, companyId, { limit: 1, todo: true }));
  expect(items[0]?.task).toEqual({
    dueOn: '2026-11-10',
    for: { role: 'bookkeeper', name: 'Maria Lopez', words: 'Maria Lopez, bookkeeper' },
  });
});

it('P5: a call says on which day it is passed over; the soonest stands first, and that is the day', async () => {
  // Tuesday; Wednesday is Veterans Day, a public holiday
  expect((await order()).map(([, on]) => on)).toEqual(['2026-11-13', '2026-11-13', '2026-11-13']);
  await shop.within(async (tx) => {
    await tx
      .updateTable('dunning_case')
      .set({ not_before: new Date('2026-11-12T18:00:00Z') })
      .where('company_id', '=', shop.companyId)
      .where('customer_id', '=', 'C1')
      .execute();
    await tx
      .updateTable('touch')
      .set({ approved_at: new Date('2026-11-09T18:00:00Z') })
      .where('company_id', '=', shop.companyId)
      .where('customer_id', '=', 'C3')
      .execute();
  });
  expect(await order()).toEqual([
    ['C3', '2026-11-12'],
    ['C2', '2026-11-13'],
    ['C1', '2026-11-16'],
  ]);
  shop.at('2026-11-12T18:00:00Z');
  await shop.reconcileAndPlan();
  expect((await order()).map(([id]) => id)).toEqual(['C2', 'C1']);
  shop.at('2026-11-13T18:00:00Z');
  await shop.reconcileAndPlan();
  expect(await order()).toEqual([['C1', '2026-11-16']]);
  expect((await tasks()).count).toBe(1);
});
