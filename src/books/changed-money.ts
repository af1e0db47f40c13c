import type { ActivityEntry } from '../activity/activity.store.ts';
import type { Allocation } from '../domain/books.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import {
  called,
  capital,
  isLate,
  type Seen,
  type SeenCredit,
  type SeenInvoice,
  type SeenPayment,
  type Telling,
} from './seen.ts';

/** A payment or a credit: where the money comes from that is set against invoices. */
interface Source {
  readonly id: string;
  readonly words: string;
  readonly isCredit: boolean;
  readonly customerId: string | null;
  readonly currency: Currency;
  readonly on: Day;
  readonly totalMinor: number;
  /** The part that is not set against anything (R4). */
  readonly freeMinor: number;
  /** What it was turned into, or null while it stands. */
  readonly gone: 'voided' | 'deleted' | 'taken back to a draft' | null;
  readonly allocations: readonly Allocation[];
  readonly owing: boolean;
}

/**
 * What became of the payments and credits: came in, raised, set against invoices; deleted, voided (a payment that
 * bounced), lowered or taken off them. Told when an invoice whose due date has passed, or that a touch named, is
 * concerned, or money that is not applied of a customer who is late. A draft is no credit (PAR-06).
 */
export function changedMoney(before: Seen, after: Seen, telling: Telling): readonly ActivityEntry[] {
  return pairs(before, after).flatMap(([old, now]) => {
    if (now === undefined) return [];
    const story = { old, now, before, after, telling };
    return matters(story) ? tell(story) : [];
  });
}

/** By how much more (or less) of each invoice is settled by payments and credits than before, in minor units. */
export function settledMore(before: Seen, after: Seen): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [old, now] of pairs(before, after))
    for (const { invoiceId, amountMinor } of difference(standing(old), standing(now)))
      sums.set(invoiceId, (sums.get(invoiceId) ?? 0) + amountMinor);
  return sums;
}

interface Story {
  readonly old: Source | undefined;
  readonly now: Source;
  readonly before: Seen;
  readonly after: Seen;
  readonly telling: Telling;
}

function pairs(before: Seen, after: Seen): readonly (readonly [Source | undefined, Source | undefined])[] {
  const of = <Row>(
    old: ReadonlyMap<string, Row>,
    now: ReadonlyMap<string, Row>,
    source: (row: Row) => Source,
  ) =>
    [...new Set([...old.keys(), ...now.keys()])].map((id) => {
      const [a, b] = [old.get(id), now.get(id)];
      return [a && source(a), b && source(b)] as const;
    });
  return [...of(before.payments, after.payments, ofPayment), ...of(before.credits, after.credits, ofCredit)];
}

function ofPayment(row: SeenPayment): Source {
  // a payment of nothing is how one ledger sets a credit against an invoice
  const isCredit = row.totalMinor === 0 && row.allocations.length > 0;
  const gone = row.status === 'valid' ? null : row.status === 'void' ? 'voided' : 'deleted';
  return {
    ...row,
    id: row.paymentId,
    words: isCredit ? 'credit' : 'payment',
    isCredit,
    on: row.paidOn,
    freeMinor: row.unappliedMinor,
    gone,
  };
}

const creditWords = { credit_note: 'credit note', overpayment: 'overpayment', prepayment: 'prepayment' };

function ofCredit(row: SeenCredit): Source {
  const goneTo = { open: null, closed: null, void: 'voided', deleted: 'deleted' } as const;
  return {
    ...row,
    id: row.creditId,
    words: creditWords[row.kind],
    isCredit: true,
    on: row.issuedOn,
    freeMinor: row.remainingMinor,
    gone: row.status === 'draft' ? 'taken back to a draft' : goneTo[row.status],
  };
}

/** What a source settles: nothing when it is gone. */
function standing(source: Source | undefined): readonly Allocation[] {
  return source === undefined || source.gone !== null ? [] : source.allocations;
}

/** Invoice by invoice, how much more the second list settles than the first. */
function difference(old: readonly Allocation[], now: readonly Allocation[]): readonly Allocation[] {
  const sums = new Map<string, number>();
  for (const { invoiceId, amountMinor } of now) sums.set(invoiceId, (sums.get(invoiceId) ?? 0) + amountMinor);
  for (const { invoiceId, amountMinor } of old) sums.set(invoiceId, (sums.get(invoiceId) ?? 0) - amountMinor);
  return [...sums]
    .filter(([, amountMinor]) => amountMinor !== 0)
    .map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }));
}

function matters({ old, now, before, after, telling }: Story): boolean {
  const invoices = [...standing(old), ...standing(now)].flatMap(({ invoiceId }) => [
    before.invoices.get(invoiceId),
    after.invoices.get(invoiceId),
  ]);
  if (invoices.some((row) => row !== undefined && (row.named || isLate(row, telling.today)))) return true;
  const free = [old, now].some((source) => source?.gone === null && source.freeMinor > 0);
  return free && (old?.owing === true || now.owing);
}

