import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, parseDay } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import { type Ages, agesOf, nextAgeOn } from './ages.ts';
import type { HoldFact, HoldReason } from './holds.ts';
import { derivedHold, holdReason, isInForce } from './holds.ts';
import { lineOf } from './position-line.ts';

/** An invoice as far as the reconciler needs it. Amounts in minor units of `currency`. */
export interface PositionInvoice {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly customerId: string;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly openMinor: number;
  readonly status: 'draft' | 'open' | 'closed' | 'void' | 'deleted';
  readonly sent: 'yes' | 'no' | 'unknown';
  readonly reference: string | null;
  /** The payment terms on the invoice, as the ledger names them. */
  readonly terms: string | null;
  /** The day on which the ledger sent it; null: it does not say. */
  readonly sentOn: Day | null;
}

export type CreditKind = 'credit_note' | 'overpayment' | 'prepayment' | 'payment' | 'negative_invoice';

/** Something unapplied that counts against the debt (R4). `minor` above zero, of the position's currency. */
export interface PositionCredit {
  readonly kind: CreditKind;
  /** The ledger's id of the credit, payment or invoice. */
  readonly id: string;
  readonly minor: number;
}

export interface PositionInput {
  /** Today in the company's zone (R1). */
  readonly today: Day;
  /** Who is chased: the customer, or the parent that its bills go to (R12). */
  readonly customerId: string;
  readonly currency: Currency;
  readonly invoices: readonly PositionInvoice[];
  /** Unapplied credits and payments in this currency (R4). */
  readonly credits: readonly PositionCredit[];
  readonly holds: readonly HoldFact[];
  /** Invoice and customer rows that could not be read (R8), with their reasons. */
  readonly unreadable: readonly string[];
  /** True when the customer is inactive, archived or merged away (R16). */
  readonly dead: boolean;
  /** R13: the business said that it sends its invoices outside the ledger. */
  readonly sentElsewhere: boolean;
  readonly hasRecipient: boolean;
  /** The ledger's own sum for this customer and currency; null: not asked. */
  readonly ledgerMinor: number | null;
  /** Since when each kind of derived hold stands, as far as it stood before; others: since today. */
  readonly heldSince?: ReadonlyMap<string, Day>;
}

export type LineState = 'ask' | 'not_due' | 'held' | 'left_out';

export interface PositionLine {
  readonly invoiceId: string;
  readonly number: string | null;
  /** Whose invoice it is; with R12 not always who is chased. */
  readonly customerId: string;
  readonly reference: string | null;
  readonly terms: string | null;
  readonly sentOn: Day | null;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly openMinor: number;
  readonly totalMinor: number;
  /** 0 until the day after the due date. */
  readonly daysLate: number;
  readonly state: LineState;
  readonly reasons: readonly Reason[];
  /** Holds of this invoice alone: stated ones, and that it was never sent (R13). */
  readonly holds: readonly HoldReason[];
}

export interface Position {
  readonly customerId: string;
  readonly currency: Currency;
  readonly openMinor: number;
  readonly notDueMinor: number;
  readonly pastDueMinor: number;
  readonly ages: Ages;
  /** The part of the past due that is on invoices held or left out. */
  readonly heldMinor: number;
  readonly creditsMinor: number;
  /** What the credits are made of; their sum is `creditsMinor`. */
  readonly credits: readonly PositionCredit[];
  /** What a reminder asks for: past due − held − credits, never below zero. */
  readonly askMinor: number;
  readonly oldestDueOn: Day | null;
  readonly lines: readonly PositionLine[];
  /** Holds of the whole customer: while there is one, nothing is sent (R10). */
  readonly holds: readonly HoldReason[];
  readonly ledgerMinor: number | null;
  readonly tiesOut: boolean;
  /** The next day on which the figures change by themselves: something falls due or grows older, a hold starts or ends. */
  readonly nextEventOn: Day | null;
}

/**
 * What a customer owes in one currency and what of it may be asked for today: rules R1–R16 of the design, as far as
 * one customer's figures decide them. Pure; every invoice that is left out says why.
 */
