import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import { answerRings } from '../companies/reading-wish.store.ts';
import type { Tx } from '../platform/db.ts';
import type { LedgerError } from '../platform/errors.ts';
import type { BooksPage } from '../ports/ledger.ts';

export interface SyncCursor {
  readonly cursor: string;
  readonly complete: boolean;
  /** When a reading last began that saw every row, or every open invoice, to its end. Null: never. */
  readonly full_read_at: Date | null;
  /** Since when somebody doubts the open invoices. Null: nobody does. */
  readonly sweep_asked_at: Date | null;
}

/** The cursor of books that are to be read anew and of which nothing was read yet. */
export const ANEW = 'anew';

/** Where reading continues; null: nothing was read yet. */
export async function getCursor(tx: Tx, companyId: string): Promise<SyncCursor | null> {
  const row = await tx
    .selectFrom('sync_cursor')
    .select(['cursor', 'complete', 'full_read_at', 'sweep_asked_at'])
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores the cursor with the page it belongs to: call it in the transaction that applied the page. */
export async function saveCursor(
  tx: Tx,
  companyId: string,
  state: { cursor: string; complete: boolean; fullReadAt: Date | null; now: Date },
): Promise<void> {
  const { cursor, complete, fullReadAt, now } = state;
  await tx
    .insertInto('sync_cursor')
    .values({ company_id: companyId, cursor, complete, full_read_at: fullReadAt, updated_at: now })
    .onConflict((oc) =>
      oc.column('company_id').doUpdateSet({
        cursor,
        complete,
        updated_at: now,
        ...(fullReadAt === null ? {} : { full_read_at: fullReadAt }),
      }),
    )
    .execute();
}

/** Changes can no longer tell what became of the rows: everything is read again with the next read (SYN-15). */
export async function askForReadingAnew(tx: Tx, companyId: string, now: Date): Promise<void> {
  await tx
    .updateTable('sync_cursor')
    .set({ cursor: ANEW, complete: false, updated_at: now })
    .where('company_id', '=', companyId)
    .execute();
}

/** Every open invoice was read. A doubt that came up meanwhile stays. */
export async function finishSweep(tx: Tx, companyId: string, startedAt: Date): Promise<void> {
  await tx
    .updateTable('sync_cursor')
    .set((eb) => ({
      full_read_at: startedAt,
      sweep_asked_at: eb
        .case()
        .when('sweep_asked_at', '>', startedAt)
        .then(eb.ref('sweep_asked_at'))
        .else(null)
        .end(),
    }))
    .where('company_id', '=', companyId)
    .execute();
}

export async function startFirstSync(tx: Tx, companyId: string): Promise<void> {
  await tx
    .updateTable('company')
    .set({ sync_state: 'running', sync_problem: null })
    .where('company_id', '=', companyId)
    .execute();
}

/**
 * Where a reading of everything stands after a page: its progress for people, and its cursor. The transaction does not
 * wait for the disk: what a crash of the database loses is the page and its cursor together, and the page is read again.
 */
export async function savePlace(tx: Tx, companyId: string, page: BooksPage, now: Date): Promise<void> {
  const { stage, rows, total } = page.progress;
  await sql`with shown as (
      update company set sync_stage = ${stage}, sync_rows = ${rows}, sync_rows_total = ${total}
      where company_id = ${companyId}
    )
    insert into sync_cursor (company_id, cursor, complete, updated_at)
    values (${companyId}, ${page.cursor}, false, ${now})
    on conflict (company_id) do update set cursor = excluded.cursor, complete = false, updated_at = excluded.updated_at
    returning set_config('synchronous_commit', 'off', true)`.execute(tx);
}

/** The last page's progress: the reading of everything is over. */
export async function showProgress(
  tx: Tx,
  companyId: string,
  { stage, rows, total }: BooksPage['progress'],
): Promise<void> {
  await tx
    .updateTable('company')
    .set({ sync_stage: stage, sync_rows: rows, sync_rows_total: total })
    .where('company_id', '=', companyId)
    .execute();
}

/** Where a reading began: the instant, and how often the doorbell had rung by then. */
interface Began {
  readonly at: Date;
  readonly rings: number;
}

/** The books were read to their end: they are as fresh as the moment at which the reading began. */
export async function finishRead(
  tx: Tx,
  companyId: string,
  began: Began,
  now: Date,
  first: boolean,
): Promise<void> {
  await tx
    .updateTable('company')
    .set({ sync_state: 'ready', sync_problem: null, books_read_at: began.at })
    .where('company_id', '=', companyId)
    .execute();
  await answerRings(tx, companyId, began.rings);
  await resolveProblems(tx, companyId, now, 'sync_failed');
  if (first) {
    await record(tx, companyId, now, [
      {
        kind: 'sync_completed',
        actor: 'Duly',
        summary: 'The books were read for the first time, from the first row to the last.',
      },
    ]);
  }
}

/** The ledger refused: said in words, the mirror and the cursor stay as they were. */
export async function failRead(
  tx: Tx,
  companyId: string,
  now: Date,
  error: LedgerError,
  first: boolean,
): Promise<void> {
  const words = `The ledger could not be read (${error.kind.replaceAll('_', ' ')}): ${error.vendorSays}`;
  await tx
    .updateTable('company')
    .set({ sync_problem: words, ...(first ? { sync_state: 'failed' as const } : {}) })
    .where('company_id', '=', companyId)
    .execute();
  // a lost connection is a problem of its own, and said once
  if (error.kind === 'reconnect_needed') return;
  await raiseProblem(tx, companyId, now, {
    kind: 'sync_failed',
    subject: companyId,
    what: words,
    meaning: 'No reminder goes out until the books have been read again without an error.',
    action: 'Nothing for now: Duly tries again by itself.',
  });
}
