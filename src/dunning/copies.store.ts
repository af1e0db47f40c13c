import type { Contact } from '../domain/books.ts';
import type { Tx } from '../platform/db.ts';
import { type Copy, copiesFor } from './copies.ts';
import type { TouchRow } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

/** Who else gets the message of this touch, as the books and the settings say. */
export async function copiesOf(
  tx: Tx,
  companyId: string,
  touch: Pick<TouchRow, 'customer_id' | 'recipient_email' | 'resend_of' | 'step' | 'step_key'>,
): Promise<readonly Copy[]> {
  const row = await tx
    .selectFrom('customer as c')
    .innerJoin('company as o', 'o.company_id', 'c.company_id')
    .select(['c.contacts', 'c.escalation_name', 'c.escalation_email', 'o.bcc_email'])
    .where('c.company_id', '=', companyId)
    .where('c.customer_id', '=', touch.customer_id)
    .executeTakeFirst();
  if (row === undefined) return [];
  return copiesFor({
    recipients: stepOf(touch).recipients,
    recipientEmail: touch.recipient_email,
    contacts: row.contacts as unknown as readonly Contact[],
    escalation:
      row.escalation_email === null ? null : { name: row.escalation_name ?? '', email: row.escalation_email },
    bccEmail: row.bcc_email,
    repeats: touch.resend_of !== null,
  });
}
