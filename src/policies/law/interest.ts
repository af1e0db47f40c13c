import type { Currency } from '../../domain/currency.ts';
import { addDays, type Day, daysBetween } from '../../domain/day.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Reason } from '../../domain/reason.ts';
import type { LateFee } from '../policy.ts';
import { lawReason } from '../style.ts';
import { type Debt, monthlyInterest, monthsBegun, type Piece, pieces, simpleInterest } from './accrual.ts';
import type { Law } from './law.ts';
import { allRules } from './law-for.ts';
import { startOf } from './rates.ts';
import { lateLawOf, statuteFor } from './statutory.ts';

export interface InterestQuestion {
  readonly law: Law;
  readonly terms: LateFee & { readonly per?: 'day' | 'month' };
  readonly debt: Debt;
  readonly currency: Currency;
  /** The last day that counts, in the company's zone. */
  readonly asOf: Day;
  /** For the sentence, for example `en-GB`. */
  readonly locale: string;
}

/** D10: to be shown. Nothing here is posted to a ledger or added to an invoice. */
export interface InterestSum {
  readonly kind: 'sum';
  readonly interestMinor: number;
  /** Once for an invoice, however often it is asked (FEE-05). */
  readonly fixedMinor: number;
  readonly totalMinor: number;
  readonly currency: Currency;
  /** How it was reckoned, for who checks it; empty with interest by the month. */
  readonly pieces: readonly Piece[];
  /** What the rate rests on: the law's reference rate in words; null: the business's own terms. */
  readonly reference: string | null;
  /** One sentence for the reader, the yearly rate in it (Canada, Interest Act s. 4). */
  readonly words: string;
  readonly reasons: readonly Reason[];
  /** What a person must look at before it is said. */
  readonly warnings: readonly Reason[];
}

export type InterestAnswer =
  | InterestSum
  | { readonly kind: 'nothing'; readonly reasons: readonly Reason[] }
  /** It can't or mustn't be computed; the reasons say why. */
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] };

const MOST_BP = 2_400;
const HIGH_BP = 1_800;

/**
 * Interest and fixed sum for late payment of one invoice, with how they came about: simple interest, by the day over 365
 * or by the month begun, from the day after due date and grace to `asOf`, rounded once, half up. A principal that has
 * been paid late leaves its interest owed (FEE-07); a debt of nothing or less has none (FEE-02). Pure.
 */
export function interestFor(question: InterestQuestion): InterestAnswer {
  const { law, terms, debt, asOf } = question;
  const refusing = whyNoInterest(law, terms);
  if (refusing.length > 0) return { kind: 'refused', reasons: refusing };
  if (debt.amountMinor <= 0) return nothing('Nothing was owed.');
  const from = addDays(debt.dueOn, 1 + terms.graceDays);
  if (asOf < from)
    return nothing(`It starts on ${from}, after the due date and ${terms.graceDays} days of grace.`);
  return terms.kind === 'statutory' ? statutory(question, from) : contract(question, from);
}

/** Why interest may neither be computed for this debtor nor announced to them, whatever they owe; empty: it may. */
export function whyNoInterest(
  law: Pick<Law, 'blocked' | 'parties'>,
  terms: LateFee | null,
): readonly Reason[] {
  const forbidden = law.blocked.filter(({ what }) => what === 'interest').map(({ rule }) => lawReason(rule));
  if (forbidden.length > 0) return forbidden;
  if (terms === null) return [{ rule: 'D10', words: 'The policy has no late fee.' }];
  if (terms.attestedBy === null || terms.attestedOn === null) return [ruleReason('house-interest-attested')];
  const { creditor, debtor } = law.parties;
  if (terms.kind === 'statutory') return lateLawOf(creditor, debtor) === null ? [noLaw(law.parties)] : [];
  const { yearlyRateBp } = terms;
  if (yearlyRateBp === null || yearlyRateBp <= 0)
    return [{ rule: 'D10', words: 'The terms name no yearly rate.' }];
  return yearlyRateBp > MOST_BP ? [ruleReason('house-interest-most')] : [];
}

