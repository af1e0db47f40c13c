import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { BooksPage } from '../ports/ledger.ts';
import { markStale } from './mirror.store.ts';
import { type Found, moneyAtOdds } from './money-at-odds.store.ts';
import { AT_ODDS, CIRCLE, circleInWords, judgeMoney, type NamedInvoice, UNKNOWN_INVOICE } from './unsound.ts';

/** Rows of a reading of which only its end can say whether they are sound. */
export interface Doubtful {
  /** Payments that name an invoice which the mirror did not have then. */
  readonly payments: Set<string>;
  /** Customers with a parent. */
  readonly children: Set<string>;
}

export function nothingDoubtful(): Doubtful {
  return { payments: new Set(), children: new Set() };
}

/**
 * The page without payments and credits that contradict themselves or the invoices they settle: those are rejected one
 * by one (SYN-09, SYN-10). In a first sync (`doubtful` null) they are only held against themselves, as looking up
 * every invoice would cost more than reading it; `judgeWhole` does it for all at its end.
 */
export async function soundPage(
  tx: Tx,
  companyId: string,
  page: BooksPage,
  doubtful: Doubtful | null,
): Promise<BooksPage> {
  for (const row of page.customers) if (row.parentId !== null) doubtful?.children.add(row.customerId);
  if (page.payments.length === 0 && page.credits.length === 0) return page;
  const invoices = doubtful === null ? new Map() : await invoicesOf(tx, companyId, page);
  for (const row of page.payments)
    if (row.allocations.some((part) => !invoices.has(part.invoiceId))) doubtful?.payments.add(row.paymentId);
  const { payments, credits, rejected } = judgeMoney(page, invoices);
  if (rejected.length === 0) return page;
  return { ...page, payments, credits, rejected: [...page.rejected, ...rejected] };
}

async function invoicesOf(
  tx: Tx,
  companyId: string,
  page: BooksPage,
): Promise<ReadonlyMap<string, NamedInvoice>> {
  const ids = [...page.payments, ...page.credits].flatMap((row) =>
    row.allocations.map((part) => part.invoiceId),
  );
  const stored = await tx
    .selectFrom('invoice')
    .select(['invoice_id as invoiceId', 'currency', 'status', 'total_minor as totalMinor'])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`invoice_id = any(${ids}::text[])`)
    .execute();
  const invoices = new Map<string, NamedInvoice>(stored.map((row) => [row.invoiceId, row]));
  for (const row of page.invoices) invoices.set(row.invoiceId, row);
  return invoices;
}

/**
 * At the end of a reading: what only the whole shows (R8). Payments that name an invoice which the ledger still has not
 * shown, customers whose parents lead back to them and, where everything was read (`doubtful` null), money that its
 * invoices contradict, are held with a reason, though their rows stand; those of whom it is not true any more are let go.
 */
export async function judgeWhole(
  tx: Tx,
  companyId: string,
  doubtful: Doubtful | null,
  now: Date,
): Promise<void> {
  const { rows: held } = await sql<{
    kind: string;
    row_id: string;
    odd: boolean;
  }>`select kind, row_id, starts_with(reason, ${AT_ODDS}) as odd from rejected_row
    where company_id = ${companyId} and (starts_with(reason, ${UNKNOWN_INVOICE}) or starts_with(reason, ${CIRCLE})
      or starts_with(reason, ${AT_ODDS}))`.execute(tx);
  const before = (kind: string, odd: boolean): string[] =>
    held.filter((row) => row.kind === kind && row.odd === odd).map((row) => row.row_id);
  const payments = doubtful && [...doubtful.payments, ...before('payment', false)];
  const children = doubtful && [...doubtful.children, ...before('customer', false)];
  const unknown = payments?.length === 0 ? [] : await unknownInvoices(tx, companyId, payments);
  const circles = children?.length === 0 ? [] : await circlesAmong(tx, companyId, children);
  const money = doubtful && { payments: before('payment', true), credits: before('credit', true) };
  // one reason a row: an invoice that is missing before one that contradicts
  const all = [...circles, ...(await moneyAtOdds(tx, companyId, money)), ...unknown];
  const found = new Map(all.map((row) => [`${row.kind} ${row.row_id}`, row]));
  await keepFound(tx, companyId, [...found.values()], now);
  await letGo(
    tx,
    companyId,
    held.filter((row) => !found.has(`${row.kind} ${row.row_id}`)),
  );
}

