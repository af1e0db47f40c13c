import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { getCompany } from '../../src/companies/company.store.ts';
import { EVERYBODY } from '../../src/companies/plan-due.store.ts';
import { day } from '../../src/domain/day.ts';
import { everybodysLook } from '../../src/dunning/everybody.store.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { owes } from '../delivery/support.ts';
import { withSettings, withSteps } from '../policies/check-support.ts';
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
beforeEach(async () => {
  shop = await Workshop.open(database);
});

/** Who waits for which instant; everybody, who come along once a week, left out. */
async function looks(): Promise<readonly string[]> {
  const rows = await shop.within((tx) =>
    tx
      .selectFrom('plan_due')
      .selectAll()
      .where('customer_id', '<>', EVERYBODY)
      .orderBy('customer_id')
      .execute(),
  );
  return rows.map((row) => `${row.customer_id} ${new Date(row.look_at).toISOString()}`);
}

/** The weekly look would find what was forgotten, and hide that it was. */
async function withoutTheWeekly(): Promise<void> {
  await shop.within((tx) => tx.deleteFrom('plan_due').where('customer_id', '=', EVERYBODY).execute());
}

describe('days on which a decision changes by itself are waited for', () => {
  it('S9: an address that refused a message is tried again when its thirty days are over, on that day', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.outcomes.push({ kind: 'refused', code: '300', reason: 'no', recipientInactive: false });
    await shop.deliver();
    expect(await shop.states()).toEqual(['first failed']);
    // Pacific time: the failure was on 10 November
    expect(await looks()).toEqual(['C1 2026-12-10T08:00:00.000Z']);
    await withoutTheWeekly();
    shop.at('2026-12-09T18:00:00Z');
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['first failed']);
    shop.at('2026-12-10T08:00:00Z');
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['first failed', 'first approved']);
  });

  it('S9: so is one from which a message came back', async () => {
    owes(shop);
    await shop.morning();
    await shop.deliver();
    await shop.within((tx) =>
      tx.updateTable('touch').set({ delivery: 'bounced', delivery_at: '2026-11-11T18:00:00Z' }).execute(),
    );
    shop.at('2026-11-16T18:00:00Z');
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['first sent']);
    expect(await looks()).toEqual(['C1 2026-12-11T08:00:00.000Z']);
    const [decision] = await shop.within((tx) =>
      tx.selectFrom('decision').select('reasons').orderBy('decided_on', 'desc').execute(),
    );
    expect(JSON.stringify(decision?.reasons)).toContain('tried again on 2026-12-11');
  });

  it('S9: an outage of the provider is over on the next day', async () => {
    owes(shop);
    await shop.morning();
    await shop.within((tx) => tx.updateTable('touch').set({ state: 'failed', attempts: 5 }).execute());
    await shop.within((tx) => tx.deleteFrom('plan_due').execute());
    await shop.within((tx) =>
      tx
        .insertInto('plan_due')
        .values({ company_id: shop.companyId, customer_id: 'C1', look_at: '2026-11-10T00:00:00Z' })
        .execute(),
    );
    await shop.reconcileAndPlan();
    expect(await looks()).toEqual(['C1 2026-11-11T08:00:00.000Z']);
    // the eleventh is Veterans Day
    shop.at('2026-11-12T18:00:00Z');
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['first failed', 'first approved']);
  });

  it('R16: whoever survives a merge is planned at once, and the merged customer’s touch is taken back', async () => {
    shop.ledger.put({
      customers: [customerRow('C1'), customerRow('C2')],
      invoices: [invoiceRow('I1')],
    });
    await shop.morning();
    expect(await shop.states()).toEqual(['first approved']);
    await withoutTheWeekly();
    const changedAt = '2026-11-10T18:00:30Z';
    shop.ledger.put({
      customers: [customerRow('C1', { active: false, mergedIntoId: 'C2', changedAt })],
      invoices: [invoiceRow('I1', { customerId: 'C2', changedAt })],
    });
    shop.passMinutes(1);
    await shop.morning();
    const touches = await shop.touches();
    expect(touches.map((touch) => `${touch.customer_id} ${touch.state}`)).toEqual([
      'C1 cancelled',
      'C2 approved',
    ]);
  });

  it('a rule of law that begins, or ends, has everybody looked at on its day', async () => {
    const lookAt = (instant: string): Promise<string> =>
      shop.within(async (tx) => {
        const company = await getCompany(tx, shop.companyId);
        return (await everybodysLook(tx, company, new Date(instant))).toISOString();
      });
    // New York City asks for consent to e-mail from 1 September 2026 on: three days ahead, and so before the week is over
    expect(await lookAt('2026-08-29T18:00:00Z')).toBe('2026-09-01T07:00:00.000Z');
    expect(await lookAt('2026-11-10T18:00:00Z')).toBe('2026-11-17T08:00:00.000Z');
  });
});

describe('whoever owes is planned before anything is past due when the policy speaks by then', () => {
  async function early(): Promise<boolean> {
    const { rows } = await shop.within((tx) =>
      sql<{ early: boolean }>`select duly.plans_early(${shop.companyId}::uuid) as early`.execute(tx),
    );
    return rows[0]?.early === true;
  }
  const courtesy = (offsetDays: number): Step =>
    step({ key: 'courtesy', name: 'courtesy', offsetDays, stage: 'courtesy' });

  async function save(body: PolicyBody): Promise<void> {
    await shop.within(async (tx) => {
      const { version: expectedVersion } = await getDocument(tx, shop.companyId);
      await saveDocument(tx, shop.companyId, { expectedVersion, document: body }, 'Maria Lopez', shop.now());
    });
  }

  it('SEQ-02, SEQ-03: by a step before the due date or on it', async () => {
    expect(await early()).toBe(false);
    await save(withSteps(courtesy(-3), ...emailSteps));
    expect(await early()).toBe(true);
    await save(withSteps(...emailSteps));
    expect(await early()).toBe(false);
    await save(withSteps(courtesy(0), ...emailSteps));
    expect(await early()).toBe(true);
  });

  it('SEQ-03: a step on the due date is taken on it', async () => {
    await save(withSteps(courtesy(0), ...emailSteps));
    await shop.reconcileAndPlan();
    await withoutTheWeekly();
    owes(shop, { dueOn: day('2026-11-16') });
    await shop.morning();
    expect(await shop.states()).toEqual([]);
    expect(await looks()).toEqual(['C1 2026-11-16T08:00:00.000Z']);
    shop.at('2026-11-16T18:00:00Z');
    await shop.morning();
    expect(await shop.states()).toEqual(['courtesy approved']);
  });

  it('P16: by statements, of the company or of one customer alone', async () => {
    const statement = { forWhom: 'everybody', businessDay: 3 } as const;
    await save(withSettings({ statement }));
    expect(await early()).toBe(true);
    await save(emailBody);
    expect(await early()).toBe(false);
    owes(shop);
    await shop.morning();
    const own = { segment: null, settings: { statement }, paused: false, expectedVersion: 0 };
    await shop.within((tx) => saveCustomerPolicy(tx, shop.companyId, 'C1', own, 'Maria Lopez', shop.now()));
    expect(await early()).toBe(true);
  });
});
