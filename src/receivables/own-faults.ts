import type { Problem } from '../activity/problem.store.ts';
import type { Currency } from '../domain/currency.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import { formatMoney } from '../domain/money.ts';
import * as words from './own-fault-words.ts';
import type { Position, PositionLine } from './position.ts';
import { dueByTerms, foldTerms, isCustom, LEAST_OTHERS, sameTerms } from './usual-terms.ts';

/** What the business can put right itself, so that no customer is blamed for it. */
export const ownFaultKinds = [
  'no_due_date',
  'never_sent',
  'no_recipient',
  'credit_covers',
  'credit_unapplied',
  'reference_missing',
  'terms_differ',
  'sent_late',
  'does_not_tie_out',
] as const satisfies readonly Problem['kind'][];

export type OwnFaultKind = (typeof ownFaultKinds)[number];
export type OwnFault = Problem & { readonly kind: OwnFaultKind; readonly customerId: string };

/** What a bouncing address is known by among the problems of kind `address_bounces`. */
export function bounceSubject(customerId: string, email: string): string {
  return `${customerId} ${email.toLowerCase()}`;
}

export interface FaultFacts {
  /** Every position of these debtors, with its lines. */
  readonly positions: readonly Position[];
  /** The terms that the ledger states for a customer, by customer id. */
  readonly termsOf: ReadonlyMap<string, string>;
  /** Paid invoices of those customers whose open ones are too few to show a custom, by customer id. */
  readonly paidOf: ReadonlyMap<string, PaidInvoices>;
  /** For amounts in sentences, for example `en-NZ`. */
  readonly locale: string;
}

/** How many there are, and how many of them have an order number. */
export interface PaidInvoices {
  readonly count: number;
  readonly having: number;
}

/** An invoice that was sent this many days after its own date is not late; one day more is. */
const SENT_LATE_DAYS = 5;
/** A due date may stand so many days from what the terms give: weekends and holidays are moved by hand. */
const TERMS_TOLERANCE_DAYS = 3;

/**
 * The tasks for the business before its customers are blamed: at most one for each customer and kind (one for each
 * currency where sums do not tie out), with its invoices, the oldest first. Pure; a finding goes when its cause goes.
 */
export function ownFaults(facts: FaultFacts): readonly OwnFault[] {
  const byDebtor = Map.groupBy(facts.positions, (position) => position.customerId);
  return [...byDebtor].flatMap(([customerId, positions]) => faultsOf(customerId, positions, facts));
}

function faultsOf(
  customerId: string,
  positions: readonly Position[],
  facts: FaultFacts,
): readonly OwnFault[] {
  const lines = positions.flatMap((position) => position.lines).sort(oldestFirst);
  const found = (kind: OwnFaultKind, told: words.Told | null): readonly OwnFault[] =>
    told === null ? [] : [{ kind, subject: customerId, customerId, ...told }];
  const money = (minor: number, currency: Currency): string => formatMoney(minor, currency, facts.locale);
  return [
    ...found('no_due_date', words.noDueDate(lines.filter((line) => line.dueOn === null))),
    ...found('never_sent', words.neverSent(lines.filter((line) => saidBy(line, 'R13')))),
    ...found('no_recipient', positions.some((one) => held(one, 'no_recipient')) ? words.noRecipient : null),
    ...found(
      'credit_covers',
      words.creditCovers(
        sums(
          positions.filter((one) => held(one, 'credit_covers')),
          money,
        ),
      ),
    ),
    ...found('credit_unapplied', words.creditUnapplied(sums(positions.filter(partlyCovered), money))),
    ...found('reference_missing', words.referenceMissing(withoutReference(lines, facts.paidOf))),
    ...found('terms_differ', words.termsDiffer(ofOtherTerms(lines, facts.termsOf))),
    ...found('sent_late', words.sentLate(sentLate(lines, facts.termsOf))),
    ...positions.filter((position) => !position.tiesOut).map((position) => doesNotTieOut(position, money)),
  ];
}

function oldestFirst(one: PositionLine, other: PositionLine): number {
  const key = (line: PositionLine): string => `${line.dueOn ?? ''} ${line.issuedOn} ${line.invoiceId}`;
  return key(one) < key(other) ? -1 : 1;
}

function saidBy(line: PositionLine, rule: string): boolean {
  return line.state === 'left_out' && line.reasons.some((reason) => reason.rule === rule);
}

function held(position: Position, kind: string): boolean {
  return position.holds.some((hold) => hold.kind === kind);
}

/** Credit that no invoice was given yet, while something is past due that it does not cover. */
function partlyCovered(position: Position): boolean {
  return position.creditsMinor > 0 && position.pastDueMinor > 0 && !held(position, 'credit_covers');
}

