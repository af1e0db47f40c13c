import { getCompany } from '../companies/company.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import { saveProfile } from '../companies/profile.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import type { Ledger } from '../ports/ledger.ts';
import { applyPage } from './mirror.store.ts';
import { settleNameless } from './rejected.store.ts';
import * as state from './sync-state.store.ts';

/** One daily change read is due when the last one is older than this; less than a day, so that it never slips. */
const DAILY_READ_MS = 23 * 3_600_000;
/** R14: the company's profile is read with the first read of a day. */
const PROFILE_MS = 20 * 3_600_000;

/**
 * Stage 2: brings the mirror up to date if that is due, and passes on to the reconciler. A ledger that refuses
 * leaves mirror and cursor as they were; the timer tries again.
 */
export async function sync(
  duly: Duly,
  { companyId, read = false, purpose = 'background' }: JobPayload,
): Promise<void> {
  const now = duly.clock.now();
  const { company, cursor } = await inCompany(duly.db, companyId, async (tx) => ({
    company: await getCompany(tx, companyId),
    cursor: await state.getCursor(tx, companyId),
  }));
  const first = cursor === null || !cursor.complete;
  const age =
    company.books_read_at === null
      ? Number.POSITIVE_INFINITY
      : now.getTime() - company.books_read_at.getTime();
  const due = first || read || age >= DAILY_READ_MS;
  try {
    if (due) {
      const { ledger } = await openLedger(duly, companyId, first ? 'first' : purpose);
      if (first) await readFirst(duly, companyId, ledger, cursor?.cursor ?? null);
      else {
        await readChanges(duly, companyId, ledger);
        const readAt = company.profile_read_at?.getTime() ?? 0;
        if (now.getTime() - readAt >= PROFILE_MS) await refreshProfile(duly, companyId, ledger);
      }
      duly.tally.synced += 1;
    }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId }, 'the ledger could not be read');
    await inCompany(duly.db, companyId, (tx) => state.failRead(tx, companyId, now, error, first));
    await noteLedgerError(duly, companyId, error);
    // the books of yesterday decide nothing new, but a hold that a person sets today still counts
    if (first) return;
  }
  await inCompany(duly.db, companyId, (tx) =>
    addJob(tx, 'reconcile', { companyId, read: due, purpose: first ? 'first' : purpose }),
  );
}

async function readFirst(
  duly: Duly,
  companyId: string,
  ledger: Ledger,
  resumeFrom: string | null,
): Promise<void> {
  const startedAt = duly.clock.now();
  await inCompany(duly.db, companyId, (tx) => state.startFirstSync(tx, companyId));
  await readProfile(duly, companyId, ledger);
  for await (const page of ledger.readAll(resumeFrom)) {
    const now = duly.clock.now();
    await inCompany(duly.db, companyId, async (tx) => {
      await applyPage(tx, companyId, page, { now, first: true, startedAt });
      await state.saveProgress(tx, companyId, page.progress);
      await state.saveCursor(tx, companyId, {
        cursor: page.cursor,
        complete: page.done,
        fullReadAt: page.done ? startedAt : null,
        now,
      });
      if (!page.done) return;
      // what an earlier, interrupted part of this reading rejected was not read again
      if (resumeFrom === null) await settleNameless(tx, companyId, startedAt);
      await state.finishRead(tx, companyId, startedAt, now, true);
      await state.showRejectedRows(tx, companyId, now);
    });
  }
}

async function readProfile(duly: Duly, companyId: string, ledger: Ledger): Promise<void> {
  const profile = await ledger.profile();
  await inCompany(duly.db, companyId, (tx) => saveProfile(tx, companyId, profile, duly.clock.now()));
}

/** The books were read already: a profile that can't be read keeps its last state and is asked for with the next read. */
async function refreshProfile(duly: Duly, companyId: string, ledger: Ledger): Promise<void> {
  try {
    await readProfile(duly, companyId, ledger);
  } catch (error) {
    if (!(error instanceof LedgerError) || error.kind === 'reconnect_needed') throw error;
    duly.log.warn({ err: error, companyId }, 'the company’s profile could not be read');
  }
}

/**
 * Reads what changed since the stored cursor; `confirm` names invoices whose present state the caller must know
 * (R9). Throws LedgerError; the pages that were applied until then stay applied, their cursor with them.
 */
export async function readChanges(
  duly: Duly,
  companyId: string,
  ledger: Ledger,
  confirm: readonly string[] = [],
): Promise<void> {
  const startedAt = duly.clock.now();
  const from = await inCompany(duly.db, companyId, (tx) => state.getCursor(tx, companyId));
  if (from === null || !from.complete)
    throw new LedgerError('unavailable', 'the first sync has not finished yet');
  for await (const page of ledger.readChanges(from.cursor, confirm)) {
    const now = duly.clock.now();
    await inCompany(duly.db, companyId, async (tx) => {
      await applyPage(tx, companyId, page, { now, first: false, startedAt });
      await state.saveCursor(tx, companyId, { cursor: page.cursor, complete: true, fullReadAt: null, now });
      if (!page.done) return;
      await state.finishRead(tx, companyId, startedAt, now, false);
      await state.showRejectedRows(tx, companyId, now);
    });
  }
}
