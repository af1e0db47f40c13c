import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import { type Day, dayAt, daysBetween } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import { outcomeWords, readOutcome } from '../dunning/done.ts';
import { instalmentStep } from '../dunning/instalment.ts';
import { stepOf } from '../dunning/touch-step.ts';
import type { Duly } from '../platform/context.ts';
import type { Crypto } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';
import { type Made, noteKey, noteMarker, noteText } from './note-text.ts';
import { waitingSince } from './waiting.store.ts';

export interface PendingNote {
  readonly touchId: string;
  readonly invoiceId: string;
  readonly customerId: string;
  readonly marker: string;
  readonly text: string;
  readonly idempotencyKey: string;
  readonly attempts: number;
  readonly firstAttemptAt: Date | null;
  /** Since when it may stand in the ledger although no answer said so; null: it surely does not. */
  readonly unsureSince: Date | null;
  /** Of the key, from 1. */
  readonly generation: number;
  readonly invoiceStatus: string | null;
}

/** The same note with a key that the vendor has never seen: text and marker stay. */
export function nextGeneration(note: PendingNote): PendingNote {
  const generation = note.generation + 1;
  return {
    ...note,
    generation,
    idempotencyKey: noteKey(note.touchId, note.invoiceId, generation),
    attempts: note.attempts + 1,
  };
}

/**
 * Notes that are due, the least tried first, so that one which the ledger never takes stands in nobody's way. While the
 * ledger takes none at all, it is tried with a note that may stand there already: each further one would cost reads
 * later. How often doubles with their number (two tries with the only one, four with each of two, ...), because it might
 * be those alone that fail. From the first attempt on text, marker and key are what was stored then, to the byte: a
 * vendor refuses a key that comes back with another text.
 */
export async function dueNotes(
  tx: Tx,
  companyId: string,
  now: Date,
  limit: number,
  duly: Pick<Duly, 'crypto' | 'config'>,
): Promise<readonly PendingNote[]> {
  const takesNone = (await waitingSince(tx, companyId)) !== null;
  const { rows } = await sql<NoteRow>`
    select n.touch_id, n.invoice_id, n.text, n.marker as stored_marker, n.idempotency_key, n.attempts, n.first_attempt_at, n.unsure_since,
      n.generation, t.customer_id, t.step_key, t.step, t.done_by, t.outcome, t.approved_by, t.sent_at, t.currency,
      r.sent_at as first_sent_at,
      t.ask_minor, t.recipient_name, t.recipient_email, m.from_name, ti.open_minor, ti.days_late, ti.step_key as own_step,
      i.status as invoice_status, i.due_on, c.country, c.time_zone,
      (select count(*) from touch_invoice o where o.company_id = n.company_id and o.touch_id = n.touch_id) as invoice_count
    from note n
    join touch t on t.company_id = n.company_id and t.touch_id = n.touch_id
    join touch_invoice ti on ti.company_id = n.company_id and ti.touch_id = n.touch_id and ti.invoice_id = n.invoice_id
    join company c on c.company_id = n.company_id
    left join touch r on r.company_id = t.company_id and r.touch_id = t.resend_of
    left join message m on m.company_id = n.company_id and m.touch_id = n.touch_id
    left join invoice i on i.company_id = n.company_id and i.invoice_id = n.invoice_id
    where n.company_id = ${companyId} and n.state = 'pending' and n.next_attempt_at <= ${now}
    order by ${takesNone} and n.unsure_since is not null
        and n.attempts < power(2, least(8, count(*) filter (where n.unsure_since is not null) over ())) desc,
      n.attempts, n.next_attempt_at, n.touch_id, n.invoice_id limit ${limit}`.execute(tx);
  return rows.map((row) => {
    const marker = row.stored_marker || newMarker(duly.crypto, companyId, row.touch_id, row.invoice_id);
    const sentOn = dayAt(row.sent_at ?? now, row.time_zone);
    const text =
      row.text ||
      noteText({
        sender: row.from_name ?? 'Duly',
        stepName: stepOf(row).name,
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
        ofPlan: row.step_key === instalmentStep.key,
        made: madeOf(row),
        link: `${duly.config.baseUrl}/companies/${companyId}/touches/${row.touch_id}`,
        marker,
      });
    return {
      touchId: row.touch_id,
      invoiceId: row.invoice_id,
      customerId: row.customer_id,
      marker,
      text,
      idempotencyKey: row.idempotency_key || noteKey(row.touch_id, row.invoice_id, row.generation),
      generation: row.generation,
      unsureSince: row.unsure_since,
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
  readonly stored_marker: string;
  readonly idempotency_key: string;
  readonly generation: number;
  readonly unsure_since: Date | null;
  readonly attempts: number;
  readonly first_attempt_at: Date | null;
  readonly customer_id: string;
  readonly step_key: string;
  readonly step: unknown;
  readonly done_by: string | null;
  readonly outcome: unknown;
  readonly approved_by: string | null;
  /** Of the touch that it repeats; null: it repeats none. */
  readonly first_sent_at: Date | null;
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

function madeOf(row: NoteRow): Made {
  const outcome = readOutcome(row.outcome);
  if (outcome !== null)
    return { kind: outcome.channel, by: row.done_by ?? 'a person', how: outcomeWords(outcome) };
  if (row.first_sent_at === null) return { kind: 'mail', repeats: null };
  const on = dayAt(row.first_sent_at, row.time_zone);
  return { kind: 'mail', repeats: { on, by: row.approved_by ?? 'a person' } };
}

function newMarker(crypto: Crypto, companyId: string, touchId: string, invoiceId: string): string {
  const seal = crypto.lookupHash(`note:${companyId}:${touchId}:${invoiceId}`).toString('hex').slice(0, 12);
  return noteMarker(touchId, invoiceId, seal);
}
