import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { raiseProblem } from '../activity/problem.store.ts';
import type { Currency } from '../domain/currency.ts';
import { type Day, dayAt, daysBetween } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { getPolicy } from '../policies/policy.store.ts';
import { noteKey, noteMarker, noteText } from './note-text.ts';
import { waitIsOver } from './waiting.store.ts';

export interface PendingNote {
  readonly touchId: string;
  readonly invoiceId: string;
  readonly customerId: string;
  readonly marker: string;
  readonly text: string;
  readonly idempotencyKey: string;
  readonly attempts: number;
  readonly firstAttemptAt: Date | null;
  readonly invoiceStatus: string | null;
}

/** Notes that are due, oldest first, each with its text written down before its first attempt. */
export async function dueNotes(
  tx: Tx,
  companyId: string,
  now: Date,
  limit: number,
  baseUrl: string,
): Promise<readonly PendingNote[]> {
  const policy = await getPolicy(tx, companyId);
  const { rows } = await sql<NoteRow>`
    select n.touch_id, n.invoice_id, n.text, n.attempts, n.first_attempt_at, t.customer_id, t.step_key, t.sent_at, t.currency,
      t.ask_minor, t.recipient_name, t.recipient_email, m.from_name, ti.open_minor, ti.days_late, ti.step_key as own_step,
      i.status as invoice_status, i.due_on, c.country, c.time_zone,
      (select count(*) from touch_invoice o where o.company_id = n.company_id and o.touch_id = n.touch_id) as invoice_count
    from note n
    join touch t on t.company_id = n.company_id and t.touch_id = n.touch_id
    join touch_invoice ti on ti.company_id = n.company_id and ti.touch_id = n.touch_id and ti.invoice_id = n.invoice_id
    join company c on c.company_id = n.company_id
    left join message m on m.company_id = n.company_id and m.touch_id = n.touch_id
    left join invoice i on i.company_id = n.company_id and i.invoice_id = n.invoice_id
    where n.company_id = ${companyId} and n.state = 'pending' and n.next_attempt_at <= ${now}
    order by n.next_attempt_at, n.touch_id, n.invoice_id limit ${limit}`.execute(tx);
  return rows.map((row) => {
    const marker = noteMarker(row.touch_id, row.invoice_id);
    const sentOn = dayAt(row.sent_at ?? now, row.time_zone);
    const text =
      row.text ||
      noteText({
        sender: row.from_name ?? 'Duly',
        stepName: policy.steps.find((step) => step.key === row.step_key)?.name ?? 'reminder',
        recipientName: row.recipient_name,
        recipientEmail: row.recipient_email,
        sentOn,
        currency: row.currency as Currency,
        locale: localeOf(row.country),
        openMinor: row.open_minor,
        // as of the day it was sent: it may have waited for its release
        daysLate: row.due_on === null ? row.days_late : Math.max(0, daysBetween(row.due_on, sentOn)),
        askMinor: row.ask_minor,
        invoiceCount: row.invoice_count,
        listedOnly: row.own_step === 'listed',
        link: `${baseUrl}/companies/${companyId}/touches/${row.touch_id}`,
        marker,
      });
    return {
      touchId: row.touch_id,
      invoiceId: row.invoice_id,
      customerId: row.customer_id,
      marker,
      text,
      idempotencyKey: noteKey(row.touch_id, row.invoice_id),
      attempts: row.attempts,
      firstAttemptAt: row.first_attempt_at,
      invoiceStatus: row.invoice_status,
    };
  });
}

interface NoteRow {
  readonly touch_id: string;
  readonly invoice_id: string;
  readonly text: string;
  readonly attempts: number;
  readonly first_attempt_at: Date | null;
  readonly customer_id: string;
  readonly step_key: string;
  readonly sent_at: Date | null;
  readonly currency: string;
  readonly ask_minor: number;
  readonly recipient_name: string;
  readonly recipient_email: string;
  readonly from_name: string | null;
  readonly open_minor: number;
  readonly days_late: number;
  readonly own_step: string;
  readonly invoice_status: string | null;
  readonly due_on: Day | null;
  readonly country: string;
  readonly time_zone: string;
  readonly invoice_count: number;
}

/** Writes down, before the call, that and with which text and key it is made. */
export async function beginAttempt(tx: Tx, companyId: string, note: PendingNote, now: Date): Promise<void> {
  await tx
    .updateTable('note')
    .set({
      text: note.text,
      marker: note.marker,
      idempotency_key: note.idempotencyKey,
      attempts: note.attempts + 1,
      first_attempt_at: note.firstAttemptAt ?? now,
    })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', note.touchId)
    .where('invoice_id', '=', note.invoiceId)
    .execute();
}

export async function noteWritten(
  tx: Tx,
  companyId: string,
  note: PendingNote,
  ledgerNoteId: string | null,
  now: Date,
): Promise<void> {
  await setState(tx, companyId, note, {
    state: 'written',
    written_at: now,
    ledger_note_id: ledgerNoteId,
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
  note: PendingNote,
  set: {
    state?: string;
    written_at?: Date;
    ledger_note_id?: string | null;
    failure?: string | null;
    next_attempt_at?: Date;
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

async function resolveOne(tx: Tx, companyId: string, note: PendingNote, now: Date): Promise<void> {
  await tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('kind', '=', 'note_failed')
    .where('subject', '=', `${note.touchId} ${note.invoiceId}`)
    .where('resolved_at', 'is', null)
    .execute();
}
