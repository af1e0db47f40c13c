import type { Currency } from '../../../domain/currency.ts';
import { stepOf } from '../../../dunning/touch-step.ts';
import type { Tx } from '../../../platform/db.ts';
import type { OpenTouch } from '../../parts/next-step.ts';

/** A note of a touch, with the state of its way into the ledger. */
export interface NoteSeen {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly state: string;
  readonly failure: string | null;
  /** The ledger itself showed it to us. */
  readonly confirmed: boolean;
  /** How it was found to differ there: removed, changed, twice, missing; null: it does not. */
  readonly differs: string | null;
}

/** A touch as the timeline shows it. Amounts in minor units of `currency`. */
export interface TouchSeen extends OpenTouch {
  readonly currency: Currency;
  readonly stepName: string;
  readonly channel: string;
  /** It repeats one that was sent (IDM-11). */
  readonly repeats: boolean;
  readonly recipientName: string;
  readonly recipientEmail: string;
  /** A letter that may be in the post. */
  readonly isPrinted: boolean;
  readonly askMinor: number;
  readonly sentAt: Date | null;
  readonly delivery: string | null;
  readonly reason: string | null;
  readonly subject: string | null;
  readonly notes: readonly NoteSeen[];
}

/** A customer's touches by id, newest first, with subjects and notes: three statements, whatever their number. */
export async function readTouches(
  tx: Tx,
  companyId: string,
  customerId: string,
): Promise<ReadonlyMap<string, TouchSeen>> {
  const touches = await tx
    .selectFrom('touch')
    .leftJoin('message', (join) =>
      join
        .onRef('message.company_id', '=', 'touch.company_id')
        .onRef('message.touch_id', '=', 'touch.touch_id'),
    )
    .selectAll('touch')
    .select('message.subject')
    .where('touch.company_id', '=', companyId)
    .where('touch.customer_id', '=', customerId)
    .orderBy('touch.created_at', 'desc')
    .limit(100)
    .execute();
  const notes = await readNotes(
    tx,
    companyId,
    touches.map((touch) => touch.touch_id),
  );
  return new Map(
    touches.map((touch) => [
      touch.touch_id,
      {
        touchId: touch.touch_id,
        currency: touch.currency as Currency,
        state: touch.state,
        stepKey: touch.step_key,
        stepName: stepOf(touch).name,
        channel: touch.channel,
        repeats: touch.resend_of !== null,
        isPrinted: touch.printed_at !== null && touch.state === 'approved',
        plannedFor: touch.planned_for,
        recipientName: touch.recipient_name,
        recipientEmail: touch.recipient_email,
        askMinor: touch.ask_minor,
        sentAt: touch.sent_at,
        delivery: touch.delivery,
        reason: touch.state_reason,
        subject: touch.subject,
        notes: notes.get(touch.touch_id) ?? [],
      },
    ]),
  );
}

async function readNotes(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NoteSeen[]>> {
  if (touchIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('note')
    .leftJoin('invoice', (join) =>
      join
        .onRef('invoice.company_id', '=', 'note.company_id')
        .onRef('invoice.invoice_id', '=', 'note.invoice_id'),
    )
    .select(['note.touch_id', 'note.invoice_id', 'note.state', 'note.failure', 'invoice.number'])
    .select(['note.seen_in_ledger_at', 'note.differs'])
    .where('note.company_id', '=', companyId)
    .where('note.touch_id', 'in', touchIds)
    .orderBy('invoice.number')
    .execute();
  return Map.groupBy(
    rows.map((row) => ({
      touchId: row.touch_id,
      invoiceId: row.invoice_id,
      number: row.number,
      state: row.state,
      failure: row.failure,
      confirmed: row.seen_in_ledger_at !== null,
      differs: row.differs,
    })),
    (row) => row.touchId,
  );
}
