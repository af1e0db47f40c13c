import { raiseProblem } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import type { LedgerError } from '../platform/errors.ts';
import type { PendingNote } from './note.store.ts';
import { fateOf } from './note-retry.ts';

/** When the refusal says nothing about when to come back. */
const PLAIN_WAIT_MS = 5 * 60_000;

/**
 * Notes that wait because the ledger takes none at all: each gets its next attempt and the reason, and together they
 * are one problem of the company, whatever their number. `attempts` of a note: those that were made.
 */
export async function notesWait(
  tx: Tx,
  companyId: string,
  notes: readonly PendingNote[],
  error: LedgerError,
  now: Date,
): Promise<void> {
  const failure = `${error.kind.replaceAll('_', ' ')}: ${error.vendorSays}`;
  for (const note of notes) {
    const fate = fateOf(error, note.attempts, now);
    await tx
      .updateTable('note')
      .set({
        next_attempt_at: fate.kind === 'again' ? fate.at : new Date(now.getTime() + PLAIN_WAIT_MS),
        failure,
      })
      .where('company_id', '=', companyId)
      .where('touch_id', '=', note.touchId)
      .where('invoice_id', '=', note.invoiceId)
      .execute();
  }
  const count = await pendingCount(tx, companyId);
  if (count === 0) return;
  await raiseProblem(tx, companyId, now, {
    kind: 'note_failed',
    subject: companyId,
    what: `${count === 1 ? 'One note waits' : `${count} notes wait`} to be written into the ledger: ${failure}`,
    meaning: 'The customers have the messages; only the ledger does not show them yet.',
    action:
      error.kind === 'reconnect_needed'
        ? 'Reconnect the company.'
        : 'Nothing for now: Duly tries again by itself.',
  });
}

/** The ledger takes notes again. */
export async function waitIsOver(tx: Tx, companyId: string, now: Date): Promise<void> {
  await tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('kind', '=', 'note_failed')
    .where('subject', '=', companyId)
    .where('resolved_at', 'is', null)
    .execute();
}

/** Nothing waits any more, for whatever reason. */
export async function endEmptyWait(tx: Tx, companyId: string, now: Date): Promise<void> {
  if ((await pendingCount(tx, companyId)) === 0) await waitIsOver(tx, companyId, now);
}

async function pendingCount(tx: Tx, companyId: string): Promise<number> {
  const row = await tx
    .selectFrom('note')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('company_id', '=', companyId)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
