import type { Tx } from '../../platform/db.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, isoOrNull } from './schema.ts';

type NoteDifference = 'removed' | 'changed' | 'twice' | 'missing';
type NoteState = 'pending' | 'written' | 'failed' | 'skipped';

const noteKeys: readonly Key[] = [
  { column: 'touch_id', holds: 'uuid' },
  { column: 'invoice_id', holds: 'text' },
];

export async function listNotes(
  tx: Tx,
  companyId: string,
  wish: PageWish & { state?: NoteState; touchId?: string; invoiceId?: string },
) {
  let query = tx
    .selectFrom('note')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(behind(wish, noteKeys));
  if (wish.state !== undefined) query = query.where('state', '=', wish.state);
  if (wish.touchId !== undefined) query = query.where('touch_id', '=', wish.touchId);
  if (wish.invoiceId !== undefined) query = query.where('invoice_id', '=', wish.invoiceId);
  const rows = await query.orderBy('touch_id').orderBy('invoice_id').limit(rowsWanted(wish)).execute();
  return pageOf(
    rows,
    wish,
    (row) => [row.touch_id, row.invoice_id],
    (row) => ({
      touchId: row.touch_id,
      invoiceId: row.invoice_id,
      state: row.state as NoteState,
      marker: row.marker,
      text: row.text,
      attempts: row.attempts,
      nextAttemptAt: iso(row.next_attempt_at),
      writtenAt: isoOrNull(row.written_at),
      ledgerNoteId: row.ledger_note_id,
      seenInLedgerAt: isoOrNull(row.seen_in_ledger_at),
      differs: row.differs as NoteDifference | null,
      failure: row.failure,
    }),
  );
}

const activityKeys: readonly Key[] = [{ column: 'activity_id', holds: 'uuid' }];

export async function listActivities(tx: Tx, companyId: string, wish: PageWish & { customerId?: string }) {
  let query = tx
    .selectFrom('activity')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(behind(wish, activityKeys));
  if (wish.customerId !== undefined) query = query.where('customer_id', '=', wish.customerId);
  const rows = await query.orderBy('activity_id').limit(rowsWanted(wish)).execute();
  return pageOf(
    rows,
    wish,
    (row) => [row.activity_id],
    (row) => ({
      activityId: row.activity_id,
      at: iso(row.at),
      kind: row.kind,
      actor: row.actor,
      customerId: row.customer_id,
      invoiceId: row.invoice_id,
      caseId: row.case_id,
      touchId: row.touch_id,
      summary: row.summary,
      data: row.data as unknown,
    }),
  );
}

const problemKeys: readonly Key[] = [{ column: 'problem_id', holds: 'uuid' }];

export async function listProblems(
  tx: Tx,
  companyId: string,
  wish: PageWish & { state?: 'open' | 'resolved' | 'all' },
) {
  let query = tx
    .selectFrom('problem')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(behind(wish, problemKeys));
  const state = wish.state ?? 'open';
  if (state === 'open') query = query.where('resolved_at', 'is', null);
  if (state === 'resolved') query = query.where('resolved_at', 'is not', null);
  const rows = await query.orderBy('problem_id').limit(rowsWanted(wish)).execute();
  return pageOf(
    rows,
    wish,
    (row) => [row.problem_id],
    (row) => ({
      problemId: row.problem_id,
      kind: row.kind,
      subject: row.subject,
      customerId: row.customer_id,
      what: row.what,
      meaning: row.meaning,
      action: row.action,
      firstSeenAt: iso(row.first_seen_at),
      lastSeenAt: iso(row.last_seen_at),
      resolvedAt: isoOrNull(row.resolved_at),
    }),
  );
}
