import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

/** The closed list of what can happen; a page or a note may rely on it. */
export type ActivityKind =
  | 'connected'
  | 'disconnected'
  | 'reconnect_needed'
  | 'sync_completed'
  | 'mode_changed'
  | 'brand_changed'
  | 'policy_changed'
  | 'attested'
  | 'statement_taken_back'
  | 'hold_set'
  | 'hold_lifted'
  | 'promise_made'
  | 'promise_kept'
  | 'promise_part_kept'
  | 'promise_broken'
  | 'promise_reopened'
  | 'promise_withdrawn'
  | 'plan_agreed'
  | 'plan_completed'
  | 'plan_breached'
  | 'plan_reopened'
  | 'plan_withdrawn'
  | 'offer_made'
  | 'offer_accepted'
  | 'offer_lapsed'
  | 'offer_reopened'
  | 'offer_withdrawn'
  | 'debtor_type_set'
  | 'customer_people_set'
  | 'consequence_changed'
  | 'consequence_announced'
  | 'consequence_done'
  | 'consequence_withdrawn'
  | 'consequence_broken'
  | 'consequence_not_needed'
  /** Whoever answers for it was mailed that its day has come. */
  | 'consequence_owner_told'
  /** The message that announced it came back. */
  | 'consequence_unheard'
  | 'case_opened'
  | 'case_reopened'
  | 'case_closed'
  | 'payment_seen'
  | 'payment_taken_back'
  | 'credit_seen'
  | 'credit_taken_back'
  | 'invoice_raised'
  | 'invoice_lowered'
  | 'invoice_redated'
  | 'invoice_moved'
  | 'invoice_voided'
  | 'invoice_deleted'
  | 'invoice_reappeared'
  | 'customer_merged'
  | 'customer_inactive'
  | 'customer_active'
  | 'touch_planned'
  | 'touch_approved'
  | 'touch_cancelled'
  | 'touch_sent'
  | 'touch_failed'
  | 'touch_uncertain'
  | 'touch_delivered'
  | 'touch_bounced'
  | 'touch_moved'
  | 'touch_resent'
  | 'touch_done'
  /** A letter: from here on it may have been posted. */
  | 'touch_printed'
  | 'touch_not_posted'
  | 'copy_sent'
  | 'copy_failed'
  | 'copy_bounced'
  | 'sales_told'
  | 'note_written'
  | 'note_failed'
  | 'note_skipped';

export interface ActivityEntry {
  readonly kind: ActivityKind;
  /** A person's name, or `Duly`. */
  readonly actor: string;
  /** One plain sentence. */
  readonly summary: string;
  readonly customerId?: string | null;
  readonly invoiceId?: string | null;
  readonly caseId?: string | null;
  readonly touchId?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A statement holds 65,535 values at most, and a reading may have more to tell than that. */
const AT_ONCE = 1_000;

/** Appends to the record of what happened, in the transaction of what happened. Nothing can be changed later. */
export async function record(
  tx: Tx,
  companyId: string,
  now: Date,
  entries: readonly ActivityEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    await tx
      .insertInto('activity')
      .values(
        some.map((entry) => ({
          company_id: companyId,
          activity_id: newId(now),
          at: now,
          kind: entry.kind,
          actor: entry.actor,
          customer_id: entry.customerId ?? null,
          invoice_id: entry.invoiceId ?? null,
          case_id: entry.caseId ?? null,
          touch_id: entry.touchId ?? null,
          summary: entry.summary,
          data: JSON.stringify(entry.data ?? {}),
        })),
      )
      .execute();
  }
}
