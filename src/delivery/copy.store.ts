import type { Selectable } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { bccSubject } from '../companies/bcc.ts';
import { copiesOf } from '../dunning/copies.store.ts';
import type { TouchRow } from '../dunning/touch.store.ts';
import type { Tx } from '../platform/db.ts';
import type { TouchCopy } from '../platform/db-types.ts';
import { newId } from '../platform/ids.ts';
import type { OutgoingMail } from '../ports/mailer.ts';
import { bounceSubject } from '../receivables/own-faults.ts';

export type CopyRow = Selectable<TouchCopy>;

/** Makes out the copies of a message that was accepted, in the transaction that says so; asked again it changes nothing. */
export async function oweCopies(tx: Tx, companyId: string, touch: TouchRow, now: Date): Promise<void> {
  const wanted = await copiesOf(tx, companyId, touch);
  if (wanted.length === 0) return;
  const dead = await deadAddresses(tx, companyId, touch.customer_id);
  const copies = wanted.filter(
    ({ email, why }) =>
      !dead.has(why === 'blind' ? bccSubject(email) : bounceSubject(touch.customer_id, email)),
  );
  if (copies.length === 0) return;
  await tx
    .insertInto('touch_copy')
    .values(
      copies.map((copy) => ({
        company_id: companyId,
        touch_id: touch.touch_id,
        copy_id: newId(now),
        ...copy,
        next_attempt_at: now,
        created_at: now,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** S9: addresses that nothing more is sent to, until a person has put them right, by the subject of their problem. */
async function deadAddresses(tx: Tx, companyId: string, customerId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('problem')
    .select('subject')
    .where('company_id', '=', companyId)
    .where('kind', '=', 'address_bounces')
    .where('resolved_at', 'is', null)
    .where((eb) => eb.or([eb('customer_id', '=', customerId), eb('customer_id', 'is', null)]))
    .execute();
  return new Set(rows.map(({ subject }) => subject));
}

/** Copies that did not reach their end and whose time has come, oldest first. */
export async function openCopies(tx: Tx, companyId: string, now: Date): Promise<readonly CopyRow[]> {
  return await tx
    .selectFrom('touch_copy')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('state', 'in', ['waiting', 'reserved', 'uncertain'])
    .where('next_attempt_at', '<=', now)
    .orderBy('created_at')
    .orderBy('copy_id')
    .limit(200)
    .execute();
}

type CopyState = 'waiting' | 'reserved' | 'sent' | 'failed' | 'uncertain' | 'cancelled';
export type CopyMove = { readonly state: CopyState } & Partial<
  Pick<
    CopyRow,
    | 'state_reason'
    | 'next_attempt_at'
    | 'attempts'
    | 'lookups'
    | 'reserved_at'
    | 'sent_at'
    | 'provider_message_id'
  >
>;

/** Moves a copy on; false when somebody else moved it since it was read. */
export async function moveCopy(tx: Tx, companyId: string, copy: CopyRow, to: CopyMove): Promise<boolean> {
  const moved = await tx
    .updateTable('touch_copy')
    .set(to)
    .where('company_id', '=', companyId)
    .where('copy_id', '=', copy.copy_id)
    .where('state', '=', copy.state)
    .returning('touch_id')
    .executeTakeFirst();
  return moved !== undefined;
}

/** The message of a touch, to the byte as it was sent, made out to somebody else. Null: none was kept. */
export async function copyMail(tx: Tx, companyId: string, copy: CopyRow): Promise<OutgoingMail | null> {
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', copy.touch_id)
    .executeTakeFirst();
  if (message === undefined) return null;
  return {
    kind: 'copy',
    touchId: copy.copy_id,
    companyId,
    from: { name: message.from_name, email: message.from_email },
    to: { name: copy.name, email: copy.email },
    replyTo: message.reply_to,
    subject: message.subject,
    html: message.html,
    text: message.text,
    messageId: `${copy.copy_id}@${message.from_email.split('@')[1] ?? 'localhost'}`,
    inReplyTo: null,
    references: [],
  };
}

/** Writes down in the customer's record what became of a copy. */
export async function tellCopy(
  tx: Tx,
  companyId: string,
  copy: CopyRow,
  kind: 'copy_sent' | 'copy_failed',
  why: string,
  now: Date,
): Promise<void> {
  const touch = await tx
    .selectFrom('touch')
    .select(['customer_id', 'case_id'])
    .where('company_id', '=', companyId)
    .where('touch_id', '=', copy.touch_id)
    .executeTakeFirst();
  const who = copy.name === '' ? copy.email : `${copy.name} (${copy.email})`;
  await record(tx, companyId, now, [
    {
      kind,
      actor: 'Duly',
      summary: kind === 'copy_sent' ? `A copy went to ${who}: ${why}.` : `No copy went to ${who}: ${why}`,
      customerId: touch?.customer_id ?? null,
      caseId: touch?.case_id ?? null,
      touchId: copy.touch_id,
    },
  ]);
}
