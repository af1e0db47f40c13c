import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { nextWindow } from '../domain/calendar.ts';
import type { Tx } from '../platform/db.ts';
import { getPolicy } from '../policies/policy.store.ts';
import { calendarOf } from './decide.ts';

/**
 * For each of these customers: null when a message may leave to them at `now`, else the instant at which their next
 * window opens (S1). Two queries, whatever their number.
 */
export async function windowsOf(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
): Promise<(customerId: string) => Date | null> {
  const { window } = await getPolicy(tx, company.company_id);
  const rows = await tx
    .selectFrom('customer')
    .select(['customer_id', 'country', 'region'])
    .where('company_id', '=', company.company_id)
    .where(sql<boolean>`customer_id = any(${[...customerIds]})`)
    .execute();
  const customers = new Map(rows.map((row) => [row.customer_id, row]));
  return (customerId) => {
    const at = nextWindow(now, window, calendarOf(company, customers.get(customerId)));
    return at.getTime() === now.getTime() ? null : at;
  };
}
