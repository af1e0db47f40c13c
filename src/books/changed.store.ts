import { type ActivityEntry, record } from '../activity/activity.store.ts';
import { dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import { formatMoney } from '../domain/money.ts';
import type { Tx } from '../platform/db.ts';
import type { BooksPage } from '../ports/ledger.ts';
import { addMoves, changedIn, inDoubt, nothingUnsettled, type Unsettled, unexplained } from './changed.ts';
import { explainedBefore } from './explained.store.ts';
import { type Ids, look } from './seen.store.ts';
import type { Seen, Telling } from './seen.ts';

/** Rows of the mirror before something is done to them. */
export interface Watch {
  readonly ids: Ids;
  readonly before: Seen;
  readonly telling: Telling;
}

/** The rows that a page names, read or removed, and the invoices that its money is set against. */
export function idsIn(
  page: Pick<BooksPage, 'customers' | 'invoices' | 'payments' | 'credits' | 'removed'>,
): Ids {
  const removed = (kind: keyof Ids): readonly string[] =>
    page.removed.filter((row) => row.kind === kind).map((row) => row.id);
  const settled = [...page.payments, ...page.credits].flatMap((row) => row.allocations);
  return {
    customer: [...page.customers.map((row) => row.customerId), ...removed('customer')],
    invoice: [
      ...new Set([
        ...page.invoices.map((row) => row.invoiceId),
        ...removed('invoice'),
        ...settled.map((part) => part.invoiceId),
      ]),
    ],
    payment: [...page.payments.map((row) => row.paymentId), ...removed('payment')],
    credit: [...page.credits.map((row) => row.creditId), ...removed('credit')],
  };
}

/** Looks at rows before they change; `tell` afterwards says what happened to them. */
export async function watch(tx: Tx, companyId: string, ids: Ids, now: Date): Promise<Watch> {
  const telling = await tellingOf(tx, companyId, now);
  return { ids, telling, before: await look(tx, companyId, ids, telling.today) };
}

/**
 * Records what happened to the watched rows since. Equal rows, and versions that came late and were not applied, say
 * nothing, as the mirror itself is compared. Balances that no payment or credit explains yet wait in `unsettled` for the
 * end of the reading; without one they are told at once.
 */
export async function tell(
  tx: Tx,
  companyId: string,
  { ids, before, telling }: Watch,
  now: Date,
  unsettled?: Unsettled,
): Promise<void> {
  const after = await look(tx, companyId, withNames(ids, before), telling.today);
  const known = await withMoved(tx, companyId, before, after, telling);
  const waiting = unsettled ?? nothingUnsettled();
  addMoves(waiting, before, known, telling);
  const rest = unsettled === undefined ? await unexplainedIn(tx, companyId, waiting, telling, now) : [];
  await record(tx, companyId, now, [...changedIn(before, known, telling), ...rest]);
}

/** At the end of a reading: what of the balances that moved nothing explains. */
export async function tellUnexplained(
  tx: Tx,
  companyId: string,
  unsettled: Unsettled,
  now: Date,
): Promise<void> {
  if (unsettled.moved.size > 0) {
    const telling = await tellingOf(tx, companyId, now);
    await record(tx, companyId, now, await unexplainedIn(tx, companyId, unsettled, telling, now));
  }
  unsettled.moved.clear();
  unsettled.settled.clear();
}

async function unexplainedIn(
  tx: Tx,
  companyId: string,
  unsettled: Unsettled,
  telling: Telling,
  now: Date,
): Promise<readonly ActivityEntry[]> {
  return unexplained(unsettled, telling, await explainedBefore(tx, companyId, inDoubt(unsettled), now));
}

async function tellingOf(tx: Tx, companyId: string, now: Date): Promise<Telling> {
  const company = await tx
    .selectFrom('company')
    .select(['time_zone', 'country'])
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const locale = localeOf(company.country);
  return {
    today: dayAt(now, company.time_zone),
    money: (minor, currency) => formatMoney(minor, currency, locale),
  };
}

/** What payments and credits were set against before is looked at as well. */
function withNames(ids: Ids, before: Seen): Ids {
  return { ...ids, invoice: [...new Set([...ids.invoice, ...before.invoices.keys()])] };
}

/** Customers by name whom the facts will name: an invoice's old and new one, and whoever survives a merge. */
async function withMoved(
  tx: Tx,
  companyId: string,
  before: Seen,
  after: Seen,
  { today }: Telling,
): Promise<Seen> {
  const moved = [...after.invoices.values()].flatMap((row) => {
    const from = before.invoices.get(row.invoiceId)?.customerId;
    return from === undefined || from === row.customerId ? [] : [from, row.customerId];
  });
  const into = [...after.customers.values()].flatMap((row) => row.mergedIntoId ?? []);
  const missing = [...new Set([...moved, ...into])].filter((id) => !after.customers.has(id));
  if (missing.length === 0) return after;
  const named = await look(tx, companyId, { customer: missing, invoice: [], payment: [], credit: [] }, today);
  return { ...after, customers: new Map([...after.customers, ...named.customers]) };
}
