import type { Db } from '../../src/platform/db.ts';
import { inCompany, type Tx } from '../../src/platform/db.ts';
import { nothingOwn, saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import type { CustomerPolicy } from '../../src/policies/document.ts';
import type { LateFee } from '../../src/policies/policy.ts';
import { addCompany } from '../support/company.ts';
import { seedBook } from './api-seed.ts';
import { now, today } from './api-support.ts';

const stated = { graceDays: 0, attestedBy: 'Ann Lee', attestedOn: '2026-01-05' };
export const byLaw: LateFee = { kind: 'statutory', yearlyRateBp: null, ...stated };
export const byTerms: LateFee = { kind: 'contract', yearlyRateBp: 1_200, ...stated };

interface Owed {
  readonly dueOn: string;
  readonly minor: number;
  readonly currency?: string;
}

/** A company in a country, with its own book besides. */
export async function companyIn(db: Db, country: 'GB' | 'FR' | 'US'): Promise<string> {
  const facts = {
    GB: { currency: 'GBP', timeZone: 'Europe/London' },
    FR: { currency: 'EUR', timeZone: 'Europe/Paris' },
    US: { currency: 'USD', timeZone: 'America/New_York' },
  }[country];
  const companyId = await addCompany(db, { country, mode: 'approve', ...facts });
  await seedBook(db, companyId);
  return companyId;
}

/** A customer with these invoices, under terms of its own if there are some. */
export async function owing(
  db: Db,
  companyId: string,
  customer: {
    readonly id: string;
    readonly name: string;
    readonly country: string;
    readonly type?: string;
    readonly creditsMinor?: number;
  },
  invoices: Readonly<Record<string, Owed>>,
  lateFee?: LateFee,
): Promise<void> {
  await inCompany(db, companyId, async (tx) => {
    const changed = { changed_at: new Date('2026-03-01T00:00:00Z'), version: '1' };
    const { id, name, country, type = 'business' } = customer;
    await tx
      .insertInto('customer')
      .values({
        ...{ company_id: companyId, customer_id: id, name, country, debtor_type: type, ...changed },
        ...{ emails: [`ap@${id}.test`], contacts: '[]', bills_with_parent: false, active: true },
      })
      .execute();
    for (const [number, { dueOn, minor, currency = 'GBP' }] of Object.entries(invoices))
      await tx
        .insertInto('invoice')
        .values({
          ...{ company_id: companyId, customer_id: id, invoice_id: `${id}-${number}`, number, currency },
          ...{ issued_on: '2026-02-01', due_on: dueOn, total_minor: minor, open_minor: minor },
          ...{ status: 'open', sent: 'yes', emails: [], ...changed },
        })
        .execute();
    await positions(tx, companyId, id, Object.values(invoices), customer.creditsMinor ?? 0);
    if ((customer.creditsMinor ?? 0) > 0)
      await tx
        .insertInto('credit')
        .values({
          ...{ company_id: companyId, credit_id: `${id}-c`, customer_id: id, kind: 'credit_note' },
          ...{ issued_on: '2026-11-01', currency: 'GBP', status: 'open', allocations: '[]', ...changed },
          ...{ total_minor: customer.creditsMinor ?? 0, remaining_minor: customer.creditsMinor ?? 0 },
        })
        .execute();
    if (lateFee !== undefined) await ownTerms(tx, companyId, id, lateFee);
  });
}

async function positions(
  tx: Tx,
  companyId: string,
  customerId: string,
  invoices: readonly Owed[],
  creditsMinor: number,
): Promise<void> {
  for (const [currency, all] of Map.groupBy(invoices, (one) => one.currency ?? 'GBP')) {
    const sum = (some: readonly Owed[]): number => some.reduce((total, { minor }) => total + minor, 0);
    const late = sum(all.filter(({ dueOn }) => dueOn < today));
    await tx
      .insertInto('position')
      .values({
        ...{ company_id: companyId, customer_id: customerId, currency, open_minor: sum(all) },
        ...{ not_due_minor: sum(all) - late, past_due_minor: late, late_1_30_minor: late, held_minor: 0 },
        ...{ credits_minor: creditsMinor, ask_minor: late, holds: '[]', ties_out: true },
        ...{ computed_on: today, computed_at: now },
      })
      .execute();
  }
}

async function ownTerms(tx: Tx, companyId: string, customerId: string, lateFee: LateFee): Promise<void> {
  const own: Omit<CustomerPolicy, 'version'> = { ...nothingOwn, settings: { lateFee } };
  await saveCustomerPolicy(tx, companyId, customerId, { ...own, expectedVersion: 0 }, 'Ann Lee', now);
}

/** £4,000.00 came in for an invoice in pounds. */
export async function paidPart(db: Db, companyId: string, customerId: string, invoiceId: string, on: string) {
  await inCompany(db, companyId, async (tx) => {
    await tx
      .insertInto('payment')
      .values({
        ...{ company_id: companyId, payment_id: `${invoiceId}-p`, customer_id: customerId, paid_on: on },
        ...{ currency: 'GBP', total_minor: 400_000, unapplied_minor: 0, status: 'valid' },
        ...{ allocations: JSON.stringify([{ invoiceId, amountMinor: 400_000 }]) },
        ...{ changed_at: now, seen_at: now, version: '1' },
      })
      .execute();
    await tx
      .updateTable('invoice')
      .set(({ eb }) => ({ open_minor: eb('open_minor', '-', 400_000) }))
      .where('invoice_id', '=', invoiceId)
      .execute();
  });
}

interface Paper {
  /** Who paid; null: the ledger does not say. */
  readonly by: string | null;
  readonly on: string;
  readonly minor: number;
  readonly currency?: string;
  readonly kind?: 'payment' | 'credit_note' | 'prepayment';
}

/** A paper of the books settles so much of an invoice; its id is the invoice's with a number. */
export async function settle(db: Db, companyId: string, invoiceId: string, papers: readonly Paper[]) {
  await inCompany(db, companyId, async (tx) => {
    for (const [index, { by, on, minor, currency = 'GBP', kind = 'payment' }] of papers.entries()) {
      const row = {
        ...{ company_id: companyId, currency, total_minor: minor, changed_at: now, version: '1' },
        allocations: JSON.stringify([{ invoiceId, amountMinor: minor }]),
      };
      const id = `${invoiceId}-${index + 1}`;
      if (kind === 'payment')
        await tx
          .insertInto('payment')
          .values({
            ...{ ...row, payment_id: id, customer_id: by, paid_on: on },
            ...{ unapplied_minor: 0, status: 'valid', seen_at: now },
          })
          .execute();
      else
        await tx
          .insertInto('credit')
          .values({
            ...{ ...row, credit_id: id, customer_id: by ?? '', issued_on: on, kind },
            ...{ remaining_minor: 0, status: 'closed' },
          })
          .execute();
    }
    await tx
      .updateTable('invoice')
      .set({ open_minor: 0, status: 'closed' })
      .where('invoice_id', '=', invoiceId)
      .execute();
  });
}
