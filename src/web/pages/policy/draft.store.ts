import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { checkDocument } from '../../../policies/check-document.ts';
import { getDocument } from '../../../policies/document.store.ts';
import type { PolicyBody, PolicyDocument } from '../../../policies/document.ts';
import type { Fault } from '../../../policies/fault.ts';
import { documentOf } from '../../../policies/old-body.ts';
import { whatChangedInPolicy } from '../../../policies/what-changed.ts';

/** What the pages of the policy show: the policy in force with the changes of this person that are not. */
export interface Working {
  readonly inForce: PolicyDocument;
  /** With the person's changes; the same as in force when there are none. */
  readonly body: PolicyBody;
  /** The version that the changes were begun with; null: there are none. */
  readonly draftOf: number | null;
  /** What would happen to the policy in force if the changes were saved, in words. */
  readonly changes: readonly string[];
  readonly faults: readonly Fault[];
}

/** Whose draft: each person has one a company. */
export interface Whose {
  readonly companyId: string;
  readonly personId: string;
}

/** The person's working copy; amounts in words are written for `locale`, in `currencies` where they can be. */
export async function openWorking(
  tx: Tx,
  whose: Whose,
  locale = 'en',
  currencies: readonly string[] = [],
): Promise<Working> {
  const inForce = await getDocument(tx, whose.companyId);
  const draft = await readDraft(tx, whose);
  const body = bodyOf(draft ?? inForce);
  return {
    inForce,
    body,
    draftOf: draft?.version ?? null,
    changes: draft === null ? [] : whatChangedInPolicy(inForce, body, locale, currencies),
    faults: checkDocument(body),
  };
}

/**
 * Changes the person's draft, which may have faults until it is saved; nothing is in force by it. A draft that says the
 * same as the policy it was begun with is none.
 */
export async function changeDraft(
  tx: Tx,
  whose: Whose,
  edit: (body: PolicyBody) => PolicyBody,
  now: Date,
): Promise<PolicyBody> {
  const inForce = await getDocument(tx, whose.companyId);
  const draft = await readDraft(tx, whose);
  const base = draft ?? inForce;
  const body = edit(bodyOf(base));
  const sameAgain = base.version === inForce.version && whatChangedInPolicy(inForce, body).length === 0;
  if (sameAgain) await dropDraft(tx, whose);
  else await writeDraft(tx, whose, { ...body, version: base.version }, now);
  return body;
}

/** The person's draft becomes this whole policy, begun with the version in force; what stood in it is gone. */
export async function replaceDraft(tx: Tx, whose: Whose, body: PolicyBody, now: Date): Promise<void> {
  await dropDraft(tx, whose);
  await changeDraft(tx, whose, () => body, now);
}

/** After a look at what somebody else saved meanwhile: the person's draft counts as a change of the version in force. */
export async function rebaseDraft(tx: Tx, whose: Whose, now: Date): Promise<void> {
  const inForce = await getDocument(tx, whose.companyId);
  const draft = await readDraft(tx, whose);
  if (draft !== null) await writeDraft(tx, whose, { ...draft, version: inForce.version }, now);
}

/** The person's draft as the next version, to be looked at before it is saved; null: there is none that could be. */
export async function soundDraft(tx: Tx, whose: Whose): Promise<PolicyDocument | null> {
  const { draftOf, body, inForce, faults } = await openWorking(tx, whose);
  if (draftOf === null || faults.some(({ level }) => level === 'refuse')) return null;
  return { ...body, version: inForce.version + 1 };
}

/** The draft to be saved. Throws UserError `conflict` when there is none. */
export async function requireDraft(tx: Tx, whose: Whose): Promise<PolicyDocument> {
  const draft = await readDraft(tx, whose);
  if (draft !== null) return draft;
  throw new UserError('conflict', 'There is nothing to save.', 'Change something first.');
}

export async function dropDraft(tx: Tx, { companyId, personId }: Whose): Promise<void> {
  await tx
    .deleteFrom('policy_draft')
    .where('company_id', '=', companyId)
    .where('person_id', '=', personId)
    .execute();
}

async function readDraft(tx: Tx, { companyId, personId }: Whose): Promise<PolicyDocument | null> {
  const row = await tx
    .selectFrom('policy_draft')
    .select(['base_version', 'body'])
    .where('company_id', '=', companyId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row === undefined ? null : documentOf(row.body, row.base_version);
}

async function writeDraft(tx: Tx, whose: Whose, document: PolicyDocument, now: Date): Promise<void> {
  const values = {
    base_version: document.version,
    body: JSON.stringify(bodyOf(document)),
    updated_at: now,
  };
  await tx
    .insertInto('policy_draft')
    .values({ company_id: whose.companyId, person_id: whose.personId, ...values })
    .onConflict((oc) => oc.columns(['company_id', 'person_id']).doUpdateSet(values))
    .execute();
}

function bodyOf({ version: _version, ...body }: PolicyDocument): PolicyBody {
  return body;
}
