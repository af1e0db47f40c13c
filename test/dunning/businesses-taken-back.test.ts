import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { attestAllBusinesses, getCompany, takeBackAllBusinesses } from '../../src/companies/company.store.ts';
import { day } from '../../src/domain/day.ts';
import { approveTouches } from '../../src/dunning/approval.store.ts';
import { lawOfCustomer } from '../../src/dunning/law-of.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

/** Nobody said what they are; to a consumer there no e-mail may go without a consent. */
const newYorker = customerRow('C1', { country: 'US', region: 'NY', city: 'New York', postcode: '10001' });

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  shop = await Workshop.open(database, 'approve');
  shop.ledger.put({ customers: [newYorker], invoices: [invoiceRow('I1')] });
  await shop.morning();
});

const takeBack = (by = 'Ann Lee') =>
  shop.within((tx) => takeBackAllBusinesses(tx, shop.companyId, by, shop.now()));
const statements = () =>
  shop.within((tx) =>
    tx
      .selectFrom('activity')
      .select(['kind', 'actor', 'summary'])
      .where('kind', 'in', ['attested', 'statement_taken_back'])
      .orderBy('at')
      .orderBy('activity_id')
      .execute(),
  );
const approve = async () => {
  const [touch] = await shop.touches();
  await shop.within((tx) =>
    approveTouches(tx, shop.companyId, [touch?.touch_id ?? ''], 'Maria Lopez', shop.now()),
  );
};

describe('that all customers are businesses is taken back', () => {
  it('who and when is kept, of both; without a statement there is nothing to take back', async () => {
    expect(await takeBack()).toBe(true);
    expect(await takeBack()).toBe(false);
    expect(await statements()).toEqual([
      {
        ...{ kind: 'statement_taken_back', actor: 'Ann Lee' },
        summary:
          'Took back that all customers of this company are businesses, which Maria Lopez had stated on 2026-11-10: a customer whose type is not known counts as a consumer again.',
      },
    ]);
    // stated anew it stands with the new name and day
    shop.passMinutes(24 * 60);
    await shop.within((tx) => attestAllBusinesses(tx, shop.companyId, 'Ben Fox', shop.now()));
    const company = await shop.within((tx) => getCompany(tx, shop.companyId));
    expect([company.all_businesses_by, company.all_businesses_at]).toEqual(['Ben Fox', shop.now()]);
    expect(await statements()).toHaveLength(2);
  });

  it('unknown types take the strict rules again; a type that somebody stated stays', async () => {
    const law = async () =>
      await shop.within(async (tx) =>
        lawOfCustomer(tx, await getCompany(tx, shop.companyId), 'C1', day('2026-11-10')),
      );
    expect((await law()).law).toMatchObject({ treatedAs: 'business', packs: ['house', 'us', 'us-nyc'] });
    await takeBack();
    expect((await law()).law).toMatchObject({ treatedAs: 'consumer' });
    expect((await law()).law.packs).toContain('strict');
    await shop.within((tx) => tx.updateTable('customer').set({ debtor_type: 'business' }).execute());
    expect((await law()).law).toMatchObject({ treatedAs: 'business' });
  });

  it('what waits or is released is decided anew before anything leaves, with the rule as its reason', async () => {
    expect(await shop.states()).toEqual(['first awaiting_approval']);
    await approve();
    await takeBack();
    // even if the sending comes first
    await shop.deliver();
    expect(shop.mailer.mails).toEqual([]);
    const [touch] = await shop.touches();
    expect(touch?.state).toBe('cancelled');
    await shop.reconcileAndPlan();
    expect(await shop.problems()).toEqual(['nothing_allowed']);
  });

  it('what was sent meanwhile stays as it was, with the law that it was decided by', async () => {
    await approve();
    await shop.deliver();
    const [before] = await shop.touches();
    expect(before?.state).toBe('sent');
    await takeBack();
    await shop.reconcileAndPlan();
    expect(await shop.touches()).toEqual([before]);
  });
});
