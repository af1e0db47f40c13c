import { record } from '../activity/activity.store.ts';
import { resolveProblem } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { bccSubject } from './bcc.ts';

const ADDRESS = /^[^\s@<>(),;:"\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/**
 * CON-05: where a copy of every message goes, of which its reader is not told; empty or null: nowhere. Throws UserError
 * bad_input (field `bccEmail`) when it is no address.
 */
export async function setBccEmail(
  tx: Tx,
  companyId: string,
  typed: string | null,
  by: string,
  now: Date,
): Promise<void> {
  const email = typed === null || typed.trim() === '' ? null : typed.trim();
  if (email !== null && (email.length > 254 || !ADDRESS.test(email)))
    throw new UserError(
      'bad_input',
      'That is not an e-mail address.',
      'Write one, as name@example.com, or leave it empty.',
      'bccEmail',
    );
  // a dead address that nothing is copied to any more needs nobody's attention
  const { bcc_email: before } = await tx
    .selectFrom('company')
    .select('bcc_email')
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const changed = await tx
    .updateTable('company')
    .set({ bcc_email: email })
    .where('company_id', '=', companyId)
    .where('bcc_email', 'is distinct from', email)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  if (before !== null) await resolveProblem(tx, companyId, now, 'address_bounces', bccSubject(before));
  await record(tx, companyId, now, [
    {
      kind: 'brand_changed',
      actor: by,
      summary:
        email === null
          ? 'No blind copies are sent any more.'
          : `A blind copy of every message goes to ${email}.`,
      data: { fields: ['bccEmail'] },
    },
  ]);
}
