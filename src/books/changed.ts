import type { ActivityEntry } from '../activity/activity.store.ts';
import { changedMoney, settledMore } from './changed-money.ts';
import {
  called,
  capital,
  isAlive,
  isLate,
  type Seen,
  type SeenCustomer,
  type SeenInvoice,
  type Telling,
} from './seen.ts';

/**
 * What happened between two looks at the same rows of the mirror, in words with figures: one activity for each thing
 * that matters to chasing, none for rows that are equal. Invoices count that are or were past due, or that a touch
 * named; so ordinary trade is not told. A balance that moved without its total is `settling`'s to explain.
 */
export function changedIn(before: Seen, after: Seen, telling: Telling): readonly ActivityEntry[] {
  return [
    ...eachPair(before.customers, after.customers, (old, now) => ofCustomer(old, now, after)),
    ...eachPair(before.invoices, after.invoices, (old, now) => ofInvoice(old, now, after, telling)),
    ...changedMoney(before, after, telling),
  ];
}

/**
 * Balances that moved during a reading, until it is known whether a payment or a credit of the same reading explains
 * them: ledgers send invoices and money in different pages. Kept in memory for the length of the reading.
 */
export interface Unsettled {
  readonly moved: Map<string, { readonly old: SeenInvoice; readonly now: SeenInvoice }>;
  /** By invoice, what more is settled by the payments and credits of this reading, minor units. */
  readonly settled: Map<string, number>;
}

export function nothingUnsettled(): Unsettled {
  return { moved: new Map(), settled: new Map() };
}

/** Adds what one page changed. */
export function addMoves(to: Unsettled, before: Seen, after: Seen, telling: Telling): void {
  for (const [id, now] of after.invoices) {
    const old = to.moved.get(id)?.old ?? before.invoices.get(id);
    if (old === undefined || !isAlive(old) || !isAlive(now) || !matters(old, now, telling)) continue;
    if (old.openMinor !== now.openMinor && old.currency === now.currency) to.moved.set(id, { old, now });
  }
  for (const [id, minor] of settledMore(before, after)) to.settled.set(id, (to.settled.get(id) ?? 0) + minor);
}

/**
 * At the end of a reading: balances that moved by more or less than what was read explains (a journal entry, say);
 * `explained` are those of which more is known.
 */
export function unexplained(
  unsettled: Unsettled,
  telling: Telling,
  explained: ReadonlySet<string> = new Set(),
): readonly ActivityEntry[] {
  return inDoubt(unsettled).flatMap((id) => {
    const move = unsettled.moved.get(id);
    if (move === undefined || explained.has(id)) return [];
    const { old, now } = move;
    const [was, is] = [old, now].map((row) => telling.money(row.openMinor, row.currency));
    return about(
      now,
      now.openMinor > old.openMinor ? 'invoice_raised' : 'invoice_lowered',
      `${is} of ${called(now, id)} is open now, ${was} was; the ledger shows no payment or credit for it.`,
    );
  });
}

/** The invoices whose balance moved by more or less than the payments and credits of this reading say. */
export function inDoubt({ moved, settled }: Unsettled): readonly string[] {
  return [...moved].flatMap(([id, { old, now }]) => {
    const expected = old.openMinor + (now.totalMinor - old.totalMinor) - (settled.get(id) ?? 0);
    return now.openMinor === expected ? [] : [id];
  });
}

function ofCustomer(old: SeenCustomer, now: SeenCustomer, after: Seen): readonly ActivityEntry[] {
  if (!old.chased && !now.chased) return [];
  const told = (
    kind: ActivityEntry['kind'],
    summary: string,
    customerId = now.customerId,
  ): ActivityEntry => ({
    kind,
    actor: 'Duly',
    summary,
    customerId,
  });
  if (now.mergedIntoId !== null && now.mergedIntoId !== old.mergedIntoId) {
    const into = after.customers.get(now.mergedIntoId)?.name ?? now.mergedIntoId;
    const summary = `${now.name} was merged into ${into} in the ledger.`;
    return [told('customer_merged', summary), told('customer_merged', summary, now.mergedIntoId)];
  }
  if (old.active && !now.active && now.mergedIntoId === null)
    return [told('customer_inactive', `${now.name} was made inactive in the ledger; nothing is sent.`)];
  if (!old.active && now.active)
    return [told('customer_active', `${now.name} is active again in the ledger.`)];
  return [];
}