function statutory(question: InterestQuestion, from: Day): InterestAnswer {
  const { law, debt, currency, asOf, locale } = question;
  const statute = statuteFor(law.parties.creditor, law.parties.debtor, debt, currency);
  if (statute === null) return { kind: 'refused', reasons: [noLaw(law.parties)] };
  const missing: Day[] = [];
  const parts = pieces(debt, from, asOf, (on) => {
    const rate = statute.rateOn(on);
    if (rate === null) missing.push(on);
    return rate ?? { yearlyRateBp: 0, until: asOf };
  });
  const [unknown] = missing;
  if (unknown !== undefined)
    return {
      kind: 'refused',
      reasons: [
        ruleReason(
          statute.rule,
          `The reference rate from ${startOf(unknown)} is not known to this version of Duly; nothing is computed.${unknown > from ? ` Up to ${addDays(unknown, -1)} the rates are known.` : ''}`,
        ),
      ],
    };
  if (parts.length === 0) return nothing('It was paid in time.');
  const interestMinor = simpleInterest(parts);
  const { fixedMinor } = statute;
  const sum = formatMoney(interestMinor, currency, locale);
  const fixed = fixedMinor === 0 ? '' : ` and a fixed sum of ${formatMoney(fixedMinor, currency, locale)}`;
  return {
    kind: 'sum',
    interestMinor,
    fixedMinor,
    totalMinor: interestMinor + fixedMinor,
    currency,
    pieces: parts,
    reference: statute.reference,
    words: `Interest of ${sum} (${lateDays(parts)} at ${rates(parts)} a year, ${statute.reference})${fixed}.`,
    reasons: [ruleReason(statute.rule)],
    warnings: [],
  };
}

function contract(question: InterestQuestion, from: Day): InterestAnswer {
  const { terms, debt, currency, asOf, locale } = question;
  const { attestedBy, attestedOn } = terms;
  // whyNoInterest refused terms without one
  const yearlyRateBp = terms.yearlyRateBp ?? 0;
  const parts = pieces(debt, from, asOf, () => ({ yearlyRateBp, until: asOf }));
  if (parts.length === 0) return nothing('It was paid in time.');
  const monthly = terms.per === 'month';
  const last = parts.at(-1)?.to ?? asOf;
  const interestMinor = monthly ? monthlyInterest(debt, from, last, yearlyRateBp) : simpleInterest(parts);
  const months = monthsBegun(daysBetween(from, last) + 1);
  const how = monthly
    ? `${months} ${months === 1 ? 'month' : 'months'} begun at ${percent(yearlyRateBp / 12)} a month, ${percent(yearlyRateBp)} a year`
    : `${lateDays(parts)} at ${percent(yearlyRateBp)} a year`;
  const stated = `${attestedBy ?? ''} stated on ${attestedOn ?? ''} that the signed terms say so.`;
  return {
    kind: 'sum',
    interestMinor,
    fixedMinor: 0,
    totalMinor: interestMinor,
    currency,
    pieces: monthly ? [] : parts,
    reference: null,
    words: `Interest of ${formatMoney(interestMinor, currency, locale)} under our terms (${how}).`,
    reasons: [ruleReason('house-interest-attested', stated)],
    warnings: yearlyRateBp > HIGH_BP ? [ruleReason('house-interest-high')] : [],
  };
}

function lateDays(parts: readonly Piece[]): string {
  const days = parts.reduce((sum, part) => sum + part.days, 0);
  return days === 1 ? '1 day' : `${days} days`;
}

function rates(parts: readonly Piece[]): string {
  return [...new Set(parts.map(({ yearlyRateBp }) => percent(yearlyRateBp)))].join(', then ');
}

/** Hundredths of a percent for a reader: 1175 → `11.75 %`. */
export function percent(bp: number): string {
  return `${Number((bp / 100).toFixed(4))} %`;
}

function nothing(words: string): InterestAnswer {
  return { kind: 'nothing', reasons: [{ rule: 'D10', words }] };
}

function noLaw({ creditor, debtor }: Law['parties']): Reason {
  return {
    rule: 'D10',
    words: `Duly knows no late-payment law for a creditor in ${creditor} and a debtor in ${debtor ?? 'an unknown country'}; a person decides.`,
  };
}

/** A rule of the packs as a reason. Throws RangeError for an id that no pack has. */
function ruleReason(id: string, words?: string): Reason {
  const rule = allRules().find((other) => other.id === id);
  if (rule === undefined) throw new RangeError(`no pack has a rule ${id}`);
  return lawReason(rule, words ?? rule.words);
}
