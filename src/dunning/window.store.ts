import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import { nextWindow } from '../policies/calendar.ts';
import { getPolicy } from '../policies/policy.store.ts';
import { calendarOf } from './decide.ts';

/** Null when a message may leave to this customer at `now`; else the instant at which their next window opens (S1). */
export async function opensLater(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  now: Date,
): Promise<Date | null> {
  const customer = await tx
    .selectFrom('customer')
    .select(['country', 'region'])
    .where('company_id', '=', company.company_id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  const calendar = calendarOf(company, customer);
  const { window } = await getPolicy(tx, company.company_id);
  const at = nextWindow(now, window, calendar);
  return at.getTime() === now.getTime() ? null : at;
}