function ofInvoice(
  old: SeenInvoice,
  now: SeenInvoice,
  after: Seen,
  telling: Telling,
): readonly ActivityEntry[] {
  if (!matters(old, now, telling)) return [];
  const name = capital(called(now, now.invoiceId));
  if (isAlive(old) !== isAlive(now))
    return isAlive(old) ? ended(old, now, name, telling) : cameBack(old, now, name, telling);
  if (!isAlive(now)) return [];
  const told: ActivityEntry[] = [];
  if (old.customerId !== now.customerId) {
    const [from, to] = [old, now].map((row) => after.customers.get(row.customerId)?.name ?? row.customerId);
    const summary = `${name}${openOf(now, telling)} was moved from ${from} to ${to} in the ledger.`;
    told.push(
      ...about(now, 'invoice_moved', summary, old.customerId),
      ...about(now, 'invoice_moved', summary),
    );
  }
  if (old.totalMinor !== now.totalMinor || old.currency !== now.currency) {
    const [was, is] = [old, now].map((row) => telling.money(row.totalMinor, row.currency));
    const lower = old.currency === now.currency && now.totalMinor < old.totalMinor;
    const how = old.currency !== now.currency ? 'changed' : lower ? 'lowered' : 'raised';
    const summary = `${name} was ${how} in the ledger from ${was} to ${is}; ${telling.money(now.openMinor, now.currency)} of it is open.`;
    told.push(...about(now, lower ? 'invoice_lowered' : 'invoice_raised', summary));
  }
  if (old.dueOn !== now.dueOn) {
    const due = now.dueOn === null ? 'has no due date any more' : `is due ${now.dueOn} now`;
    const was = old.dueOn === null ? 'it had no due date' : `it was due ${old.dueOn}`;
    told.push(...about(now, 'invoice_redated', `${name}${openOf(now, telling)} ${due}; ${was}.`));
  }
  return told;
}

/** What stands of it, for a sentence. */
function openOf(invoice: SeenInvoice, { money }: Telling): string {
  return invoice.openMinor > 0 ? `, with ${money(invoice.openMinor, invoice.currency)} open,` : '';
}

/** An invoice that was paid long ago may go without a word; one that was asked for may not. */
function ended(
  old: SeenInvoice,
  now: SeenInvoice,
  name: string,
  { money }: Telling,
): readonly ActivityEntry[] {
  if (old.openMinor === 0 && !old.named) return [];
  const open = money(old.openMinor, old.currency);
  if (now.status === 'deleted')
    return about(now, 'invoice_deleted', `${name} was deleted in the ledger; ${open} was open.`);
  const how = now.status === 'void' ? 'voided' : 'taken back to a draft';
  return about(now, 'invoice_voided', `${name} was ${how} in the ledger; ${open} was open.`);
}

function cameBack(
  old: SeenInvoice,
  now: SeenInvoice,
  name: string,
  { money }: Telling,
): readonly ActivityEntry[] {
  // a draft that is approved is ordinary trade
  if (old.status === 'draft' && !old.named) return [];
  const was = old.status === 'void' ? 'void' : old.status === 'draft' ? 'a draft' : 'deleted';
  const open = money(now.openMinor, now.currency);
  return about(
    now,
    'invoice_reappeared',
    `${name} was ${was} and stands again in the ledger; ${open} is open.`,
  );
}

function matters(old: SeenInvoice, now: SeenInvoice, { today }: Telling): boolean {
  if (old.named || now.named) return true;
  const owed = (row: SeenInvoice): boolean => isLate(row, today) && row.openMinor > 0;
  return owed(old) || owed(now);
}

function about(
  invoice: SeenInvoice,
  kind: ActivityEntry['kind'],
  summary: string,
  customerId = invoice.customerId,
): readonly ActivityEntry[] {
  const { invoiceId } = invoice;
  return [{ kind, actor: 'Duly', summary, customerId, invoiceId, data: { invoiceIds: [invoiceId] } }];
}

function eachPair<Row>(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
  tell: (old: Row, now: Row) => readonly ActivityEntry[],
): readonly ActivityEntry[] {
  return [...after].flatMap(([id, now]) => {
    const old = before.get(id);
    return old === undefined ? [] : tell(old, now);
  });
}
