import { sql } from 'kysely';
import type { Contact } from '../domain/books.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { HoldCategory, HoldKind, HoldScope } from '../domain/hold-kinds.ts';
import type { Tx } from '../platform/db.ts';
import type { Family } from './debtor.ts';
import type { HoldFact } from './holds.ts';
import type { PositionInvoice } from './position.ts';

export interface CustomerFacts extends Family {
  readonly name: string;
  readonly emails: readonly string[];
  readonly contacts: readonly Contact[];
  readonly active: boolean;
  readonly mergedIntoId: string | null;
}

export interface CreditFact {
  readonly customerId: string;
  readonly currency: Currency;
  readonly minor: number;
}

/** What the positions of some customers are made of, read with a handful of set-based queries. */
export interface PositionFacts {
  readonly invoices: readonly (PositionInvoice & { readonly emails: readonly string[] })[];
  readonly credits: readonly CreditFact[];
  readonly holds: readonly HoldFact[];
  readonly unreadable: readonly { readonly customerId: string | null; readonly reason: string }[];
}

export async function loadFamilies(tx: Tx, companyId: string): Promise<ReadonlyMap<string, CustomerFacts>> {
  const rows = await tx
    .selectFrom('customer')
    .select([
      'customer_id',
      'name',
      'emails',
      'contacts',
      'parent_id',
      'bills_with_parent',
      'active',
      'merged_into_id',
    ])
    .where('company_id', '=', companyId)
    .execute();
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        customerId: row.customer_id,
        name: row.name,
        emails: row.emails,
        contacts: row.contacts as unknown as readonly Contact[],
        parentId: row.parent_id,
        billsWithParent: row.bills_with_parent,
        active: row.active,
        mergedIntoId: row.merged_into_id,
      },
    ]),
  );
}

/** Customers to compute: those marked, those whose state changes by itself today, and those a day later still late. */
export async function takeStale(tx: Tx, companyId: string, today: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    with taken as (delete from stale_position where company_id = ${companyId} returning customer_id)
    select customer_id from taken
    union
    select customer_id from position where company_id = ${companyId} and next_event_on <= ${today}
    union
    select customer_id from position
      where company_id = ${companyId} and past_due_minor > 0 and computed_on < ${today}`.execute(tx);
  return rows.map((row) => row.customer_id);
}

export async function loadFacts(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<PositionFacts> {
  const ids = [...customerIds];
  const invoices = await tx
    .selectFrom('invoice')
    .select([
      'invoice_id',
      'number',
      'customer_id',
      'issued_on',
      'due_on',
      'currency',
      'total_minor',
      'open_minor',
      'status',
      'sent',
      'emails',
    ])
    .where('company_id', '=', companyId)
    .where('open_minor', '>', 0)
    .where('status', '=', 'open')
    .where(sql<boolean>`customer_id = any(${ids})`)
    .execute();
  return {
    invoices: invoices.map((row) => ({
      invoiceId: row.invoice_id,
      number: row.number,
      customerId: row.customer_id,
      issuedOn: row.issued_on as Day,
      dueOn: row.due_on as Day | null,
      currency: row.currency as Currency,
      totalMinor: row.total_minor,
      openMinor: row.open_minor,
      status: 'open',
      sent: row.sent as PositionInvoice['sent'],
      emails: row.emails,
    })),
    credits: await loadCredits(tx, companyId, ids),
    holds: await loadHolds(tx, companyId),
    unreadable: await loadUnreadable(tx, companyId),
  };
}

/**
 * R4: credit notes, overpayments, prepayments and unapplied payments, per customer and currency. An invoice below zero
 * is no receivable (R7), but the ledger counts it against what the customer owes, so it is a credit.
 */
async function loadCredits(tx: Tx, companyId: string, ids: string[]): Promise<readonly CreditFact[]> {
  const { rows } = await sql<{ customer_id: string; currency: string; minor: number }>`
    select customer_id, currency, sum(minor)::bigint as minor from (
      select customer_id, currency, remaining_minor as minor from credit
      where company_id = ${companyId} and customer_id = any(${ids}) and status = 'open' and remaining_minor > 0
      union all
      select customer_id, currency, unapplied_minor from payment
      where company_id = ${companyId} and customer_id = any(${ids}) and status = 'valid' and unapplied_minor > 0
      union all
      select customer_id, currency, -open_minor from invoice
      where company_id = ${companyId} and customer_id = any(${ids}) and status = 'open' and open_minor < 0
    ) unapplied group by customer_id, currency`.execute(tx);
  return rows.map((row) => ({
    customerId: row.customer_id,
    currency: row.currency as Currency,
    minor: row.minor,
  }));
}

/** Every hold that nobody lifted; whether one is in force is a question of the day. */
async function loadHolds(tx: Tx, companyId: string): Promise<readonly HoldFact[]> {
  const rows = await tx
    .selectFrom('hold')
    .select([
      'hold_id',
      'kind',
      'category',
      'scope',
      'customer_id',
      'invoice_id',
      'reason',
      'set_by',
      'starts_on',
      'ends_on',
    ])
    .where('company_id', '=', companyId)
    .where('lifted_at', 'is', null)
    .execute();
  return rows.map((row) => ({
    holdId: row.hold_id,
    kind: row.kind as HoldKind,
    category: row.category as HoldCategory | null,
    scope: row.scope as HoldScope,
    customerId: row.customer_id,
    invoiceId: row.invoice_id,
    reason: row.reason,
    setBy: row.set_by,
    startsOn: row.starts_on as Day,
    endsOn: row.ends_on as Day | null,
  }));
}

async function loadUnreadable(tx: Tx, companyId: string): Promise<PositionFacts['unreadable']> {
  const rows = await tx
    .selectFrom('rejected_row')
    .select(['customer_id', 'reason', 'kind', 'row_id'])
    .where('company_id', '=', companyId)
    .execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    reason: `${row.kind} ${row.row_id}: ${row.reason}`,
  }));
}

/** The ledger's own figures of the last tie-out, per customer and currency. */
export async function loadLedgerFigures(tx: Tx, companyId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('position')
    .select(['customer_id', 'currency', 'ledger_minor'])
    .where('company_id', '=', companyId)
    .where('ties_out', '=', false)
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.ledger_minor === null ? [] : [[`${row.customer_id} ${row.currency}`, row.ledger_minor]],
    ),
  );
}
