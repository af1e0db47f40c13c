import { record } from '../activity/activity.store.ts';
import { markEverybody } from '../companies/plan-due.store.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { checkDocument } from './check-document.ts';
import type { PolicyBody, PolicyDocument } from './document.ts';
import { refuseFaults } from './fault.ts';
import { documentOf } from './old-body.ts';
import { standard } from './presets/standard.ts';
import { whatChangedInPolicy } from './what-changed.ts';

/** The policy document in force: the highest version. Throws when the company has none (it gets one when it connects). */
export async function getDocument(tx: Tx, companyId: string): Promise<PolicyDocument> {
  const row = await tx
    .selectFrom('policy')
    .select(['version', 'body'])
    .where('company_id', '=', companyId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return documentOf(row.body, row.version);
}

/** One version of the policy, in force or not; without a number the one in force. Null: there is no such version. */
export async function getDocumentOf(
  tx: Tx,
  companyId: string,
  version?: number,
): Promise<PolicyDocument | null> {
  const row = await tx
    .selectFrom('policy')
    .select(['version', 'body'])
    .where('company_id', '=', companyId)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : documentOf(row.body, row.version);
}

/** Some versions of the policy, in no order; what does not exist is left out. */
export async function getDocuments(
  tx: Tx,
  companyId: string,
  versions: readonly number[],
): Promise<readonly PolicyDocument[]> {
  const rows = await tx
    .selectFrom('policy')
    .select(['version', 'body'])
    .where('company_id', '=', companyId)
    .where('version', 'in', [...new Set(versions)])
    .execute();
  return rows.map((row) => documentOf(row.body, row.version));
}

/** Gives a company that has no policy yet one to start with, as version 1: Standard unless it is said otherwise. */
export async function ensurePolicy(
  tx: Tx,
  companyId: string,
  by: string,
  now: Date,
  body: PolicyBody = standard,
): Promise<void> {
  await addVersion(tx, companyId, { ...body, version: 1 }, by, now);
  // from here on the company is planned
  await markEverybody(tx, companyId);
}

export interface PolicyChange {
  /** The version that the change was made from. */
  readonly expectedVersion: number;
  readonly document: PolicyBody;
}

/**
 * SEQ-17, SEQ-18: a new version of the whole policy, with its author and what changed in words; the next plan follows
 * it, except where a touch of before still stands. Nothing is written when nothing differs. Throws UserError
 * `bad_input` with every fault when the policy could not be carried out (SEQ-12), `conflict` when somebody else changed
 * it since `expectedVersion`.
 */
export async function saveDocument(
  tx: Tx,
  companyId: string,
  change: PolicyChange,
  by: string,
  now: Date,
): Promise<PolicyDocument> {
  const before = await getDocument(tx, companyId);
  if (before.version !== change.expectedVersion) throw changedMeanwhile();
  refuseFaults(checkDocument(change.document));
  const changes = whatChangedInPolicy(before, change.document);
  if (changes.length === 0) return before;
  const document: PolicyDocument = { ...change.document, version: before.version + 1 };
  if (!(await addVersion(tx, companyId, document, by, now))) throw changedMeanwhile();
  await record(tx, companyId, now, [
    {
      kind: 'policy_changed',
      actor: by,
      summary: summaryOf(changes),
      data: { version: document.version, changes },
    },
  ]);
  await markEverybody(tx, companyId);
  await addJob(tx, 'plan', { companyId });
  return document;
}

/** S6, SEQ-22: a sequence or a segment by its key, paused or resumed. Throws UserError `not_found`. */
export async function setPaused(
  tx: Tx,
  companyId: string,
  wish: { readonly part: 'sequences' | 'segments'; readonly key: string; readonly paused: boolean },
  by: string,
  now: Date,
): Promise<PolicyDocument> {
  const { version: expectedVersion, ...document } = await getDocument(tx, companyId);
  const { part, key, paused } = wish;
  if (!document[part].some((one) => one.key === key))
    throw new UserError(
      'not_found',
      `The policy has no ${part === 'sequences' ? 'sequence' : 'segment'} “${key}”.`,
      'Look at the policy in force.',
    );
  const changed = document[part].map((one) => (one.key === key ? { ...one, paused } : one));
  const change = { expectedVersion, document: { ...document, [part]: changed } };
  return await saveDocument(tx, companyId, change, by, now);
}

/** A sentence for the timeline; the whole list stands in its data. */
function summaryOf(changes: readonly string[]): string {
  const told = changes.slice(0, 6).join(' ');
  const more = changes.length - 6;
  return more > 0 ? `Policy: ${told} And ${more} more changes.` : `Policy: ${told}`;
}

export function changedMeanwhile(): UserError {
  return new UserError('conflict', 'Somebody else changed the policy just now.', 'Look at it and try again.');
}

async function addVersion(
  tx: Tx,
  companyId: string,
  document: PolicyDocument,
  by: string,
  now: Date,
): Promise<boolean> {
  const { version, ...body } = document;
  const added = await tx
    .insertInto('policy')
    .values({ company_id: companyId, version, body: JSON.stringify(body), created_by: by, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
