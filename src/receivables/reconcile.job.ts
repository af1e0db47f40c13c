import { readChanges } from '../books/changes.job.ts';
import { loadKnown } from '../books/known.store.ts';
import { markAllStale } from '../books/mirror.store.ts';
import { sweepOpenInvoices } from '../books/sweep.job.ts';
import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import type { CallPurpose } from '../ports/call-gate.ts';
import type { LedgerReceivable } from '../ports/ledger.ts';
import { judgeAgreements } from './agreement-judge.store.ts';
import { computePositions } from './compute.store.ts';
import { settleOwnFaults } from './own-faults.store.ts';
import { loadFigures, savePositions } from './position.store.ts';
import type { Position } from './position.ts';
import { clearStale, markDue, takeStale } from './stale.store.ts';
import { tieOutDue } from './tie-out.ts';
import { settleUnreadSums, showUnreadSums } from './unread-sums.store.ts';

/**
 * Stage 3: computes the positions that something changed, compares them with the ledger's own sums when that is due
 * (R15), and passes on to the sequencer.
 */
export async function reconcileCompany(
  duly: Duly,
  { companyId, read = false, all = false, purpose = 'background' }: JobPayload,
): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    if (all) await markAllStale(tx, companyId);
    await markDue(tx, companyId, dayAt(now, (await getCompany(tx, companyId)).time_zone));
  });
  // one transaction a chunk: a book of any size neither fills the memory nor loses what was done when it breaks off
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    after = await inCompany(duly.db, companyId, async (tx) =>
      computeChunk(tx, await getCompany(tx, companyId), now, duly, from),
    );
  }
  const due = await inCompany(duly.db, companyId, async (tx) => {
    const { tied_out_at: tiedOutAt, books_changed_at: changedAt } = await getCompany(tx, companyId);
    return (
      read && tieOutDue({ tiedOutAt, changedAt, differs: (await openKeys(tx, companyId)).size > 0 }, now)
    );
  });
  if (due) await tieOut(duly, companyId, purpose);
  await inCompany(duly.db, companyId, (tx) => addJob(tx, 'plan', { companyId }));
}

/** The positions that did not tie out when they were last compared. */
async function openKeys(tx: Tx, companyId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('position')
    .select(['customer_id', 'currency'])
    .where('company_id', '=', companyId)
    .where('ties_out', '=', false)
    .execute();
  return new Set(rows.map((row) => `${row.customer_id} ${row.currency}`));
}

/** Customers computed in one transaction of the job: bounds what is held in memory. */
const CHUNK = 1_000;

/** Computes what is stale in this transaction. For a caller that must see today's figures before it acts, too. */
export async function computeStale(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  duly: Pick<Duly, 'tally'>,
): Promise<void> {
  await markDue(tx, company.company_id, dayAt(now, company.time_zone));
  for (let after: string | null = ''; after !== null; )
    after = await computeChunk(tx, company, now, duly, after);
}

/** Computes the next stale customers behind `after`; returns the last one's id, null when there were none. */
async function computeChunk(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  duly: Pick<Duly, 'tally'>,
  after: string,
): Promise<string | null> {
  const companyId = company.company_id;
  const stale = await takeStale(tx, companyId, after, CHUNK);
  if (stale.length === 0) return null;
  await judgeAgreements(tx, company, stale, now);
  await clearStale(tx, companyId, stale);
  await compute(tx, company, now, { stale, asked: null }, duly);
  return stale.at(-1) ?? null;
}

interface Work {
  readonly stale: readonly string[];
  /** The ledger's own figures of everybody; null: it was not asked. */
  readonly asked: readonly LedgerReceivable[] | null;
}

async function compute(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  work: Work,
  duly: Pick<Duly, 'tally'>,
): Promise<readonly Position[]> {
  const companyId = company.company_id;
  const today = dayAt(now, company.time_zone);
  const { members, positions } = await computePositions(tx, company, today, {
    customerIds: work.stale,
    companyHolds: false,
    asked: work.asked,
  });
  await savePositions(tx, companyId, members, positions, { today, now });
  await settleOwnFaults(tx, company, now, members, positions);
  duly.tally.positions += positions.length;
  return positions;
}

/**
 * R15. A difference may only mean that something changed between two reads: then one more look decides. One that lasts
 * may mean that a change never reached us: once, all open invoices are read again before it is left on the page.
 */
async function tieOut(duly: Duly, companyId: string, purpose: CallPurpose): Promise<void> {
  try {
    const { ledger } = await openLedger(duly, companyId, purpose);
    const { known, before } = await inCompany(duly.db, companyId, async (tx) => ({
      known: await loadKnown(tx, companyId),
      before: await openKeys(tx, companyId),
    }));
    const look = async (): Promise<readonly string[]> => {
      const { sums: asked } = await ledger.receivables(known);
      return await inCompany(duly.db, companyId, (tx) => compareAll(duly, tx, companyId, asked));
    };
    if ((await look()).length === 0) return;
    await readChanges(duly, companyId, ledger);
    await recompute(duly, companyId);
    if ((await look()).every((key) => before.has(key))) return;
    await sweepOpenInvoices(duly, companyId, ledger);
    await recompute(duly, companyId);
    await look();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId }, 'the ledger’s own sums could not be read');
    // what our own budget puts off is compared another day
    if (error.deferred) return;
    // a lost connection is a problem of its own, and said once
    if (error.kind === 'reconnect_needed') return noteLedgerError(duly, companyId, error);
    await inCompany(duly.db, companyId, async (tx) =>
      showUnreadSums(tx, await getCompany(tx, companyId), duly.clock.now(), error),
    );
  }
}

async function recompute(duly: Duly, companyId: string): Promise<void> {
  await inCompany(duly.db, companyId, async (tx) =>
    computeStale(tx, await getCompany(tx, companyId), duly.clock.now(), duly),
  );
}

/** Compares every position with the ledger's figure and returns those that differ. */
async function compareAll(
  duly: Duly,
  tx: Tx,
  companyId: string,
  asked: readonly LedgerReceivable[],
): Promise<readonly string[]> {
  const now = duly.clock.now();
  const company = await getCompany(tx, companyId);
  const stored = await loadFigures(tx, companyId);
  const everybody = [
    ...new Set([...stored.map((row) => row.customerId), ...asked.map((row) => row.customerId)]),
  ];
  const positions = await compute(tx, company, now, { stale: everybody, asked }, duly);
  await tx.updateTable('company').set({ tied_out_at: now }).where('company_id', '=', companyId).execute();
  await settleUnreadSums(tx, companyId, now);
  return positions
    .filter((position) => !position.tiesOut)
    .map((position) => `${position.customerId} ${position.currency}`);
}
