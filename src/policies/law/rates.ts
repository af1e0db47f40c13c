import { addDays, type Day, day } from '../../domain/day.ts';

/** The reference rate of one half-year. */
export interface HalfYear {
  /** Its first day, 1 January or 1 July. */
  readonly from: Day;
  /** Percent a year in hundredths of a percent: 375 is 3.75 %. */
  readonly referenceBp: number;
  readonly source: string;
}

/**
 * Bank of England base rate on the last day of the half-year before (SI 2002/1675). Every row was read in the source
 * named; a half-year that is not here is not computed.
 */
export const ukReference: readonly HalfYear[] = [
  { from: day('2024-01-01'), referenceBp: 525, source: 'payontime.co.uk, table of reference rates' },
  {
    from: day('2024-07-01'),
    referenceBp: 525,
    source: 'MPC of 20 June 2024 held 5.25 % (BBC); cut on 1 August',
  },
  {
    from: day('2025-01-01'),
    referenceBp: 475,
    source: 'MPC of 6 February 2025 cut from 4.75 % (nelsonslaw.co.uk)',
  },
  {
    from: day('2025-07-01'),
    referenceBp: 425,
    source: 'MPC of 19 June 2025 held 4.25 % (xtb.com); cut in August',
  },
  { from: day('2026-01-01'), referenceBp: 375, source: 'UK government example of 11.75 % (uk-times.com)' },
  { from: day('2026-07-01'), referenceBp: 375, source: 'MPC of 18 June 2026 held 3.75 % (livesquawk.com)' },
];

/**
 * ECB rate for main refinancing operations on the first day of the half-year (Directive 2011/7/EU art. 2(7)). The one of
 * 1 July 2026 was not found: the rest of 2026 is not computed until it is entered here.
 */
export const ecbReference: readonly HalfYear[] = [
  {
    from: day('2024-01-01'),
    referenceBp: 450,
    source: 'Bank of Slovenia, ECB interest rates (since 20 September 2023)',
  },
  {
    from: day('2024-07-01'),
    referenceBp: 425,
    source: 'Irish Department of Enterprise, late payment interest rates',
  },
  {
    from: day('2025-01-01'),
    referenceBp: 315,
    source: 'Bank of Slovenia, ECB interest rates (since 18 December 2024)',
  },
  {
    from: day('2025-07-01'),
    referenceBp: 215,
    source: 'ECB of 5 June 2025, with effect from 11 June (irishexaminer.com)',
  },
  {
    from: day('2026-01-01'),
    referenceBp: 215,
    source: '10.15 % in Ireland, January to June 2026 (taylorryan.ie)',
  },
];

/** The half-year in which a day lies; null: it is not in the table. */
export function halfYearOf(table: readonly HalfYear[], on: Day): HalfYear | null {
  return table.find(({ from }) => from === startOf(on)) ?? null;
}

/** The first day of the half-year of a day. */
export function startOf(on: Day): Day {
  return day(`${on.slice(0, 4)}-${on.slice(5, 7) < '07' ? '01' : '07'}-01`);
}

/** The last day of the half-year of a day. */
export function endOf(on: Day): Day {
  return addDays(startOf(addDays(startOf(on), 190)), -1);
}

/** The last day whose reference rate is known, by the rule of the packs that rests on it; null: none does. */
export function knownUntil(ruleId: string): Day | null {
  const tables = new Map([
    ['uk-late-payment', ukReference],
    ['eu-late-payment', ecbReference],
  ]);
  const last = tables.get(ruleId)?.at(-1);
  return last === undefined ? null : endOf(last.from);
}
