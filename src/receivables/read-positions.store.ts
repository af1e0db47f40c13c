import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { gatherFacts, positionsOf } from './compute.store.ts';
import type { Position } from './position.ts';

/**
 * Positions with the invoices behind their figures, derived from the facts as they stand now; holds of the whole
 * company count. `customerIds`: the positions at which these customers are chased: their own, or that of the parent
 * their bills go to (R12). `pastDue`: everybody of whom the stored figures say that something is past due. In the
 * order of customer and currency.
 */
export async function readPositions(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  who: { readonly customerIds: readonly string[] } | { readonly pastDue: true },
): Promise<readonly Position[]> {
  const customerIds = 'customerIds' in who ? who.customerIds : await pastDue(tx, company.company_id);
  if (customerIds.length === 0) return [];
  const today = dayAt(now, company.time_zone);
  const positions = positionsOf(await gatherFacts(tx, company, today, { customerIds, purpose: 'read' }));
  return 'pastDue' in who ? positions.filter((position) => position.pastDueMinor > 0) : positions;
}

async function pastDue(tx: Tx, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`select distinct customer_id from position
    where company_id = ${companyId} and past_due_minor > 0 order by customer_id`.execute(tx);
  return rows.map((row) => row.customer_id);
}
