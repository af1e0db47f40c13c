import type { Day } from '../../domain/day.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Verdict } from '../../dunning/plan.ts';
import type { Tx } from '../../platform/db.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, isoOrNull } from './schema.ts';

const caseKeys: readonly Key[] = [{ column: 'k.case_id', holds: 'uuid' }];

function cases(tx: Tx, companyId: string) {
  return tx
    .selectFrom('dunning_case as k')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'k.company_id').onRef('c.customer_id', '=', 'k.customer_id'),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('decision as d')
          .select(['d.decided_on', 'd.verdict', 'd.reasons', 'd.step_key'])
          .where('d.company_id', '=', companyId)
          .whereRef('d.customer_id', '=', 'k.customer_id')
          .whereRef('d.currency', '=', 'k.currency')
          .orderBy('d.decided_on', 'desc')
          .limit(1)
          .as('d'),
      (join) => join.onTrue(),
    )
    .selectAll('k')
    .select(['c.name', 'd.decided_on', 'd.verdict', 'd.reasons', 'd.step_key'])
    .where('k.company_id', '=', companyId);
}

type CaseRow = Awaited<ReturnType<ReturnType<typeof cases>['executeTakeFirstOrThrow']>>;

export async function listCases(
  tx: Tx,
  companyId: string,
  wish: PageWish & { state?: 'open' | 'closed'; customerId?: string },
) {
  let query = cases(tx, companyId).where(behind(wish, caseKeys));
  if (wish.state !== undefined) query = query.where('k.state', '=', wish.state);
  if (wish.customerId !== undefined) query = query.where('k.customer_id', '=', wish.customerId);
  const rows = await query.orderBy('k.case_id').limit(rowsWanted(wish)).execute();
  return pageOf(rows, wish, (row) => [row.case_id], shownCase);
}

function shownCase(row: CaseRow) {
  return {
    caseId: row.case_id,
    customerId: row.customer_id,
    customerName: row.name,
    currency: row.currency,
    reference: row.reference,
    state: row.state as 'open' | 'closed',
    closeReason: row.close_reason,
    openedOn: row.opened_on,
    openedAt: iso(row.opened_at),
    closedAt: isoOrNull(row.closed_at),
    nextStep: row.state === 'open' ? row.step_key : null,
    nextAt: isoOrNull(row.next_at),
    decision:
      row.decided_on === null
        ? null
        : { day: row.decided_on, verdict: row.verdict as Verdict, reasons: reasonsOf(row.reasons) },
  };
}

function reasonsOf(stored: unknown): Reason[] {
  return [...((stored ?? []) as readonly Reason[])];
}

const decisionKeys: readonly Key[] = [
  { column: 'decided_on', holds: 'day' },
  { column: 'customer_id', holds: 'text' },
  { column: 'currency', holds: 'text' },
];

/** The last decision of each customer, currency and day, oldest day first. */
export async function listDecisions(
  tx: Tx,
  companyId: string,
  wish: PageWish & { customerId?: string; day?: Day },
) {
  let query = tx
    .selectFrom('decision')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(behind(wish, decisionKeys));
  if (wish.customerId !== undefined) query = query.where('customer_id', '=', wish.customerId);
  if (wish.day !== undefined) query = query.where('decided_on', '=', wish.day);
  const rows = await query
    .orderBy('decided_on')
    .orderBy('customer_id')
    .orderBy('currency')
    .limit(rowsWanted(wish))
    .execute();
  return pageOf(
    rows,
    wish,
    (row) => [row.decided_on, row.customer_id, row.currency],
    (row) => ({
      customerId: row.customer_id,
      currency: row.currency,
      day: row.decided_on,
      decidedAt: iso(row.decided_at),
      verdict: row.verdict as Verdict,
      reasons: reasonsOf(row.reasons),
      stepKey: row.step_key,
      nextAt: isoOrNull(row.next_at),
      policyVersion: row.policy_version,
    }),
  );
}
