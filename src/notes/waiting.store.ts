import { raiseProblem } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import type { LedgerError } from '../platform/errors.ts';
import { nextTry } from './note-retry.ts';

/**
 * The ledger takes no notes at all: all that are due get one next attempt and the reason, and together they are one
 * problem of the company, whatever their number.
 */
export async function notesWait(tx: Tx, companyId: string, error: LedgerError, now: Date): Promise<void> {
  const failure = `${error.kind.replaceAll('_', ' ')}: ${error.vendorSays}`;
  const at = nextTry(error, await waitingSince(tx, companyId), now);
  await tx
    .updateTable('note')
    .set({ next_attempt_at: at, failure })
    .where('company_id', '=', companyId)
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .execute();
  // what waits for our own share of a minute is written in the next one: no trouble of anybody's
  if (error.deferred) return;
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

/** Since when the ledger takes none; null: it does, as far as is known. */
export async function waitingSince(tx: Tx, companyId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('problem')
    .select('first_seen_at')
    .where('company_id', '=', companyId)
    .where('kind', '=', 'note_failed')
    .where('subject', '=', companyId)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  return row?.first_seen_at ?? null;
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
