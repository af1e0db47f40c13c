import { markAllStale } from '../books/mirror.store.ts';
import { readChanges } from '../books/sync.job.ts';
import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import type { Currency } from '../domain/currency.ts';
import { dayAt } from '../domain/day.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import type { CallPurpose } from '../ports/call-gate.ts';
import type { LedgerReceivable } from '../ports/ledger.ts';
import { debtorOf, familiesByDebtor } from './debtor.ts';
import { loadFacts, loadFamilies, loadLedgerFigures, takeStale } from './facts.store.ts';
import { showOwnFaults } from './own-faults.store.ts';
import { loadPositions, savePositions } from './position.store.ts';
import type { Position } from './position.ts';
import { reconcile } from './reconcile.ts';
import { settleUnreadSums, showUnreadSums } from './unread-sums.store.ts';

/** The ledger is asked for its own sums once a day, and again while something does not tie out. */
const TIE_OUT_MS = 20 * 3_600_000;

/**
 * Stage 3: computes the positions that something changed, compares them with the ledger's own sums when that is due
 * (R15), and passes on to the sequencer.
 */
export async function reconcileCompany(
  duly: Duly,
  { companyId, read = false, all = false, purpose = 'background' }: JobPayload,
): Promise<void> {
  const now = duly.clock.now();
  const due = await inCompany(duly.db, companyId, async (tx) => {
    if (all) await markAllStale(tx, companyId);
    const company = await getCompany(tx, companyId);
    await computeStale(tx, company, now, duly);
    return (
      read &&
      (company.tied_out_at === null ||
        now.getTime() - company.tied_out_at.getTime() >= TIE_OUT_MS ||
        (await anyOpen(tx, companyId)))
    );
  });
  if (due) await tieOut(duly, companyId, purpose);
  await inCompany(duly.db, companyId, async (tx) => {
    await showOwnFaults(tx, companyId, now);
    await addJob(tx, 'plan', { companyId });
  });
}

async function anyOpen(tx: Tx, companyId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('position')
    .select('customer_id')
    .where('company_id', '=', companyId)
    .where('ties_out', '=', false)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Computes what is stale and returns it. For a caller that must see today's figures before it acts, too. */
export async function computeStale(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  duly: Pick<Duly, 'tally'>,
): Promise<readonly Position[]> {
  const companyId = company.company_id;
  const stale = await takeStale(tx, companyId, dayAt(now, company.time_zone));
  if (stale.length === 0) return [];
  return await compute(tx, company, now, { stale, asked: null }, duly);
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
  const families = await loadFamilies(tx, companyId);
  const debtors = [...new Set(work.stale.map((id) => debtorOf(id, families)))];
  const membersOf = familiesByDebtor(families);
  const members = [...new Set([...work.stale, ...debtors.flatMap((id) => membersOf.get(id) ?? [id])])];
  const positions = reconcile({
    today,
    families,
    facts: await loadFacts(tx, companyId, members),
    debtors,
    baseCurrency: company.base_currency as Currency,
    sentElsewhere: company.invoices_sent_elsewhere_at !== null,
    ledgerFigures:
      work.asked === null
        ? await loadLedgerFigures(tx, companyId)
        : new Map(work.asked.map((row) => [`${row.customerId} ${row.currency}`, row.minor])),
    ledgerAsked: work.asked !== null,
  });
  await savePositions(tx, companyId, members, positions, { today, now });
  duly.tally.positions += positions.length;
  return positions;
}

/** R15. A difference may only mean that something changed between two reads: then one more look decides. */
async function tieOut(duly: Duly, companyId: string, purpose: CallPurpose): Promise<void> {
  try {
    const { ledger } = await openLedger(duly, companyId, purpose);
    for (let look = 1; look <= 2; look += 1) {
      const asked = await ledger.receivables();
      const open = await inCompany(duly.db, companyId, (tx) => compareAll(duly, tx, companyId, asked));
      if (open === 0) return;
      if (look === 1) {
        await readChanges(duly, companyId, ledger);
        await inCompany(duly.db, companyId, async (tx) =>
          computeStale(tx, await getCompany(tx, companyId), duly.clock.now(), duly),
        );
      }
    }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId }, 'the ledger’s own sums could not be read');
    // a lost connection is a problem of its own, and said once
    if (error.kind === 'reconnect_needed') return noteLedgerError(duly, companyId, error);
    await inCompany(duly.db, companyId, async (tx) =>
      showUnreadSums(tx, await getCompany(tx, companyId), duly.clock.now(), error),
    );
  }
}

/** Compares every position with the ledger's figure and returns how many differ. */
async function compareAll(
  duly: Duly,
  tx: Tx,
  companyId: string,
  asked: readonly LedgerReceivable[],
): Promise<number> {
  const now = duly.clock.now();
  const company = await getCompany(tx, companyId);
  const stored = await loadPositions(tx, companyId);
  const everybody = [
    ...new Set([...stored.map((row) => row.customerId), ...asked.map((row) => row.customerId)]),
  ];
  const positions = await compute(tx, company, now, { stale: everybody, asked }, duly);
  await tx.updateTable('company').set({ tied_out_at: now }).where('company_id', '=', companyId).execute();
  await settleUnreadSums(tx, companyId, now);
  return positions.filter((position) => !position.tiesOut).length;
}
