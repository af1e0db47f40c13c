import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import {
  getCustomerPolicy,
  nothingOwn,
  saveCustomerPolicy,
} from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { CustomerPolicy } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { loadPolicies } from '../../src/policies/policies.store.ts';
import { owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;
beforeAll(async () => {
  database = await testDatabase();
  shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.put({ customers: [customerRow('C8'), customerRow('C9')] });
  await shop.morning();
  await shop.within((tx) => tx.deleteFrom('plan_due').execute());
});
afterAll(() => database.drop());

const due = (): Promise<string[]> =>
  shop.within(async (tx) => {
    const rows = await tx.selectFrom('plan_due').select('customer_id').orderBy('customer_id').execute();
    await tx.deleteFrom('plan_due').execute();
    return rows.map((row) => row.customer_id);
  });
const save = (
  customerId: string,
  expectedVersion: number,
  own: Partial<CustomerPolicy>,
): Promise<CustomerPolicy> =>
  shop.within((tx) =>
    saveCustomerPolicy(
      tx,
      shop.companyId,
      customerId,
      { ...nothingOwn, ...own, expectedVersion },
      'Dana',
      shop.now(),
    ),
  );
const pausedOf = (customerId: string): Promise<string | null> =>
  shop.within(async (tx) => {
    const company = await getCompany(tx, shop.companyId);
    return (await loadPolicies(tx, company, ['C8', 'C9'], shop.now()))(customerId).paused;
  });

describe('a customer’s own policy, stored', () => {
  it('is in force at once for that customer alone, and only that customer is planned anew', async () => {
    await save('C9', 0, { paused: true });
    expect(await pausedOf('C9')).toMatch(/paused/);
    expect(await pausedOf('C8')).toBeNull();
    expect(await due()).toEqual(['C9']);
  });

  it('R16: goes over to whoever survives a merge, until that customer is given something of its own', async () => {
    await shop.within((tx) =>
      tx.updateTable('customer').set({ merged_into_id: 'C8' }).where('customer_id', '=', 'C9').execute(),
    );
    expect(await pausedOf('C8')).toMatch(/paused/);
    expect(await shop.within((tx) => getCustomerPolicy(tx, shop.companyId, 'C8'))).toMatchObject({
      version: 0,
    });
    await save('C8', 0, {});
    expect(await pausedOf('C8')).toBeNull();
  });
});

describe('the company’s policy, stored', () => {
  const change = (expectedVersion: number, gap: number) =>
    shop.within((tx) =>
      saveDocument(
        tx,
        shop.companyId,
        {
          expectedVersion,
          document: { ...emailBody, settings: { ...emailBody.settings, minGapBusinessDays: gap } },
        },
        'Dana',
        shop.now(),
      ),
    );

  it('has everybody planned anew when it changes, and nobody when nothing differs', async () => {
    await due();
    await change(1, 4);
    expect(await due()).toEqual(['']);
    await change(2, 4);
    expect(await due()).toEqual([]);
  });

  it('of two changes made from the same version at the same time, one is refused and nothing of it is kept', async () => {
    const results = await Promise.allSettled([change(2, 5), change(2, 6)]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['conflict']);
    const { version, settings } = await shop.within((tx) => getDocument(tx, shop.companyId));
    expect(version).toBe(3);
    expect([5, 6]).toContain(settings.minGapBusinessDays);
  });
});
