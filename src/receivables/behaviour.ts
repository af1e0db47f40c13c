import { type Day, daysBetween } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';

/** Money that the books set against an invoice, on the day of the payment or credit it came from. */
export interface SettledPart {
  readonly on: Day;
  readonly minor: number;
}

/** An invoice with nothing open any more, and what brought it there as far as the books tell. Minor units. */
export interface SettledInvoice {
  readonly invoiceId: string;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly totalMinor: number;
  readonly parts: readonly SettledPart[];
}

/** What the lateness of a customer rests on and comes to; facts without a judgement (P15). Days are calendar days. */
export interface SettledFacts {
  /** Invoices settled in the window, the day known. */
  readonly settled: number;
  /** Of those, how many have a due date: the figures below rest on them alone. */
  readonly withDueDate: number;
  readonly settledLate: number;
  /** An invoice settled in time counts with 0 days. Null: none is known. */
  readonly averageDaysLate: number | null;
  readonly medianDaysLate: number | null;
  readonly longestDaysLate: number | null;
  /** Nothing is open on them, but the books don't tell on which day that came about. */
  readonly dayNotKnown: number;
}

/** How far back the facts look. */
export const BEHAVIOUR_MONTHS = 24;

/** The first day that still counts: 24 months back, the same day of the month. */
export function behaviourSince(today: Day): Day {
  return Temporal.PlainDate.from(today).subtract({ months: BEHAVIOUR_MONTHS }).toString() as Day;
}

/** How far back broken promises count against a customer: who kept their word for a year starts anew. */
const BROKEN_MONTHS = 12;

/** The first day on which a promise that broke still counts, the same day of the month a year back. */
export function brokenSince(today: Day): Day {
  return Temporal.PlainDate.from(today).subtract({ months: BROKEN_MONTHS }).toString() as Day;
}

/**
 * The day on which payments and credits had covered the whole invoice; null when they never did, so that something
 * else settled it (a journal entry, a write-off) and the books don't tell when. A credit older than its invoice counts
 * from the day of the invoice on.
 */
export function settledOn(invoice: SettledInvoice): Day | null {
  if (invoice.totalMinor <= 0) return null;
  let covered = 0;
  for (const part of invoice.parts.toSorted((one, other) => (one.on < other.on ? -1 : 1))) {
    covered = sumMinor([covered, part.minor]);
    if (covered >= invoice.totalMinor) return part.on < invoice.issuedOn ? invoice.issuedOn : part.on;
  }
  return null;
}

/** How late a customer's invoices were when they were settled, over the 24 months up to `today`. */
export function settledFacts(invoices: readonly SettledInvoice[], today: Day): SettledFacts {
  const since = behaviourSince(today);
  const late: number[] = [];
  let [settled, dayNotKnown] = [0, 0];
  for (const invoice of invoices) {
    const on = settledOn(invoice);
    // without a day only the invoice's own can say whether it is recent
    if (on === null && (invoice.dueOn ?? invoice.issuedOn) >= since) dayNotKnown += 1;
    if (on === null || on < since || on > today) continue;
    settled += 1;
    if (invoice.dueOn !== null) late.push(Math.max(0, daysBetween(invoice.dueOn, on)));
  }
  return {
    settled,
    withDueDate: late.length,
    settledLate: late.filter((days) => days > 0).length,
    averageDaysLate: late.length === 0 ? null : oneDecimal(sumMinor(late) / late.length),
    medianDaysLate: medianOf(late),
    longestDaysLate: late.length === 0 ? null : Math.max(...late),
    dayNotKnown,
  };
}

/** The middle of the values, or halfway between the two middle ones; null of none. */
function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What bears on letting a debt go, as figures only (P32). Minor units of one currency. */
export interface AgedFacts {
  readonly pastDueMinor: number;
  readonly over90Minor: number;
  readonly oldest: {
    readonly invoiceId: string;
    readonly number: string | null;
    readonly dueOn: Day;
    readonly daysLate: number;
  } | null;
}

interface OpenLine {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly dueOn: Day | null;
  readonly openMinor: number;
  readonly daysLate: number;
}

/** Past due, how much of it by more than 90 days, and the oldest of it. */
export function agedFacts(lines: readonly OpenLine[]): AgedFacts {
  const late = lines.filter((line) => line.daysLate > 0 && line.openMinor > 0);
  const oldest = late.toSorted((one, other) => other.daysLate - one.daysLate)[0];
  return {
    pastDueMinor: sumMinor(late.map((line) => line.openMinor)),
    over90Minor: sumMinor(late.filter((line) => line.daysLate > 90).map((line) => line.openMinor)),
    oldest:
      oldest?.dueOn == null
        ? null
        : {
            invoiceId: oldest.invoiceId,
            number: oldest.number,
            dueOn: oldest.dueOn,
            daysLate: oldest.daysLate,
          },
  };
}

/** Days from the last payment to today; null: there is none in the books. One dated ahead counts as today's. */
export function daysSince(paidOn: Day | null, today: Day): number | null {
  return paidOn === null ? null : Math.max(0, daysBetween(paidOn, today));
}
