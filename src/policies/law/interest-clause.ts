import type { Currency } from '../../domain/currency.ts';
import type { LateFee } from '../policy.ts';
import { percent } from './interest.ts';
import type { Law } from './law.ts';
import { fixedSums, type LateLaw, lateLawOf } from './statutory.ts';

const acts: Readonly<
  Record<LateLaw, { readonly rate: string; readonly sign: string; readonly act: string }>
> = {
  uk: {
    rate: 'the Bank of England base rate',
    sign: '£',
    act: 'the Late Payment of Commercial Debts (Interest) Act 1998',
  },
  eu: {
    rate: 'the reference rate of the European Central Bank',
    sign: '€',
    act: 'the law on late payment (Directive 2011/7/EU)',
  },
};

/**
 * P8: the terms under which interest is charged, as a customer reads them after "then from 3 December"; no full stop.
 * The yearly rate is in it (Canada, Interest Act s. 4), fixed sums only where the law has some in the invoice's
 * currency. `reckoned`: what they come to follows in the message, so which sums there may be is left out. Null: there
 * are no terms that could be named, so nothing is announced.
 */
export function interestClause(
  parties: Law['parties'],
  terms: LateFee,
  currency: Currency,
  reckoned: boolean,
): string | null {
  const counted =
    terms.graceDays === 0
      ? 'counted from the day after the due date'
      : `counted from ${terms.graceDays + 1} days after the due date`;
  if (terms.kind === 'contract')
    return terms.yearlyRateBp === null
      ? null
      : `we charge interest at ${percent(terms.yearlyRateBp)} a year under our terms with you, ${counted}`;
  const law = lateLawOf(parties.creditor, parties.debtor);
  if (law === null) return null;
  const { rate, sign, act } = acts[law];
  const fixed = fixedWords(
    fixedSums(law, currency).map((minor) => `${sign}${minor / 100}`),
    reckoned,
  );
  return `we charge interest at 8 % a year above ${rate}, ${counted},${fixed} under ${act}`;
}

function fixedWords(sums: readonly string[], reckoned: boolean): string {
  const [first] = sums;
  if (first === undefined) return '';
  if (reckoned) return ' and fixed compensation,';
  const size = sums.length > 1 ? ' by its size' : '';
  const named = sums.length > 1 ? `${sums.slice(0, -1).join(', ')} or ${sums.at(-1) ?? ''}` : first;
  return ` and fixed compensation of ${named} for each invoice${size},`;
}
