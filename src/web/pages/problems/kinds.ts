import type { Problem } from '../../../activity/problem.store.ts';
import { capital } from '../../words.ts';

type Kind = Problem['kind'];

/** What each kind is called above its entries, in the order in which a person should look: what stops most comes first. */
const named: readonly (readonly [Kind, string])[] = [
  ['connection', 'Connection'],
  ['connection_expires', 'Connection ends soon'],
  ['sync_failed', 'Books not read'],
  ['ledger_reminders_on', 'The ledger reminds too'],
  ['mail_blocked', 'Mail is blocked'],
  ['job_failed', 'Work that failed'],
  ['row_unreadable', 'Can’t be read'],
  ['does_not_tie_out', 'Sums that differ'],
  ['reply_waiting', 'Replies that wait'],
  ['promise_broken', 'Broken promises'],
  ['plan_breached', 'Plans not kept'],
  ['consequence_broken', 'Announced and not done'],
  ['consequence_due', 'Announced, and its day has come'],
  ['tell_withdrawn', 'Withdrawn, and not told'],
  ['letter_printed', 'Printed letters that wait'],
  ['credit_the_rest', 'Credit the rest'],
  ['sequence_finished', 'Sequence finished'],
  ['nothing_allowed', 'Nothing is allowed'],
  ['credit_covers', 'Credit covers the debt'],
  ['no_recipient', 'No address'],
  ['no_postal_address', 'No postal address'],
  ['no_email_address', 'No address for what is due'],
  ['address_bounces', 'Address bounces'],
  ['phone_wrong', 'Wrong number'],
  ['send_uncertain', 'Not known whether sent'],
  ['send_failed', 'Not sent'],
  ['never_sent', 'Invoice never sent'],
  ['no_due_date', 'No due date'],
  ['credit_unapplied', 'Credit not applied'],
  ['terms_differ', 'Other terms than usual'],
  ['reference_missing', 'Order number missing'],
  ['sent_late', 'Sent late'],
  ['note_failed', 'Note not written'],
  ['note_missing', 'Note missing'],
  ['note_differs', 'Note changed'],
];

export const kindOrder: readonly string[] = named.map(([kind]) => kind);

const words: ReadonlyMap<string, string> = new Map(named);

/** The kind as a heading. One that has no name here is said in its own words. */
export function kindWords(kind: string): string {
  return words.get(kind) ?? capital(kind.replaceAll('_', ' '));
}
