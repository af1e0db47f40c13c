import { record } from '../../../activity/activity.store.ts';
import { randomText } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/db.ts';
import { tokenFor } from './link-token.ts';

export interface StoredLink {
  readonly token: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** The public address of the company's policy; null: there is none. */
export async function readLink(tx: Tx, companyId: string): Promise<StoredLink | null> {
  const row = await tx
    .selectFrom('policy_link')
    .select(['token', 'created_by', 'created_at'])
    .where('company_id', '=', companyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { token: row.token, createdBy: row.created_by, createdAt: row.created_at };
}

/** P28: gives the policy a public address; the one that stands stays when there is one. */
export async function makeLink(tx: Tx, companyId: string, by: string, now: Date): Promise<void> {
  const token = tokenFor(companyId, randomText(16));
  const added = await tx
    .insertInto('policy_link')
    .values({ company_id: companyId, token, created_by: by, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if ((added.numInsertedOrUpdatedRows ?? 0n) === 0n) return;
  await record(tx, companyId, now, [
    { kind: 'policy_changed', actor: by, summary: `${by} gave the policy a public address.`, data: {} },
  ]);
}

/** The address leads nowhere from now on; a new one is another. */
export async function revokeLink(tx: Tx, companyId: string, by: string, now: Date): Promise<void> {
  const taken = await tx
    .updateTable('policy_link')
    .set({ revoked_by: by, revoked_at: now })
    .where('company_id', '=', companyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return;
  await record(tx, companyId, now, [
    { kind: 'policy_changed', actor: by, summary: `${by} took the policy’s public address back.`, data: {} },
  ]);
}

/** Whether the token is one of the company that it names, and not taken back. */
export async function isLinkInForce(tx: Tx, companyId: string, token: string): Promise<boolean> {
  const row = await tx
    .selectFrom('policy_link')
    .select('token')
    .where('company_id', '=', companyId)
    .where('token', '=', token)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