function tell(story: Story): readonly ActivityEntry[] {
  const { old, now } = story;
  const stood = old !== undefined && old.gone === null;
  if (!stood) return now.gone === null ? cameIn(story) : [];
  if (now.gone !== null) return [takenBack(story, `was ${now.gone} in the ledger`, -1)];
  if (old.currency !== now.currency)
    return [
      takenBack({ ...story, now: { ...old, gone: 'deleted' } }, 'is in another currency now', -1),
      ...cameIn({ ...story, old: undefined }),
    ];
  return edited(story, old);
}

function cameIn(story: Story): readonly ActivityEntry[] {
  const { now } = story;
  if (now.allocations.length === 0 && now.freeMinor === 0) return [];
  return [entry(story, 'came', `${label(now, story)} came in`, partsOf(story, 1))];
}

function takenBack(story: Story, how: string, sign: 1 | -1): ActivityEntry {
  return entry(story, 'back', `${label(story.old ?? story.now, story)} ${how}`, partsOf(story, sign));
}

/** Both stand: its sum changed, or what it is set against did. */
function edited(story: Story, old: Source): readonly ActivityEntry[] {
  const { now, telling } = story;
  const told: ActivityEntry[] = [];
  const [less, more] = [partsOf(story, -1), partsOf(story, 1)];
  const sums = `from ${telling.money(old.totalMinor, old.currency)} to ${telling.money(now.totalMinor, now.currency)}`;
  const lowered = now.totalMinor < old.totalMinor;
  const raised = now.totalMinor > old.totalMinor;
  const name = capital(`${now.words} of ${now.on}`);
  if (lowered) told.push(entry(story, 'back', `${name} was lowered ${sums}`, less));
  else if (less.length > 0) told.push(entry(story, 'back', `${name} was taken off`, less));
  if (raised) told.push(entry(story, 'came', `${name} was raised ${sums}`, more));
  else if (more.length > 0) told.push(entry(story, 'came', `${name} was set against`, more));
  return told;
}

interface Part {
  readonly invoiceId: string;
  readonly minor: number;
  readonly invoice: SeenInvoice | undefined;
}

/** What is settled more (1) or less (-1) than before. */
function partsOf({ old, now, before, after }: Story, sign: 1 | -1): readonly Part[] {
  return difference(standing(old), standing(now))
    .filter(({ amountMinor }) => Math.sign(amountMinor) === sign)
    .map(({ invoiceId, amountMinor }) => ({
      invoiceId,
      minor: Math.abs(amountMinor),
      invoice: after.invoices.get(invoiceId) ?? before.invoices.get(invoiceId),
    }));
}

function label(source: Source, { telling }: Story): string {
  const sum = source.totalMinor === 0 ? '' : ` of ${telling.money(source.totalMinor, source.currency)}`;
  return capital(`${source.words}${sum} of ${source.on}`);
}

/** Named one by one up to here. */
const MOST_PARTS = 5;

function entry(story: Story, way: 'came' | 'back', what: string, parts: readonly Part[]): ActivityEntry {
  const { now, telling } = story;
  const { currency } = way === 'back' ? (story.old ?? now) : now;
  const words = parts.slice(0, MOST_PARTS).map(({ invoiceId, minor, invoice }) => {
    const open = invoice === undefined ? 0 : invoice.openMinor;
    const rest = open > 0 ? ` (${telling.money(open, currency)} open now)` : '';
    return `${telling.money(minor, currency)} on ${called(invoice, invoiceId)}${rest}`;
  });
  if (parts.length > MOST_PARTS) words.push(`and ${parts.length - MOST_PARTS} more invoices`);
  const free =
    way === 'came' && now.freeMinor > 0 ? [`${telling.money(now.freeMinor, currency)} not applied yet`] : [];
  const list = [...words, ...free];
  const [only] = parts;
  const kind = now.isCredit || story.old?.isCredit === true ? 'credit' : 'payment';
  return {
    kind: way === 'came' ? `${kind}_seen` : `${kind}_taken_back`,
    actor: 'Duly',
    summary: `${what}${list.length === 0 ? '' : `: ${list.join('; ')}`}.`,
    customerId: now.customerId ?? only?.invoice?.customerId ?? null,
    invoiceId: parts.length === 1 ? (only?.invoiceId ?? null) : null,
    data: {
      id: now.id,
      invoiceIds: parts.map((part) => part.invoiceId),
      currency,
      minor: parts.reduce((sum, part) => sum + part.minor, 0),
    },
  };
}
