import { sql } from 'kysely';
import type { RowKind } from '../domain/books.ts';
import type { Day } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Seen, SeenCredit, SeenCustomer, SeenInvoice, SeenPayment } from './seen.ts';

/** The ledger's ids of rows, by kind. */
export type Ids = Readonly<Record<RowKind, readonly string[]>>;

/**
 * These rows as the mirror has them now, and the invoices that its payments and credits among them are set against;
 * one statement. `today` is the day in the company's zone. Whether a touch named an invoice and whether there was ever
 * a case is asked of the sequencer's tables, as facts of the database: nothing of its code is used.
 */
export async function look(tx: Tx, companyId: string, ids: Ids, today: Day): Promise<Seen> {
  const list = (kind: RowKind) => sql`${binaryArray('text', ids[kind])}::text[]`;
  const late = (customer: string) => sql`exists (select from invoice late
    where late.company_id = ${companyId} and late.customer_id = ${sql.ref(customer)}
      and late.open_minor > 0 and late.status = 'open' and late.due_on < ${today})`;
  const { rows } = await sql<{ kind: RowKind; row: unknown }>`
    with p as materialized (select * from payment where company_id = ${companyId} and payment_id = any(${list('payment')})),
      c as materialized (select * from credit where company_id = ${companyId} and credit_id = any(${list('credit')})),
      wanted as materialized (
        select unnest(${list('invoice')}) as id
        union select part ->> 'invoiceId' from p, jsonb_array_elements(p.allocations) part
        union select part ->> 'invoiceId' from c, jsonb_array_elements(c.allocations) part)
    select 'invoice' as kind, jsonb_build_object('invoiceId', i.invoice_id, 'number', i.number,
        'customerId', i.customer_id, 'dueOn', i.due_on, 'currency', i.currency, 'totalMinor', i.total_minor,
        'openMinor', i.open_minor, 'status', i.status, 'named', exists (select from touch_invoice ti
          where ti.company_id = ${companyId} and ti.invoice_id = i.invoice_id)) as row
      from invoice i where i.company_id = ${companyId} and i.invoice_id = any(array(select id from wanted))
    union all select 'payment', jsonb_build_object('paymentId', p.payment_id, 'customerId', p.customer_id,
        'paidOn', p.paid_on, 'currency', p.currency, 'totalMinor', p.total_minor, 'unappliedMinor', p.unapplied_minor,
        'status', p.status, 'allocations', p.allocations, 'owing', ${late('p.customer_id')}) from p
    union all select 'credit', jsonb_build_object('creditId', c.credit_id, 'kind', c.kind,
        'customerId', c.customer_id, 'issuedOn', c.issued_on, 'currency', c.currency, 'totalMinor', c.total_minor,
        'remainingMinor', c.remaining_minor, 'status', c.status, 'allocations', c.allocations,
        'owing', ${late('c.customer_id')}) from c
    union all select 'customer', jsonb_build_object('customerId', u.customer_id, 'name', u.name, 'active', u.active,
        'mergedIntoId', u.merged_into_id, 'chased', ${late('u.customer_id')} or exists (select from dunning_case dc
          where dc.company_id = ${companyId} and dc.customer_id = u.customer_id))
      from customer u where u.company_id = ${companyId} and u.customer_id = any(${list('customer')})`.execute(
    tx,
  );
  const of = <Row>(kind: RowKind, idOf: (row: Row) => string): ReadonlyMap<string, Row> =>
    new Map(rows.filter((each) => each.kind === kind).map(({ row }) => [idOf(row as Row), row as Row]));
  return {
    customers: of<SeenCustomer>('customer', (row) => row.customerId),
    invoices: of<SeenInvoice>('invoice', (row) => row.invoiceId),
    payments: of<SeenPayment>('payment', (row) => row.paymentId),
    credits: of<SeenCredit>('credit', (row) => row.creditId),
  };
}
