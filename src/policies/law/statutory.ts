import type { Currency } from '../../domain/currency.ts';
import { addDays, type Day, formatDay } from '../../domain/day.ts';
import { balanceOn, type Debt } from './accrual.ts';
import { ecbReference, endOf, type HalfYear, halfYearOf, startOf, ukReference } from './rates.ts';

/** What a late-payment law says of one debt between businesses. */
export interface Statute {
  /** Of the rules in the packs that it rests on. */
  readonly rule: string;
  /** The yearly rate of a day and until when it holds; null: the half-year's reference is not in the table. */
  readonly rateOn: (on: Day) => { readonly yearlyRateBp: number; readonly until: Day } | null;
  /** In words, for a half-year: "8 % above the Bank of England base rate of 31 Dec 2025". */
  readonly reference: string;
  /** The fixed sum, in minor units of the debt's currency; 0: none in this currency (nothing is converted, R3). */
  readonly fixedMinor: number;
}

const FOREVER = '9999-12-31' as Day;
const ABOVE_REFERENCE_BP = 800;
const euroArea = new Set('AT BE HR CY DE EE ES FI FR GR IE IT LT LU LV MT NL PT SI SK'.split(' '));

/** Pounds: from a debt of so many pence, the fixed sum in pence. */
const ukSums = [
  { from: 1_000_000, minor: 10_000 },
  { from: 100_000, minor: 7_000 },
  { from: 0, minor: 4_000 },
];
const EU_SUM_MINOR = 4_000;

/** The laws on late payment between businesses that Duly knows. */
export type LateLaw = 'uk' | 'eu';

/**
 * Which law on late payment holds between a creditor's and a debtor's country (ISO 3166-1 alpha-2); null: none that
 * Duly knows, or two different ones, between which a person decides.
 */
export function lateLawOf(creditorCountry: string, debtorCountry: string | null): LateLaw | null {
  if (creditorCountry === 'GB' && debtorCountry === 'GB') return 'uk';
  const euro = debtorCountry !== null && euroArea.has(creditorCountry) && euroArea.has(debtorCountry);
  return euro ? 'eu' : null;
}

/** What an invoice may have as its fixed sum, ascending, in minor units of the currency; empty: none in it (R3). */
export function fixedSums(law: LateLaw, currency: Currency): readonly number[] {
  if (law === 'eu') return currency === 'EUR' ? [EU_SUM_MINOR] : [];
  return currency === 'GBP' ? ukSums.map(({ minor }) => minor).toSorted((a, b) => a - b) : [];
}

/**
 * The late-payment law for a creditor's and a debtor's country (ISO 3166-1 alpha-2); null: none that Duly knows, or two
 * different ones, between which a person decides.
 */
export function statuteFor(
  creditorCountry: string,
  debtorCountry: string | null,
  debt: Debt,
  currency: Currency,
): Statute | null {
  const law = lateLawOf(creditorCountry, debtorCountry);
  if (law !== 'eu') return law === 'uk' ? uk(debt, currency) : null;
  // Ireland: one rate for a debt, that of the day on which it became overdue
  const fixed = creditorCountry === 'IE' && debtorCountry === 'IE';
  const rateOn = fixed ? always(ecbReference, addDays(debt.dueOn, 1)) : byHalfYear;
  return {
    rule: 'eu-late-payment',
    rateOn,
    reference: '8 % above the reference rate of the European Central Bank',
    fixedMinor: fixedSums('eu', currency)[0] ?? 0,
  };
}

/** Fixed for the debt by the half-year in which it became late, that is the day after it was due. */
function uk(debt: Debt, currency: Currency): Statute {
  const lateFrom = addDays(debt.dueOn, 1);
  const unpaid = balanceOn(debt, lateFrom);
  return {
    rule: 'uk-late-payment',
    rateOn: always(ukReference, lateFrom),
    reference: `8 % above the Bank of England base rate of ${formatDay(addDays(startOf(lateFrom), -1))}`,
    fixedMinor: currency === 'GBP' ? (ukSums.find(({ from }) => unpaid >= from)?.minor ?? 0) : 0,
  };
}

function always(table: readonly HalfYear[], lateFrom: Day): Statute['rateOn'] {
  const half = halfYearOf(table, lateFrom);
  const rate = half === null ? null : { yearlyRateBp: half.referenceBp + ABOVE_REFERENCE_BP, until: FOREVER };
  return () => rate;
}

function byHalfYear(on: Day): { yearlyRateBp: number; until: Day } | null {
  const half = halfYearOf(ecbReference, on);
  return half === null ? null : { yearlyRateBp: half.referenceBp + ABOVE_REFERENCE_BP, until: endOf(on) };
}
