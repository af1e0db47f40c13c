import type { Tx } from '../platform/db.ts';
import { type Policy, standardPolicy } from './policy.ts';

/** The policy in force: the highest version. Throws when the company has none (it gets one when it connects). */
export async function getPolicy(tx: Tx, companyId: string): Promise<Policy> {
  const row = await tx
    .selectFrom('policy')
    .select(['version', 'body'])
    .where('company_id', '=', companyId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { ...(row.body as unknown as Omit<Policy, 'version'>), version: row.version };
}

/** Gives a company that has no policy yet the standard one, as version 1. */
export async function ensurePolicy(tx: Tx, companyId: string, by: string, now: Date): Promise<void> {
  await tx
    .insertInto('policy')
    .values({
      company_id: companyId,
      version: 1,
      body: JSON.stringify(standardPolicy),
      created_by: by,
      created_at: now,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
