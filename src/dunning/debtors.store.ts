import { sql } from 'kysely';
import type { Contact } from '../domain/books.ts';
import { postalLines } from '../domain/postal-address.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Family } from '../receivables/debtor.ts';

export interface Debtor extends Family {
  readonly name: string;
  readonly firstName: string | null;
  readonly emails: readonly string[];
  readonly contacts: readonly Contact[];
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  /** For window envelopes, without the name, with place and country; empty: the ledger has none. */
  readonly addressLines: readonly string[];
  readonly phone: string | null;
  /** P11: whoever a call that widens the circle is to; null: the business named nobody. */
  readonly escalation: { readonly name: string; readonly phone: string | null } | null;
  /** P9: whoever owns the relationship, by name or address; null: the business named nobody who can be told. */
  readonly salesOwner: string | null;
  /** The debtor agreed to e-mail (New York City); null: not known. */
  readonly emailConsent: boolean | null;
  readonly debtorType: 'business' | 'sole_trader' | 'consumer' | 'unknown';
  /** The style of sender that the brand asks for; the law pack has the last word. */
  readonly wantedStyle: 'own' | 'service';
  /** Where the ledger sends each open invoice; missing: the customer's own addresses. */
  readonly invoiceEmails: ReadonlyMap<string, readonly string[]>;
}

/** Whom the plan may write to: these customers, with the addresses of the open invoices of `members` (R12). */
export async function loadDebtors(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  members: readonly string[],
): Promise<ReadonlyMap<string, Debtor>> {
  const sender = await tx
    .selectFrom('company as o')
    .leftJoin('brand as b', 'b.company_id', 'o.company_id')
    .select(['o.country', 'b.style'])
    .where('o.company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const wantedStyle = sender.style === 'service' ? 'service' : 'own';
  const customers = await tx
    .selectFrom('customer')
    .select([
      'customer_id',
      'name',
      'first_name',
      'emails',
      'contacts',
      'country',
      'region',
      'city',
      'postcode',
      'address_lines',
      'email_consent',
      'phone',
      'escalation_name',
      'escalation_email',
      'escalation_phone',
      'sales_name',
      'sales_email',
      'debtor_type',
      'parent_id',
      'bills_with_parent',
    ])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`customer_id = any(${binaryArray('text', customerIds)}::text[])`)
    .execute();
  // shared by all: a parent may be written to about its child's invoice
  const invoiceEmails = await emailsOfInvoices(tx, companyId, members);
  return new Map(
    customers.map((row) => [
      row.customer_id,
      {
        customerId: row.customer_id,
        name: row.name,
        firstName: row.first_name,
        emails: row.emails,
        contacts: row.contacts as unknown as readonly Contact[],
        country: row.country,
        region: row.region,
        city: row.city,
        postcode: row.postcode,
        addressLines: postalLines({ ...row, lines: row.address_lines }, sender.country),
        phone: row.phone,
        escalation: escalationOf(row),
        salesOwner: row.sales_email === null ? null : row.sales_name || row.sales_email,
        emailConsent: row.email_consent,
        debtorType: row.debtor_type as Debtor['debtorType'],
        parentId: row.parent_id,
        billsWithParent: row.bills_with_parent,
        wantedStyle,
        invoiceEmails,
      },
    ]),
  );
}

function escalationOf(row: {
  readonly escalation_name: string | null;
  readonly escalation_email: string | null;
  readonly escalation_phone: string | null;
}): Debtor['escalation'] {
  return row.escalation_email === null
    ? null
    : { name: row.escalation_name || row.escalation_email, phone: row.escalation_phone };
}

/** Of the open invoices of these customers that the ledger sends somewhere else than to the customer. */
async function emailsOfInvoices(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<Debtor['invoiceEmails']> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('invoice')
    .select(['invoice_id', 'emails'])
    .where('company_id', '=', companyId)
    .where('open_minor', '>', sql.lit(0))
    .where('status', '=', 'open')
    .where(sql<boolean>`emails <> '{}'`)
    .where(sql<boolean>`customer_id = any(${binaryArray('text', customerIds)}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.invoice_id, row.emails]));
}
