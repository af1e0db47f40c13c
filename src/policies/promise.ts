import type { Day } from '../domain/day.ts';
import { addBusinessDays, businessCalendar } from './calendar.ts';

/** R11: how long a promise is given beyond its date, in business days of the company. */
const GRACE_BUSINESS_DAYS = 2;

/** The last day on which a promise holds its invoices: the promised day plus grace (R11). */
export function promiseHoldsUntil(
  promisedFor: Day,
  company: { readonly country: string; readonly region: string | null; readonly time_zone: string },
): Day {
  const calendar = businessCalendar(company.country, company.region, company.time_zone);
  return addBusinessDays(promisedFor, GRACE_BUSINESS_DAYS, calendar);
}
