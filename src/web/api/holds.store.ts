import { type Expression, type SqlBool, sql } from 'kysely';
import { getCompany } from '../../companies/company.store.ts';
import { type Day, dayAt } from '../../domain/day.ts';
import type { HoldCategory, HoldKind, HoldScope } from '../../domain/hold-kinds.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import type { NewHold } from '../../receivables/hold.store.ts';
import { isInForce } from '../../receivables/holds.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, isoOrNull, moneyOrNull } from './schema.ts';

const keys: readonly Key[] = [{ column: 'h.hold_id', holds: 'uuid' }];

/** Holds with the currency in which their amount is meant: the invoice's or agreement's, else the customer's or company's. */
function holds(tx: Tx, companyId: string) {
  return tx
    .selectFrom('hold as h')
    .innerJoin('company as o', 'o.company_id', 'h.company_id')
    .leftJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 'h.company_id').onRef('i.invoice_id', '=', 'h.invoice_id'),
    )
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'h.company_id').onRef('c.customer_id', '=', 'h.customer_id'),
    )
    .leftJoin('agreement as a', (join) =>
      join.onRef('a.company_id', '=', 'h.company_id').onRef('a.agreement_id', '=', 'h.agreement_id'),
    )
    .selectAll('h')
    .select(sql<string>`coalesce(i.currency, a.currency, c.balance_currency, o.base_currency)`.as('currency'))
    .where('h.company_id', '=', companyId);
}

type Row = Awaited<ReturnType<ReturnType<typeof holds>['executeTakeFirstOrThrow']>>;

interface HoldsWish extends PageWish {
  readonly state?: 'standing' | 'all';
  readonly kind?: HoldKind;
  readonly category?: HoldCategory;
  readonly scope?: HoldScope;
  readonly customerId?: string;
  readonly invoiceId?: string;
}

export async function listHolds(tx: Tx, companyId: string, wish: HoldsWish, now: Date) {
  const today = dayAt(now, (await getCompany(tx, companyId)).time_zone);
  let query = holds(tx, companyId).where(behind(wish, keys));
  if (wish.kind !== undefined) query = query.where('h.kind', '=', wish.kind);
  if (wish.category !== undefined) query = query.where('h.category', '=', wish.category);
  if (wish.scope !== undefined) query = query.where('h.scope', '=', wish.scope);
  if (wish.customerId !== undefined) query = query.where('h.customer_id', '=', wish.customerId);
  if (wish.invoiceId !== undefined) query = query.where('h.invoice_id', '=', wish.invoiceId);
  if (wish.state !== 'all') query = query.where(standing(today));
  const rows = await query.orderBy('h.hold_id').limit(rowsWanted(wish)).execute();
  return pageOf(rows, wish, (row) => [row.hold_id], shownOn(today));
}

/** Neither lifted nor over; one whose days make no sense is not over (R10). */
function standing(today: Day): Expression<SqlBool> {
  return sql<boolean>`(h.lifted_at is null
    and (h.ends_on is null or h.ends_on >= ${today} or h.ends_on < h.starts_on))`;
}

/** Throws UserError not_found. */
export async function readHold(tx: Tx, companyId: string, holdId: string, now: Date) {
  const today = dayAt(now, (await getCompany(tx, companyId)).time_zone);
  const row = await holds(tx, companyId).where('h.hold_id', '=', holdId).executeTakeFirst();
  if (row === undefined) throw new UserError('not_found', 'There is no such hold.', 'Check the hold id.');
  return shownOn(today)(row);
}

/** The currency of what a hold is about; null when the books don't know it (setting it says so). */
export async function holdCurrency(
  tx: Tx,
  companyId: string,
  hold: Pick<NewHold, 'scope' | 'invoiceId' | 'customerId'>,
): Promise<string | null> {
  if (hold.scope === 'invoice') {
    const row = await tx
      .selectFrom('invoice')
      .select('currency')
      .where('company_id', '=', companyId)
      .where('invoice_id', '=', hold.invoiceId ?? '')
      .executeTakeFirst();
    return row?.currency ?? null;
  }
  const row = await tx
    .selectFrom('company as o')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'o.company_id').on('c.customer_id', '=', hold.customerId ?? ''),
    )
    .select(sql<string>`coalesce(c.balance_currency, o.base_currency)`.as('currency'))
    .where('o.company_id', '=', companyId)
    .executeTakeFirst();
  return row?.currency ?? null;
}

function shownOn(today: Day) {
  return (row: Row) => ({
    holdId: row.hold_id,
    kind: row.kind as HoldKind,
    category: row.category as HoldCategory | null,
    scope: row.scope as HoldScope,
    customerId: row.customer_id,
    invoiceId: row.invoice_id,
    reason: row.reason,
    setBy: row.set_by,
    amount: moneyOrNull(row.amount_minor, row.currency),
    ...daysOf(row),
    reviewOn: row.review_on,
    agreementId: row.agreement_id,
    inForce: row.lifted_at === null && isInForce(daysOf(row), today),
    liftedAt: isoOrNull(row.lifted_at),
    liftedBy: row.lifted_by,
    createdAt: iso(row.created_at),
  });
}

function daysOf(row: Pick<Row, 'starts_on' | 'ends_on'>) {
  return { startsOn: row.starts_on as Day, endsOn: row.ends_on as Day | null };
}
