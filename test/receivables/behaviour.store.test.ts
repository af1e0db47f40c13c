import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { inCompany, type Tx } from '../../src/platform/db.ts';
import { type Behaviour, readBehaviour } from '../../src/receivables/behaviour.store.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const now = new Date('2026-11-30T18:00:00Z');
let database: TestDatabase;
let companyId: string;
beforeAll(async () => {
  database = await testDatabase();
  companyId = await addCompany(database.db);
  await inCompany(database.db, companyId, seed);
});
afterAll(() => database.drop());

const stamp = { changed_at: now, version: '1' };

async function seed(tx: Tx): Promise<void> {
  const customer = (customer_id: string, parent_id: string | null = null) => ({
    company_id: companyId,
    customer_id,
    name: customer_id,
    emails: [],
    contacts: '[]',
    parent_id,
    bills_with_parent: parent_id !== null,
    active: true,
    ...stamp,
  });
  await tx
    .insertInto('customer')
    .values([customer('alder'), customer('yard', 'alder'), customer('birch')])
    .execute();
  const invoice = (
    invoice_id: string,
    customer_id: string,
    due_on: string,
    open_minor: number,
    currency = 'USD',
  ) => ({
    company_id: companyId,
    invoice_id,
    number: `N-${invoice_id}`,
    customer_id,
    issued_on: '2026-06-01',
    due_on,
    currency,
    total_minor: 10_000,
    open_minor,
    status: open_minor > 0 ? 'open' : 'closed',
    sent: 'yes',
    emails: [],
    ...stamp,
  });
  await tx
    .insertInto('invoice')
    .values([
      invoice('paid-in-parts', 'alder', '2026-07-01', 0),
      invoice('of-the-yard', 'yard', '2026-07-01', 0),
      invoice('credited', 'alder', '2026-07-01', 0),
      invoice('bounced', 'alder', '2026-07-01', 0),
      invoice('written-off', 'alder', '2026-07-01', 0),
      invoice('old', 'yard', '2026-08-01', 4_000),
      invoice('older', 'alder', '2026-07-01', 3_000),
      invoice('euro', 'alder', '2026-11-01', 500, 'EUR'),
      invoice('not-due', 'alder', '2026-12-24', 10_000),
      invoice('foreign', 'birch', '2026-07-01', 0),
    ])
    .execute();
  const payment = (
    payment_id: string,
    paid_on: string,
    customer_id: string,
    parts: [string, number][],
    status = 'valid',
  ) => ({
    company_id: companyId,
    payment_id,
    customer_id,
    paid_on,
    currency: 'USD',
    total_minor: parts.reduce((sum, [, minor]) => sum + minor, 0),
    unapplied_minor: 0,
    status,
    allocations: JSON.stringify(parts.map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }))),
    seen_at: now,
    ...stamp,
  });
  await tx
    .insertInto('payment')
    .values([
      payment('p1', '2026-06-20', 'alder', [['paid-in-parts', 6_000]]),
      // one payment of the parent for itself and its yard: 10 and 20 days late
      payment('p2', '2026-07-21', 'alder', [['of-the-yard', 10_000]]),
      payment('p3', '2026-07-11', 'alder', [['paid-in-parts', 4_000]]),
      payment('p4', '2026-07-02', 'alder', [['bounced', 10_000]], 'void'),
      payment('p5', '2026-11-20', 'birch', [['foreign', 10_000]]),
    ])
    .execute();
  await tx
    .insertInto('credit')
    .values({
      company_id: companyId,
      credit_id: 'c1',
      kind: 'credit_note',
      customer_id: 'alder',
      issued_on: '2026-06-15',
      currency: 'USD',
      total_minor: 10_000,
      remaining_minor: 0,
      status: 'closed',
      allocations: JSON.stringify([{ invoiceId: 'credited', amountMinor: 10_000 }]),
      ...stamp,
    })
    .execute();
}

const read = (customerId: string): Promise<Behaviour> =>
  inCompany(database.db, companyId, async (tx) =>
    readBehaviour(tx, await getCompany(tx, companyId), customerId, now),
  );

describe('from the mirrored books', () => {
  it('P15: settled by parts, by a credit, by a parent; what bounced or was written off is not known', async () => {
    const { settled, lastPaymentOn, daysSinceLastPayment } = await read('alder');
    expect(settled).toEqual({
      settled: 3,
      withDueDate: 3,
      settledLate: 2,
      averageDaysLate: 10,
      medianDaysLate: 10,
      longestDaysLate: 20,
      dayNotKnown: 2,
    });
    expect([lastPaymentOn, daysSinceLastPayment]).toEqual(['2026-07-21', 132]);
  });
  it('P32: the oldest, past due and over 90 days, by currency, with those who bill with it', async () => {
    const { aged } = await read('alder');
    expect(aged).toEqual([
      {
        currency: 'USD',
        pastDueMinor: 7_000,
        over90Minor: 7_000,
        oldest: { invoiceId: 'older', number: 'N-older', dueOn: '2026-07-01', daysLate: 152 },
      },
      {
        currency: 'EUR',
        pastDueMinor: 500,
        over90Minor: 0,
        oldest: { invoiceId: 'euro', number: 'N-euro', dueOn: '2026-11-01', daysLate: 29 },
      },
    ]);
  });
  it('is each customer’s own', async () => {
    const { settled, aged } = await read('birch');
    expect([settled.settled, settled.averageDaysLate, aged]).toEqual([1, 142, []]);
    expect((await read('nobody')).settled.settled).toBe(0);
  });
});
