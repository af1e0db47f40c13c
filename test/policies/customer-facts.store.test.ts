import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getCompany } from '../../src/companies/company.store.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { inCompany, type Tx } from '../../src/platform/db.ts';
import { loadCustomerFacts } from '../../src/policies/customer-facts.store.ts';
import { readBehaviour } from '../../src/receivables/behaviour.store.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const now = new Date('2026-11-30T18:00:00Z');
const first = day('2024-06-01');
const stamp = { changed_at: now, version: '1' };
let database: TestDatabase;
let companyId: string;
let customerIds: readonly string[] = [];

interface Bill {
  readonly due: number | null;
  readonly total: number;
  readonly parts: readonly { readonly after: number; readonly share: number; readonly valid: boolean }[];
  readonly open: boolean;
}

const bills: fc.Arbitrary<Bill> = fc.record({
  due: fc.option(fc.integer({ min: 0, max: 900 }), { freq: 8 }),
  total: fc.integer({ min: 100, max: 90_000 }),
  parts: fc.array(
    fc.record({
      after: fc.integer({ min: -40, max: 120 }),
      share: fc.constantFrom(1, 0.5, 0.25),
      valid: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  open: fc.boolean(),
});

beforeAll(async () => {
  database = await testDatabase();
  companyId = await addCompany(database.db);
  const books = fc.sample(fc.array(bills, { maxLength: 12 }), { numRuns: 80, seed: 7 });
  customerIds = books.map((_, index) => `C${index}`);
  await inCompany(database.db, companyId, async (tx) => {
    for (const [index, rows] of books.entries()) await seed(tx, index, rows);
  });
});
afterAll(() => database.drop());

async function seed(tx: Tx, index: number, rows: readonly Bill[]): Promise<void> {
  const customerId = `C${index}`;
  const parent = index % 5 === 4 ? `C${index - 1}` : null;
  await tx
    .insertInto('customer')
    .values({
      ...{ company_id: companyId, customer_id: customerId, name: customerId, emails: [], contacts: '[]' },
      ...{ parent_id: parent, bills_with_parent: parent !== null, active: true, groups: ['Trade'] },
      ...stamp,
    })
    .execute();
  for (const [number, bill] of rows.entries()) {
    const invoiceId = `${customerId}-${number}`;
    const due = bill.due === null ? null : addDays(first, bill.due);
    const from = due ?? first;
    await tx
      .insertInto('invoice')
      .values({
        ...{ company_id: companyId, invoice_id: invoiceId, number: invoiceId, customer_id: customerId },
        ...{ issued_on: addDays(from, -30), due_on: due, currency: index % 3 === 0 ? 'EUR' : 'USD' },
        ...{ total_minor: bill.total, open_minor: bill.open ? bill.total : 0, sent: 'yes', emails: [] },
        ...{ status: bill.open ? 'open' : 'closed', ...stamp },
      })
      .execute();
    for (const [at, part] of bill.parts.entries()) {
      const minor = Math.floor(bill.total * part.share);
      await tx
        .insertInto('payment')
        .values({
          ...{ company_id: companyId, payment_id: `${invoiceId}-${at}`, customer_id: customerId },
          ...{ paid_on: addDays(from, part.after), currency: 'USD', total_minor: minor, unapplied_minor: 0 },
          ...{ status: part.valid ? 'valid' : 'void', seen_at: now },
          allocations: JSON.stringify([{ invoiceId, amountMinor: minor }]),
          ...stamp,
        })
        .execute();
    }
  }
}

test('P15: what a segment is decided by is what the customer’s page says of how it has paid', async () => {
  await inCompany(database.db, companyId, async (tx) => {
    const company = await getCompany(tx, companyId);
    const facts = await loadCustomerFacts(tx, company, customerIds, now);
    let late = 0;
    for (const customerId of customerIds) {
      const { settled } = await readBehaviour(tx, company, customerId, now);
      const found = facts.get(customerId);
      expect([customerId, found?.settled, found?.settledLate, found?.averageDaysLate]).toEqual([
        customerId,
        settled.withDueDate,
        settled.settledLate,
        settled.averageDaysLate,
      ]);
      late += settled.settledLate;
    }
    expect(late).toBeGreaterThan(20);
  });
});

test('R12: a parent is judged with those who bill with it, in every currency by itself', async () => {
  await inCompany(database.db, companyId, async (tx) => {
    const facts = await loadCustomerFacts(tx, await getCompany(tx, companyId), ['C3', 'C4', 'nobody'], now);
    const [parent, child] = [facts.get('C3'), facts.get('C4')];
    if (parent === undefined || child === undefined) throw new Error('both are customers');
    expect(parent.invoices).toBeGreaterThan(child.invoices);
    for (const [currency, minor] of Object.entries(child.openMinor))
      expect(parent.openMinor[currency] ?? 0).toBeGreaterThanOrEqual(minor);
    expect(parent.groups).toEqual(['Trade']);
    expect(facts.has('nobody')).toBe(false);
  });
});

test('R11, R12: promises count that broke within 12 months, those of whoever bills with them, too', async () => {
  const promise = (id: string, customerId: string, state: string, settledOn: string | null) => ({
    ...{ company_id: companyId, agreement_id: randomUUID(), kind: 'promise', customer_id: customerId },
    ...{ currency: 'USD', state, amount_minor: 1, debt_minor: 1, credits_minor: 0, credits_at_start: '[]' },
    ...{ due_on: '2025-10-01', grace_until: '2025-10-03', whole_customer: false, said_by: '', how: 'phone' },
    ...{ note: id, made_on: '2025-09-01', made_by: 'Dana', created_at: now, settled_on: settledOn },
  });
  await inCompany(database.db, companyId, async (tx) => {
    await tx
      .insertInto('agreement')
      .values([
        promise('a year ago to the day', 'C3', 'broken', '2025-11-30'),
        promise('a day before that', 'C3', 'broken', '2025-11-29'),
        promise('of who bills with them', 'C4', 'broken', '2026-11-30'),
        promise('kept', 'C3', 'kept', '2026-10-01'),
        promise('in part', 'C3', 'part_kept', '2026-10-01'),
        promise('still open', 'C3', 'pending', null),
        { ...promise('a plan', 'C3', 'breached', '2026-10-01'), kind: 'plan' },
      ])
      .execute();
    const facts = await loadCustomerFacts(tx, await getCompany(tx, companyId), ['C0', 'C3', 'C4'], now);
    expect(['C0', 'C3', 'C4'].map((id) => facts.get(id)?.brokenPromises)).toEqual([0, 2, 1]);
  });
});

test('whoever is of unknown type counts as a business once the company stated that all are', async () => {
  const countsAs = () =>
    inCompany(database.db, companyId, async (tx) => {
      const found = await loadCustomerFacts(tx, await getCompany(tx, companyId), ['C0'], now);
      return found.get('C0')?.countsAs;
    });
  expect(await countsAs()).toBe('unknown');
  await inCompany(database.db, companyId, (tx) =>
    tx
      .updateTable('company')
      .set({ all_businesses_at: now, all_businesses_by: 'Dana' })
      .where('company_id', '=', companyId)
      .execute(),
  );
  expect(await countsAs()).toBe('business');
});