type Say = (minor: number, currency: Currency) => string;

function sums(positions: readonly Position[], money: Say): readonly words.CreditSum[] {
  return positions.map((position) => ({
    credit: money(position.creditsMinor, position.currency),
    pastDue: money(position.pastDueMinor, position.currency),
  }));
}

/** Invoices without the customer's order number, where it is the custom to have one. */
function withoutReference(
  lines: readonly PositionLine[],
  paidOf: FaultFacts['paidOf'],
): readonly PositionLine[] {
  const without = lines.filter((line) => line.reference === null);
  const paid = [...new Set(lines.map((line) => line.customerId))].flatMap((id) => paidOf.get(id) ?? []);
  const having = paid.reduce((sum, each) => sum + each.having, lines.length - without.length);
  // each of those without one has the same others
  const others = paid.reduce((sum, each) => sum + each.count, lines.length - 1);
  return isCustom(having, others) ? without : [];
}

/** Customers of whom only what they paid can show whether their invoices have an order number. */
export function withFewInvoices(positions: readonly Position[]): readonly string[] {
  const lines = positions.flatMap((position) =>
    position.lines.map((line) => ({ ...line, debtor: position.customerId })),
  );
  return [...Map.groupBy(lines, (line) => line.debtor).values()]
    .filter((own) => own.length <= LEAST_OTHERS && own.some((line) => line.reference === null))
    .flatMap((own) => own.map((line) => line.customerId));
}

/** Invoices whose terms, or whose due date, are not what was agreed with the customer. */
function ofOtherTerms(
  lines: readonly PositionLine[],
  termsOf: FaultFacts['termsOf'],
): readonly words.OtherTerms[] {
  const usual = usualTermsOf(lines, termsOf);
  return lines.flatMap((line): readonly words.OtherTerms[] => {
    const expected = usual(line);
    if (expected === null) return [];
    const asAgreed =
      line.terms === null
        ? line.dueOn === null || dueAsAgreed(line, line.dueOn, expected)
        : sameTerms(line.terms, expected);
    return asAgreed ? [] : [{ line, usual: expected, found: line.terms }];
  });
}

/** A customer's usual terms: as the ledger states them, else those of nearly all the other open invoices. */
function usualTermsOf(
  lines: readonly PositionLine[],
  termsOf: FaultFacts['termsOf'],
): (line: PositionLine) => string | null {
  const named = Map.groupBy(
    lines.flatMap(({ terms }) => (terms === null ? [] : [terms])),
    foldTerms,
  );
  const all = sumOf([...named.values()].map((same) => same.length));
  return (line) => {
    const stated = termsOf.get(line.customerId);
    if (stated !== undefined) return stated;
    const own = line.terms === null ? null : foldTerms(line.terms);
    const others = all - (own === null ? 0 : 1);
    const custom = [...named].find(([terms, same]) =>
      isCustom(same.length - (terms === own ? 1 : 0), others),
    );
    return custom?.[1][0] ?? null;
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Counted from the invoice's day, or from the day on which the customer got it. */
function dueAsAgreed(line: PositionLine, dueOn: Day, terms: string): boolean {
  return [line.issuedOn, line.sentOn ?? line.issuedOn].some((day) => {
    const expected = dueByTerms(terms, day);
    return expected === null || Math.abs(daysBetween(expected, dueOn)) <= TERMS_TOLERANCE_DAYS;
  });
}

/** Invoices that came so late that the customer lost days; not those whose due date was moved along. */
function sentLate(lines: readonly PositionLine[], termsOf: FaultFacts['termsOf']): readonly words.SentLate[] {
  const late = lines.filter(
    (line) =>
      line.sentOn !== null && line.dueOn !== null && daysBetween(line.issuedOn, line.sentOn) > SENT_LATE_DAYS,
  );
  if (late.length === 0) return [];
  const usual = usualTermsOf(lines, termsOf);
  return late.flatMap((line) => {
    if (line.sentOn === null || line.dueOn === null) return [];
    const terms = line.terms ?? usual(line);
    const fair = terms === null ? null : dueByTerms(terms, line.sentOn);
    if (fair !== null && line.dueOn >= fair) return [];
    return [{ line, sentOn: line.sentOn, days: daysBetween(line.issuedOn, line.sentOn) }];
  });
}

function doesNotTieOut(position: Position, money: Say): OwnFault {
  const { customerId, currency } = position;
  const ours = money(position.openMinor - position.creditsMinor, currency);
  const theirs = money(position.ledgerMinor ?? 0, currency);
  return {
    kind: 'does_not_tie_out',
    subject: `${customerId} ${currency}`,
    customerId,
    ...words.doesNotTieOut(ours, theirs),
  };
}
