import { addBusinessDays, businessCalendar } from '../../domain/calendar.ts';
import type { Day } from '../../domain/day.ts';

/** R11: how long an agreement is given beyond its date unless something else is said, in business days of the company. */
export const GRACE_BUSINESS_DAYS = 2;

/** The last day on which a promise, an instalment or an offer is waited for: its day plus grace (R11). */
export function graceUntil(
  on: Day,
  company: { readonly country: string; readonly region: string | null; readonly time_zone: string },
  businessDays = GRACE_BUSINESS_DAYS,
): Day {
  if (businessDays === 0) return on;
  return addBusinessDays(
    on,
    businessDays,
    businessCalendar(company.country, company.region, company.time_zone),
  );
}
