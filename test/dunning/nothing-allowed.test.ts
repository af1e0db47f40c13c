import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readPeople, setPeople } from '../../src/receivables/customer-people.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

const newYorker = customerRow('C1', {
  country: 'US',
  region: 'NY',
  city: 'New York',
  postcode: '10001',
});

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
/** E-mails are all that there is, and the law asks for a consent that nobody stored. */
beforeEach(async () => {
  shop = await Workshop.open(database, 'approve');
  await shop.within((tx) =>
    tx.updateTable('company').set({ all_businesses_at: null, all_businesses_by: null }).execute(),
  );
  shop.ledger.put({ customers: [newYorker], invoices: [invoiceRow('I1')] });
  await shop.morning();
});

const tasks = () =>
  shop.within((tx) => tx.selectFrom('problem').selectAll().where('kind', '=', 'nothing_allowed').execute());

describe('whom the law leaves nothing for', () => {
  it('is a task of a person, once, with the rule and where it stands', async () => {
    expect(await shop.states()).toEqual([]);
    shop.passMinutes(24 * 60);
    await shop.morning();
    const [task, ...more] = await tasks();
    expect(more).toEqual([]);
    expect(task).toMatchObject({ customer_id: 'C1', resolved_at: null });
    expect(task?.what).toMatch(
      /^Customer C1 owes \$100\.00 past due, .*agreed to e-mail.*\(6 RCNY 5-77\(b\)/,
    );
    expect(task?.action).toMatch(/consent.*letters/);
    const [open] = await shop.within((tx) => tx.selectFrom('dunning_case').selectAll().execute());
    expect(task?.subject).toBe(open?.case_id);
  });

  it('is none any more once they agreed to e-mail: the first reminder is planned', async () => {
    await shop.within(async (tx) => {
      const people = await readPeople(tx, shop.companyId, 'C1');
      await setPeople(tx, shop.companyId, 'C1', { ...people, emailConsent: true }, 'Maria', shop.now());
    });
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['first awaiting_approval']);
    expect(await shop.problems()).toEqual([]);
  });

  it('is none any more once it is paid', async () => {
    const changedAt = '2026-11-10T18:00:30Z';
    shop.ledger.put({ invoices: [invoiceRow('I1', { openMinor: 0, status: 'closed', changedAt })] });
    await shop.morning();
    expect(await shop.problems()).toEqual([]);
  });
});