/**
 * An invoice that came but could not be read is a problem of its own. Lists are taken from one another as a whole: of a
 * company that has just come PostgreSQL believes that it has one row of each, and joined it would compare all with all.
 */
async function unknownInvoices(
  tx: Tx,
  companyId: string,
  ids: readonly string[] | null,
): Promise<readonly Found[]> {
  const among = ids === null ? sql`true` : sql`p.payment_id = any(${binaryArray('text', ids)}::text[])`;
  const payments = sql`payment p cross join lateral jsonb_array_elements(p.allocations) part
    where p.company_id = ${companyId} and ${among} and p.status = 'valid'`;
  const shown = ids === null ? sql`true` : sql`invoice_id in (select part ->> 'invoiceId' from ${payments})`;
  const unknown = await sql<{ id: string }>`select part ->> 'invoiceId' as id from ${payments}
    except select invoice_id from invoice where company_id = ${companyId} and ${shown}
    except select row_id from rejected_row where company_id = ${companyId} and kind = 'invoice'`.execute(tx);
  if (unknown.rows.length === 0) return [];
  const missing = binaryArray(
    'text',
    unknown.rows.map((row) => row.id),
  );
  const { rows } = await sql<Found>`
    select 'payment' as kind, p.payment_id as row_id, p.customer_id,
      ${UNKNOWN_INVOICE}::text || string_agg(part ->> 'invoiceId', ', ' order by part ->> 'invoiceId') as reason
    from ${payments} and part ->> 'invoiceId' = any(${missing}::text[])
    group by p.payment_id, p.customer_id`.execute(tx);
  return rows;
}

/** So many parents deep nobody's books are. */
const DEEPEST = 50;

/** Everybody on a circle of parents that one of these customers is on (R12); null: of all. */
async function circlesAmong(
  tx: Tx,
  companyId: string,
  ids: readonly string[] | null,
): Promise<readonly Found[]> {
  const among = ids === null ? sql`true` : sql`customer_id = any(${binaryArray('text', ids)}::text[])`;
  const { rows } = await sql<{ path: string[]; names: string[] }>`
    with recursive up as (
      select customer_id as start, parent_id as above, array[customer_id] as path, array[name] as names
        from customer where company_id = ${companyId} and parent_id is not null and ${among}
      union all
      select up.start, c.parent_id, up.path || c.customer_id, up.names || c.name
        from up join customer c on c.company_id = ${companyId} and c.customer_id = up.above
        where c.parent_id is not null and not c.customer_id = any(up.path) and cardinality(up.path) < ${DEEPEST})
    select path, names from up where above = start`.execute(tx);
  const members = new Map<string, Found>();
  for (const { path, names } of rows)
    for (const [at, id] of path.entries())
      members.set(id, {
        kind: 'customer',
        row_id: id,
        customer_id: id,
        reason: circleInWords([...names.slice(at), ...names.slice(0, at)]),
      });
  return [...members.values()];
}

async function keepFound(tx: Tx, companyId: string, found: readonly Found[], now: Date): Promise<void> {
  if (found.length === 0) return;
  const each = (value: (row: Found) => string | null) => sql`${found.map(value)}::text[]`;
  const { rows } = await sql<{ customer_id: string | null }>`
    insert into rejected_row as stored (company_id, kind, row_id, customer_id, reason, seen_at)
    select ${companyId}::uuid, found.*, ${now}::timestamptz
    from unnest(${each((row) => row.kind)}, ${each((row) => row.row_id)}, ${each((row) => row.customer_id)},
      ${each((row) => row.reason)}) as found
    on conflict (company_id, kind, row_id) do update set reason = excluded.reason, seen_at = excluded.seen_at
      where stored.reason <> excluded.reason
    returning customer_id`.execute(tx);
  await markStale(
    tx,
    companyId,
    rows.flatMap((row) => row.customer_id ?? []),
  );
}

async function letGo(
  tx: Tx,
  companyId: string,
  rows: readonly { readonly kind: string; readonly row_id: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const gone = await sql<{ customer_id: string | null }>`
    delete from rejected_row r using unnest(${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.row_id)}::text[])
      as settled (kind, row_id)
    where r.company_id = ${companyId} and r.kind = settled.kind and r.row_id = settled.row_id
    returning r.customer_id`.execute(tx);
  await markStale(
    tx,
    companyId,
    gone.rows.flatMap((row) => row.customer_id ?? []),
  );
}
