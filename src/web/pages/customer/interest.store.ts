import type { CompanyRow } from '../../../companies/company.store.ts';
import { addDays, type Day, dayAt, formatDay, parseDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import {
  type CustomerInterest,
  interestOfCustomer,
  MOST_INVOICES,
} from '../../../dunning/interest-of.store.ts';
import { type PaidLateList, paidLateOf } from '../../../dunning/paid-late.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { mayHaveLateFee } from '../../../policies/late-fee.store.ts';

/** What late payment costs the customer by a day, or why that day cannot be shown. */
export interface InterestShown {
  readonly today: Day;
  /** The last day that can be asked for. */
  readonly last: Day;
  /** What stands in the field. */
  readonly typed: string;
  readonly fault: string | null;
  /** The day it is reckoned up to: the one asked for, else today. */
  readonly asOf: Day;
  readonly found: CustomerInterest;
  /** What was paid late by that day, or by today if that is earlier; apart from what is open. */
  readonly paidLate: PaidLateList;
  /** There are more invoices than are listed. */
  readonly cut: boolean;
}

/** By a later day too much will have changed. */
const DAYS_AHEAD = 366;

/**
 * D10, to be shown. `asked`: the day as it was typed; a day that cannot be shown gives the figures of today. Null: no
 * policy names a fee, which one statement tells.
 */
export async function readInterest(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  { asked, now }: { readonly asked: unknown; readonly now: Date },
): Promise<InterestShown | null> {
  if (!(await mayHaveLateFee(tx, company.company_id, customerId))) return null;
  const today = dayAt(now, company.time_zone);
  const last = addDays(today, DAYS_AHEAD);
  const typed = typeof asked === 'string' ? asked.trim().slice(0, 40) : '';
  const day = typed === '' ? today : parseDay(typed);
  const fault = faultOf(typed, day, last, localeOf(company.country));
  const asOf = day === null || fault !== null ? today : day;
  const found = await interestOfCustomer(tx, company, customerId, { asOf, now });
  const paidLate = await paidLateOf(tx, company, customerId, { until: asOf, now });
  return {
    today,
    last,
    typed: typed === '' ? today : typed,
    fault,
    asOf,
    found,
    paidLate,
    cut: found.invoices.length >= MOST_INVOICES,
  };
}

/** As the API takes them. */
const FIRST_DAY = '1000-01-01';

function faultOf(typed: string, day: Day | null, last: Day, locale: string): string | null {
  if (day === null) return `“${typed}” is no day. Choose one from the calendar, or write it as 2026-12-31.`;
  if (day < FIRST_DAY) return `“${typed}” is long ago. Choose a later day.`;
  if (day <= last) return null;
  return `Interest is reckoned a year ahead, until ${formatDay(last, locale)}. Choose an earlier day.`;
}
