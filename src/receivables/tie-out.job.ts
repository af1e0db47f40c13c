import { readChanges } from '../books/changes.job.ts';
import { loadKnown } from '../books/known.store.ts';
import { sweepOpenInvoices } from '../books/sweep.job.ts';
import { getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import type { CallPurpose } from '../ports/call-gate.ts';
import type { LedgerReceivables } from '../ports/ledger.ts';
import { compareSums, differingKeys } from './tie-out.store.ts';
import { tieOutDue } from './tie-out.ts';
import { settleUnreadSums, showUnreadSums } from './unread-sums.store.ts';

/**
 * R15: asks the ledger for its own sums and lays them beside the positions. A difference may only mean that something
 * changed between two reads: then one more look decides. One that lasts may mean that a change never reached us: once,
 * all open invoices are read again before it is left on the page. `recompute` computes whatever is marked stale. A ledger
 * that does not answer leaves everything as it was, and is shown.
 */
export async function tieOut(
  duly: Duly,
  companyId: string,
  purpose: CallPurpose,
  recompute: () => Promise<void>,
): Promise<void> {
  try {
    const { ledger } = await openLedger(duly, companyId, purpose);
    const { known, before } = await inCompany(duly.db, companyId, async (tx) => ({
      known: await loadKnown(tx, companyId),
      before: await differingKeys(tx, companyId),
    }));
    const look = async (): Promise<ReadonlySet<string>> => {
      await recompute();
      await compare(duly, companyId, await ledger.receivables(known));
      // what differs is held, and what agrees again is let go
      await recompute();
      return await inCompany(duly.db, companyId, (tx) => differingKeys(tx, companyId));
    };
    if ((await look()).size === 0) return;
    await readChanges(duly, companyId, ledger);
    if ((await look()).isSubsetOf(before)) return;
    await sweepOpenInvoices(duly, companyId, ledger);
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

/** Whether the ledger is asked for its sums with this read. */
export async function isTieOutDue(duly: Duly, companyId: string): Promise<boolean> {
  return await inCompany(duly.db, companyId, async (tx) => {
    const { tied_out_at: tiedOutAt, books_changed_at: changedAt } = await getCompany(tx, companyId);
    const differs = (await differingKeys(tx, companyId)).size > 0;
    return tieOutDue({ tiedOutAt, changedAt, differs }, duly.clock.now());
  });
}

async function compare(duly: Duly, companyId: string, asked: LedgerReceivables): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    const { time_zone: zone } = await getCompany(tx, companyId);
    await compareSums(tx, companyId, asked, { today: dayAt(now, zone), now });
    await tx.updateTable('company').set({ tied_out_at: now }).where('company_id', '=', companyId).execute();
    await settleUnreadSums(tx, companyId, now);
  });
}
