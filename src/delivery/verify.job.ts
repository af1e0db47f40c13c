import { sql } from 'kysely';
import { resolveProblems } from '../activity/problem.store.ts';
import { readChanges } from '../books/changes.job.ts';
import { getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import { EVERYBODY, markPlanDue } from '../companies/plan-due.store.ts';
import { planCompany } from '../dunning/plan.job.ts';
import { invoicesOf, type TouchRow } from '../dunning/touch.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { standingCompanyHolds } from '../receivables/company-holds.store.ts';
import { computeStale } from '../receivables/compute-stale.job.ts';

/** R9: a read vouches for so long, whatever the batch. */
const FRESH_MS = 15 * 60_000;

type Ready = Pick<TouchRow, 'touch_id' | 'customer_id'>;

/**
 * R9: the read right before sending or printing, and the decision anew on its figures: what changed is taken back.
 * Throws LedgerError when the books could not be read; then nothing may leave.
 */
export async function readBefore(duly: Duly, companyId: string, ready: readonly Ready[]): Promise<void> {
  const now = duly.clock.now();
  const ids = await inCompany(duly.db, companyId, async (tx) => {
    const touchIds = ready.map((touch) => touch.touch_id);
    const named = [...(await invoicesOf(tx, companyId, touchIds)).values()].flat();
    return [...new Set(named.map((invoice) => invoice.invoiceId))];
  });
  try {
    const { ledger } = await openLedger(duly, companyId, 'send');
    await readChanges(duly, companyId, ledger, ids);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId }, 'no fresh read, no send');
    await noteLedgerError(duly, companyId, error);
    throw error;
  }
  await inCompany(duly.db, companyId, async (tx) => {
    await resolveProblems(tx, companyId, now, 'sync_failed');
    await computeStale(tx, await getCompany(tx, companyId), duly.clock.now(), duly);
    // whoever is about to be written to is decided for anew, whatever the read brought
    await markPlanDue(
      tx,
      companyId,
      ready.map((touch) => touch.customer_id),
    );
    await planCompany(tx, companyId, duly.clock.now(), duly);
  });
}

/**
 * Whether what was verified a moment ago still stands for a customer: nobody changed anything, the policy and what was
 * decided of them included, and the read is fresh (R9, R10, S6).
 */
export async function stillVerified(
  tx: Tx,
  companyId: string,
  customerId: string,
  now: Date,
): Promise<boolean> {
  const company = await getCompany(tx, companyId);
  if (company.mode === 'preview' || company.books_read_at === null) return false;
  if (now.getTime() - company.books_read_at.getTime() > FRESH_MS) return false;
  if ((await standingCompanyHolds(tx, company, now)).length > 0) return false;
  const { rows } = await sql<{ healthy: boolean; changed: boolean }>`
    select exists (select 1 from connection where company_id = ${companyId} and state = 'healthy') as healthy,
      exists (select 1 from stale_position where company_id = ${companyId})
        or exists (select 1 from plan_due where company_id = ${companyId}
          and customer_id in (${customerId}, ${EVERYBODY}) and look_at <= ${now}) as changed`.execute(tx);
  return rows[0]?.healthy === true && !rows[0].changed;
}
