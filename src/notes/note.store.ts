import { record } from '../activity/activity.store.ts';
import { raiseProblem } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import type { PendingNote } from './due-notes.store.ts';
import { waitIsOver } from './waiting.store.ts';

type NoteOf = Pick<PendingNote, 'touchId' | 'invoiceId' | 'customerId'>;

/**
 * Writes down, before the call, that and with which text and key it is made: from here on it may stand in the ledger.
 */
export async function beginAttempt(tx: Tx, companyId: string, note: PendingNote, now: Date): Promise<void> {
  await tx
    .updateTable('note')
    .set({
      text: note.text,
      marker: note.marker,
      idempotency_key: note.idempotencyKey,
      generation: note.generation,
      attempts: note.attempts + 1,
      first_attempt_at: note.firstAttemptAt ?? now,
      unsure_since: note.unsureSince ?? now,
    })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', note.touchId)
    .where('invoice_id', '=', note.invoiceId)
    .execute();
}

/** The answer said for certain that this attempt wrote nothing: the note stands where it stood before it. */
export async function wroteNothing(tx: Tx, companyId: string, note: PendingNote): Promise<void> {
  await setState(tx, companyId, note, { unsure_since: note.unsureSince });
}

export async function noteWritten(
  tx: Tx,
  companyId: string,
  note: NoteOf,
  ledgerNoteId: string | null,
  now: Date,
): Promise<void> {
  await setState(tx, companyId, note, {
    state: 'written',
    written_at: now,
    ledger_note_id: ledgerNoteId,
    unsure_since: null,
    failure: null,
  });
  await record(tx, companyId, now, [
    {
      kind: 'note_written',
      actor: 'Duly',
      summary: 'The reminder stands as a note on the invoice in the ledger.',
      customerId: note.customerId,
      invoiceId: note.invoiceId,
      touchId: note.touchId,
    },
  ]);
  await resolveOne(tx, companyId, note, now);
  await waitIsOver(tx, companyId, now);
}

/** WB-08: there is nothing left to write on; said once, no error. */
export async function noteSkipped(
  tx: Tx,
  companyId: string,
  note: PendingNote,
  why: string,
  now: Date,
): Promise<void> {
  await setState(tx, companyId, note, { state: 'skipped', failure: why });
  await record(tx, companyId, now, [
    {
      kind: 'note_skipped',
      actor: 'Duly',
      summary: `No note was written: ${why}`,
      customerId: note.customerId,
      invoiceId: note.invoiceId,
      touchId: note.touchId,
    },
  ]);
  await resolveOne(tx, companyId, note, now);
}

/** The attempt did not succeed; `again` null: it won't, a person is told. The mail is never sent again (WB-03). */
export async function noteFailed(
  tx: Tx,
  companyId: string,
  note: PendingNote,
  why: string,
  again: Date | null,
  now: Date,
): Promise<void> {
  await setState(
    tx,
    companyId,
    note,
    again === null ? { state: 'failed', failure: why } : { next_attempt_at: again, failure: why },
  );
  if (again === null) {
    await record(tx, companyId, now, [
      {
        kind: 'note_failed',
        actor: 'Duly',
        summary: `The note could not be written: ${why}`,
        customerId: note.customerId,
        invoiceId: note.invoiceId,
        touchId: note.touchId,
      },
    ]);
  }
  await raiseProblem(tx, companyId, now, {
    kind: 'note_failed',
    subject: `${note.touchId} ${note.invoiceId}`,
    customerId: note.customerId,
    what: `A sent reminder does not stand as a note on its invoice yet: ${why}`,
    meaning: 'The customer has the message; only the ledger does not show it.',
    action:
      again === null
        ? 'Look at the invoice in the ledger; you can add the note by hand.'
        : 'Nothing for now: Duly tries again by itself.',
  });
}

async function setState(
  tx: Tx,
  companyId: string,
  note: NoteOf,
  set: {
    state?: string;
    written_at?: Date;
    ledger_note_id?: string | null;
    failure?: string | null;
    next_attempt_at?: Date;
    unsure_since?: Date | null;
  },
): Promise<void> {
  await tx
    .updateTable('note')
    .set(set)
    .where('company_id', '=', companyId)
    .where('touch_id', '=', note.touchId)
    .where('invoice_id', '=', note.invoiceId)
    .execute();
}

async function resolveOne(tx: Tx, companyId: string, note: NoteOf, now: Date): Promise<void> {
  await tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('kind', '=', 'note_failed')
    .where('subject', '=', `${note.touchId} ${note.invoiceId}`)
    .where('resolved_at', 'is', null)
    .execute();
}
