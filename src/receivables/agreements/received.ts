import type { Day } from '../../domain/day.ts';
import { sumMinor } from '../../domain/money.ts';

/** A part of a payment or credit, by its own day in the ledger; minor units. `credited`: by a credit note, no money. */
export interface DatedPart {
  readonly on: Day;
  readonly minor: number;
  readonly credited: boolean;
}

/** An invoice under an agreement: as it was when that was made, and as the books show it now. Minor units. */
export interface CoveredInvoice {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly openAtStartMinor: number;
  readonly totalAtStartMinor: number;
  /** What credit notes had settled of it already. */
  readonly creditedAtStartMinor: number;
  readonly openMinor: number;
  readonly totalMinor: number;
  /** True: void, deleted, a draft again, unknown, or owed by somebody else now. Nothing is owed on it to be paid. */
  readonly gone: boolean;
  /** Valid payments and credits that are set against it. */
  readonly parts: readonly DatedPart[];
}

export interface Evidence {
  readonly invoices: readonly CoveredInvoice[];
  /** Unapplied credit that this agreement may count: not there when it was made, claimed by no older one. */
  readonly credits: readonly DatedPart[];
}

export interface Received {
  /** What of the debt is settled, whatever settled it. */
  readonly settledMinor: number;
  /** Of it by money: not by a void, a lowered total, a credit note, a move to another customer. */
  readonly moneyMinor: number;
}

/**
 * What came in for an agreement through a day, by the books alone: how far the open balances fell since it was made,
 * without what payments and credits of a later day settled, and unapplied credit on top. An invoice that was raised, or
 * taken back by the ledger, counts as nothing received, never below (EXC-10). Never more than was owed at the start.
 */
export function received(evidence: Evidence, through: Day): Received {
  const parts = evidence.invoices.map((invoice) => fallOf(invoice, through));
  return withCredits(evidence, through, parts);
}

/**
 * The same from dated payments and credits alone. After its day is over, a void, a write-off or an edit must not turn a
 * broken promise into a kept one; a payment that was entered late and is dated in time must.
 */
export function receivedByDates(evidence: Evidence, through: Day): Received {
  const parts = evidence.invoices.map((invoice): Received => {
    if (invoice.gone) return none;
    const before = invoice.totalAtStartMinor - invoice.openAtStartMinor;
    const dated = sumOf(invoice.parts, (part) => part.on <= through);
    const minor = Math.min(invoice.openAtStartMinor, Math.max(0, dated - before));
    return {
      settledMinor: minor,
      moneyMinor: Math.max(0, minor - creditedSince(invoice, through)),
    };
  });
  return withCredits(evidence, through, parts);
}

/** What is still owed on the invoices. */
export function stillOpen(evidence: Evidence): number {
  return sumMinor(evidence.invoices.map((invoice) => (invoice.gone ? 0 : invoice.openMinor)));
}

const none: Received = { settledMinor: 0, moneyMinor: 0 };

function fallOf(invoice: CoveredInvoice, through: Day): Received {
  if (invoice.gone) return { settledMinor: invoice.openAtStartMinor, moneyMinor: 0 };
  const raised = Math.max(0, invoice.totalMinor - invoice.totalAtStartMinor);
  const lowered = Math.max(0, invoice.totalAtStartMinor - invoice.totalMinor);
  const later = sumOf(invoice.parts, (part) => part.on > through);
  const fall = invoice.openAtStartMinor + raised - invoice.openMinor - later;
  const settledMinor = Math.min(invoice.openAtStartMinor, Math.max(0, fall));
  const notPaid = lowered + creditedSince(invoice, through);
  return { settledMinor, moneyMinor: Math.max(0, settledMinor - notPaid) };
}

/** By credit notes set against it since: one of an earlier day, too, and not one that was there on the same day. */
function creditedSince(invoice: CoveredInvoice, through: Day): number {
  const credited = sumOf(invoice.parts, (part) => part.credited && part.on <= through);
  return Math.max(0, credited - invoice.creditedAtStartMinor);
}

function withCredits(evidence: Evidence, through: Day, parts: readonly Received[]): Received {
  const inTime = evidence.credits.filter((part) => part.on <= through);
  const debt = sumMinor(evidence.invoices.map((invoice) => invoice.openAtStartMinor));
  const settled = sumMinor(parts.map((part) => part.settledMinor)) + sumOf(inTime, () => true);
  const money = sumMinor(parts.map((part) => part.moneyMinor)) + sumOf(inTime, (part) => !part.credited);
  const settledMinor = Math.min(debt, settled);
  return { settledMinor, moneyMinor: Math.min(settledMinor, money) };
}

function sumOf(parts: readonly DatedPart[], counts: (part: DatedPart) => boolean): number {
  return sumMinor(parts.filter(counts).map((part) => part.minor));
}
