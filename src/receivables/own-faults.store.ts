import { sql } from 'kysely';
import { openProblemsOf, raiseProblems, resolveById } from '../activity/problem.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Contact } from '../domain/books.ts';
import { localeOf } from '../domain/locale.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { bounceSubject, ownFaultKinds, ownFaults, type PaidInvoices, withFewInvoices } from './own-faults.ts';
import type { Position } from './position.ts';

/**
 * Opens what the business should put right before these customers are blamed, and resolves what was put right; exactly
 * for `customerIds`, whose positions of today `positions` holds, all of them. Nothing is written for what stands as it
 * stood.
 */
export async function settleOwnFaults(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  customerIds: readonly string[],
  positions: readonly Position[],
): Promise<void> {
  if (customerIds.length === 0) return;
  const companyId = company.company_id;
  const findings = ownFaults({
    positions,
    termsOf: await loadTerms(tx, companyId, positions),
    paidOf: await loadPaid(tx, companyId, withFewInvoices(positions), now),
    locale: localeOf(company.country),
  });
  const shown = await openProblemsOf(tx, companyId, [...ownFaultKinds, 'address_bounces'], customerIds);
  const open = new Map(shown.map((row) => [`${row.kind} ${row.subject}`, row]));
  const standing = new Set(findings.map(({ kind, subject }) => `${kind} ${subject}`));
  const fresh = findings.filter((finding) => {
    const row = open.get(`${finding.kind} ${finding.subject}`);
    return row === undefined || row.what !== finding.what;
  });
  await raiseProblems(tx, companyId, now, fresh);
  const mended = await mendedAddresses(
    tx,
    companyId,
    shown.filter((row) => row.kind === 'address_bounces'),
  );
  const gone = shown.filter((row) =>
    row.kind === 'address_bounces' ? mended.has(row.problem_id) : !standing.has(`${row.kind} ${row.subject}`),
  );
  await resolveById(
    tx,
    companyId,
    now,
    gone.map((row) => row.problem_id),
  );
}

async function loadTerms(
  tx: Tx,
  companyId: string,
  positions: readonly Position[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(positions.flatMap((position) => position.lines.map((line) => line.customerId)));
  if (ids.size === 0) return new Map();
  const { rows } = await sql<{ customer_id: string; terms: string }>`
    select customer_id, terms from customer
    where company_id = ${companyId} and customer_id = any(${binaryArray('text', [...ids])}::text[])
      and terms is not null`.execute(tx);
  return new Map(rows.map((row) => [row.customer_id, row.terms]));
}

/** What they paid of the last two years' invoices; one that was written off or voided shows no custom. */
async function loadPaid(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, PaidInvoices>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<PaidInvoices & { readonly customer_id: string }>`
    select customer_id, count(*)::int as count, count(reference)::int as having from invoice
    where company_id = ${companyId} and customer_id = any(${binaryArray('text', [...new Set(customerIds)])}::text[])
      and open_minor = 0 and status = 'closed' and issued_on >= ${now}::date - 730
    group by customer_id`.execute(tx);
  return new Map(rows.map(({ customer_id, ...paid }) => [customer_id, paid]));
}

/** A bounce names its customer and address; it is over when the books do not have the address with that customer any more. */
async function mendedAddresses(
  tx: Tx,
  companyId: string,
  bounces: readonly { readonly problem_id: string; readonly subject: string; readonly customer_id: string }[],
): Promise<ReadonlySet<string>> {
  if (bounces.length === 0) return new Set();
  const ids = [...new Set(bounces.map((row) => row.customer_id))];
  const { rows } = await sql<{ customer_id: string; emails: string[]; contacts: readonly Contact[] }>`
    with recursive family as (
      select customer_id as debtor, customer_id, emails || array_remove(array[escalation_email], null) as emails, contacts
      from customer
      where company_id = ${companyId} and customer_id = any(${ids})
      union all
      select family.debtor, member.customer_id, '{}'::text[], '[]'::jsonb
      from family join customer as member on member.company_id = ${companyId}
        and member.parent_id = family.customer_id and member.bills_with_parent
    ) cycle customer_id set again using path
    select debtor as customer_id, emails, contacts from family
    union all
    select debtor, invoice.emails, '[]'::jsonb
    from family join invoice on invoice.company_id = ${companyId}
      and invoice.customer_id = family.customer_id and invoice.open_minor > 0`.execute(tx);
  const present = new Set(
    rows.flatMap((row) =>
      [...row.emails, ...row.contacts.map((contact) => contact.email)].map((email) =>
        bounceSubject(row.customer_id, email),
      ),
    ),
  );
  return new Set(bounces.filter((row) => !present.has(row.subject)).map((row) => row.problem_id));
}
