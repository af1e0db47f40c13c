import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import { formatMoney, sumMinor } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import { balanceOn, type Debt } from '../policies/law/accrual.ts';
import { type InterestAnswer, interestFor } from '../policies/law/interest.ts';
import type { Law } from '../policies/law/law.ts';
import type { LateFee } from '../policies/policy.ts';
import { settledOn } from '../receivables/behaviour.ts';

/** What the books set against an invoice, on the day of the paper it came from. Minor units of the invoice. */
export interface SettlingPart {
  readonly on: Day;
  readonly minor: number;
  /** It brought money: a payment, or what came in ahead; a credit note, and a payment of nothing that applies one, do not. */
  readonly money: boolean;
  /** Of the payment or credit, as a person finds it in the ledger. */
  readonly paperId: string;
  /** R8: the ledger's latest form of this paper could not be read. */
  readonly unreadable: boolean;
}

/** An invoice with nothing open. */
export interface Settled {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: Currency;
  readonly totalMinor: number;
  /** R8, of the invoice itself. */
  readonly unreadable: boolean;
  readonly parts: readonly SettlingPart[];
}

/** What was paid late, and what the delay has cost; a claim of its own, in no reminder. */
export interface PaidLate extends Pick<Settled, 'invoiceId' | 'number' | 'dueOn' | 'currency'> {
  /** The day on which nothing was owed any more; null: the books do not tell. */
  readonly paidOn: Day | null;
  /** Calendar days after the due date, the day of the last payment with them; null like it. */
  readonly daysLate: number | null;
  /** What was owed on the day after the due date; null: not known. */
  readonly lateMinor: number | null;
  readonly answer: InterestAnswer;
}

/** Under which terms, and for which days. */
export interface LateTerms {
  readonly law: Law;
  readonly terms: LateFee;
  readonly locale: string;
  /** Paid after this day … */
  readonly since: Day;
  /** … and up to this one, of the company's zone. */
  readonly until: Day;
}

/**
 * D10, FEE-07: interest and fixed sum on an invoice that was paid late: each payment and each credit lowers what is owed
 * from its own day on, and the day of the last one ends it. Null: it was paid in time or within the grace, by credits
 * alone, or on another day than is asked for. What cannot be told from the books is refused, with the reason. Pure.
 */
export function paidLate(invoice: Settled, asked: LateTerms): PaidLate | null {
  const { invoiceId, number, dueOn, currency, parts, totalMinor } = invoice;
  const row = { invoiceId, number, dueOn, currency };
  const paidOn = settledOn(invoice);
  if (paidOn === null) {
    const reasons = [notTold(invoice, asked.locale)];
    return { ...row, paidOn, daysLate: null, lateMinor: null, answer: { kind: 'refused', reasons } };
  }
  const free = addDays(dueOn, asked.terms.graceDays);
  const byMoney = parts.some((part) => part.money && part.on > free);
  if (paidOn <= free || !byMoney || paidOn <= asked.since || paidOn > asked.until) return null;
  const debt: Debt = { amountMinor: totalMinor, dueOn, payments: parts };
  return {
    ...row,
    paidOn,
    daysLate: daysBetween(dueOn, paidOn),
    lateMinor: balanceOn(debt, addDays(dueOn, 1)),
    answer: answerFor(invoice, { ...asked, debt, paidOn }),
  };
}

function answerFor(
  { unreadable, parts, currency }: Settled,
  { law, terms, locale, debt, paidOn }: LateTerms & { readonly debt: Debt; readonly paidOn: Day },
): InterestAnswer {
  const doubt = doubtOf({ unreadable, parts });
  if (doubt !== null) return { kind: 'refused', reasons: [doubt] };
  return interestFor({ law, terms, debt, currency, asOf: paidOn, locale });
}

function notTold({ parts, totalMinor, currency }: Settled, locale: string): Reason {
  const known = sumMinor(parts.map(({ minor }) => minor));
  const [came, whole] = [known, totalMinor].map((minor) => formatMoney(minor, currency, locale));
  return {
    rule: 'R8',
    words: `It is settled, but the payments and credits that Duly could read come to ${came} of ${whole}: how and when the rest was settled is not known (a write-off, a journal entry, or a row that could not be read), so nothing is computed.`,
  };
}

/** R8: why nothing may be reckoned from what the books have of an invoice; null: all of it could be read. */
export function doubtOf({ unreadable, parts }: Pick<Settled, 'unreadable' | 'parts'>): Reason | null {
  const papers = parts.filter((part) => part.unreadable).map(({ paperId }) => paperId);
  if (!unreadable && papers.length === 0) return null;
  const what = papers.length === 0 ? 'this invoice' : `payment or credit ${papers.join(', ')}`;
  return {
    rule: 'R8',
    words: `The ledger’s latest form of ${what} could not be read; nothing is computed until it can be.`,
  };
}
