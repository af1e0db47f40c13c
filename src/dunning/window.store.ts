import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { loadPolicies } from '../policies/policies.store.ts';
import type { Channel } from '../policies/step.ts';
import { anyHour } from './any-hour.ts';
import { loadDebtors } from './debtors.store.ts';
import { calendarOf, zonesOf } from './decide.ts';
import { lawsOf } from './laws.ts';
import type { TouchRow } from './touch.store.ts';
import { nextOpening } from './windows.ts';

type Leaving = Pick<TouchRow, 'customer_id' | 'channel' | 'sent_now_by'>;

/** Rules that leave no hour are asked again tomorrow; the plan takes the touch back before. */
const ASK_AGAIN_MS = 86_400_000;

/**
 * For each of these touches: null when it may leave at `now`, else the instant at which the hours of its channel open
 * next, policy and law together (S1). What a person lets go at once is held by the law's hours alone. A handful of
 * queries, whatever their number.
 */
export async function windowsOf(
  tx: Tx,
  company: CompanyRow,
  touches: readonly Leaving[],
  now: Date,
): Promise<(touch: Leaving) => Date | null> {
  const customerIds = [...new Set(touches.map((touch) => touch.customer_id))];
  const debtors = await loadDebtors(tx, company.company_id, customerIds, []);
  const policyOf = await loadPolicies(tx, company, customerIds, now);
  const lawOf = lawsOf(company, debtors);
  const today = dayAt(now, company.time_zone);
  return ({ customer_id: customerId, channel, sent_now_by: atOnce }) => {
    const policy = policyOf(customerId);
    const [debtor, law] = [debtors.get(customerId), lawOf(customerId, today)];
    const opens = nextOpening(now, {
      channel: channel as Channel,
      policy: atOnce === null ? policy : anyHour(policy),
      law,
      calendar: calendarOf(company, debtor),
      zones: zonesOf(company, debtor, law),
    });
    if (!(opens instanceof Date)) return new Date(now.getTime() + ASK_AGAIN_MS);
    return opens.getTime() === now.getTime() ? null : opens;
  };
}
