import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { getDocumentOf } from '../../policies/document.store.ts';
import type { PolicyDocument } from '../../policies/document.ts';
import { documentOf } from '../../policies/old-body.ts';
import { whatChangedInPolicy } from '../../policies/what-changed.ts';
import { iso } from './schema.ts';

const AT_ONCE = 20;

/** Versions of a company's policy, newest first. `after` is the version that the page before ended with. */
export async function listVersions(
  tx: Tx,
  companyId: string,
  { limit = AT_ONCE, after }: { readonly limit?: number; readonly after?: string },
) {
  const before = after === undefined ? null : Number(after);
  if (before !== null && !Number.isSafeInteger(before))
    throw new UserError('bad_input', '`after` is no version.', 'Send the `next` of the page before.');
  const most = Math.min(limit, AT_ONCE);
  let query = tx
    .selectFrom('policy')
    .select(['version', 'body', 'created_by', 'created_at'])
    .where('company_id', '=', companyId)
    .orderBy('version', 'desc')
    .limit(most + 1);
  if (before !== null) query = query.where('version', '<', before);
  const rows = await query.execute();
  const documents = rows.map((row) => documentOf(row.body, row.version));
  const items = rows.slice(0, most).map((row, index) => {
    const [is, was] = [documents[index], documents[index + 1]];
    return {
      version: row.version,
      inForce: before === null && index === 0,
      createdBy: row.created_by,
      createdAt: iso(row.created_at),
      body: is ?? documentOf(row.body, row.version),
      changes: is === undefined || was === undefined ? [] : whatChangedInPolicy(was, is),
    };
  });
  return { items, next: rows.length > most ? String(items.at(-1)?.version ?? '') : null };
}

/** One version of a company's policy. Throws UserError `not_found`. */
export async function readVersion(tx: Tx, companyId: string, version: number): Promise<PolicyDocument> {
  const document = await getDocumentOf(tx, companyId, version);
  if (document === null)
    throw new UserError(
      'not_found',
      'There is no such version of the policy.',
      'Look at the list of versions.',
    );
  return document;
}