export function positionOf(input: PositionInput): Position {
  const holdsOf = holdsByInvoice(input.holds);
  const lines = input.invoices
    .filter(isOwed)
    .map((invoice) => lineOf(invoice, input, holdsOf.get(invoice.invoiceId) ?? none));
  const sumOf = (wanted: (line: PositionLine) => boolean): number =>
    sumMinor(lines.filter(wanted).map((line) => line.openMinor));
  const isLate = (line: PositionLine): boolean => line.daysLate > 0;
  const openMinor = sumOf(() => true);
  const pastDueMinor = sumOf(isLate);
  const heldMinor = sumOf((line) => isLate(line) && line.state !== 'ask');
  const askable = pastDueMinor - heldMinor;
  const creditsMinor = sumMinor(input.credits.map((credit) => credit.minor));
  const tiesOut = input.ledgerMinor === null || input.ledgerMinor === openMinor - creditsMinor;
  return {
    customerId: input.customerId,
    currency: input.currency,
    openMinor,
    notDueMinor: sumOf((line) => line.daysLate === 0),
    pastDueMinor,
    ages: agesOf(lines),
    heldMinor,
    creditsMinor,
    credits: input.credits,
    askMinor: Math.max(0, askable - creditsMinor),
    oldestDueOn: oldestOf(lines),
    lines,
    holds: customerHolds(input, { askable, creditsMinor, tiesOut }),
    ledgerMinor: input.ledgerMinor,
    tiesOut,
    nextEventOn: nextEvent(input, lines),
  };
}

const none: readonly HoldFact[] = [];

/** Holds of invoices, looked up: a customer may have as many of them as invoices. */
function holdsByInvoice(holds: readonly HoldFact[]): ReadonlyMap<string | null, readonly HoldFact[]> {
  return Map.groupBy(
    holds.filter((hold) => hold.scope === 'invoice'),
    (hold) => hold.invoiceId,
  );
}

/** The earliest due day of what is late. */
function oldestOf(lines: readonly PositionLine[]): Day | null {
  let oldest: Day | null = null;
  for (const { dueOn, daysLate } of lines)
    if (dueOn !== null && daysLate > 0 && (oldest === null || dueOn < oldest)) oldest = dueOn;
  return oldest;
}

/** R7: draft, submitted, void, deleted and settled documents are no receivables; a negative balance is none either. */
function isOwed(invoice: PositionInvoice): boolean {
  return invoice.status === 'open' && invoice.openMinor > 0;
}

interface Figures {
  readonly askable: number;
  readonly creditsMinor: number;
  readonly tiesOut: boolean;
}

/** R10: any hold wins. Stated holds first, then those that follow from the figures. */
function customerHolds(input: PositionInput, figures: Figures): readonly HoldReason[] {
  const stated = input.holds
    .filter((hold) => hold.scope !== 'invoice' && isInForce(hold, input.today))
    .map(holdReason);
  const derived: HoldReason[] = [];
  const add = (kind: string, rule: string, words: string): void =>
    void derived.push(derivedHold(kind, rule, words, input.heldSince?.get(kind) ?? input.today));
  if (input.unreadable.length > 0) {
    add('unreadable', 'R8', `The ledger sent something we can't read: ${input.unreadable.join('; ')}.`);
  }
  if (!figures.tiesOut)
    add('does_not_tie_out', 'R15', 'Our sum differs from the ledger’s own for this customer.');
  if (input.dead) add('customer_gone', 'R16', goneWords);
  if (figures.askable > 0 && figures.creditsMinor >= figures.askable) {
    add('credit_covers', 'R4', 'Unapplied credit covers what is past due. Apply the credit in the ledger.');
  }
  if (figures.askable > 0 && !input.hasRecipient) {
    add('no_recipient', 'S9', 'There is no usable e-mail address. Add one in the ledger.');
  }
  return [...stated, ...derived];
}

/** R16. */
export const goneWords = 'The customer is inactive, archived or merged in the ledger.';

function nextEvent(input: PositionInput, lines: readonly PositionLine[]): Day | null {
  // most have no holds at all, and a book has millions
  const open = new Set(input.holds.length === 0 ? [] : lines.map((line) => line.invoiceId));
  const holds = input.holds.filter((hold) => hold.scope !== 'invoice' || open.has(hold.invoiceId ?? ''));
  const age = nextAgeOn(
    lines.map((line) => line.dueOn),
    input.today,
  );
  // holds by the thousand end on the same few days
  const ends = [...new Set(holds.map((hold) => hold.endsOn))].flatMap((endsOn) =>
    endsOn !== null && isWritable(endsOn) && endsOn >= input.today ? [addDays(endsOn, 1)] : [],
  );
  const starts = [...new Set(holds.map((hold) => hold.startsOn))].filter((on) => on > input.today);
  return [...(age === null ? [] : [age]), ...ends, ...starts].filter(isWritable).sort()[0] ?? null;
}

function isWritable(of: Day): boolean {
  return parseDay(of) !== null;
}
