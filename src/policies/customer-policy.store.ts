import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { customerNameOf } from '../books/customer-name.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import { checkCustomerPolicy } from './check-document.ts';
import { changedMeanwhile, getDocument } from './document.store.ts';
import type { CustomerPolicy } from './document.ts';
import { refuseFaults } from './fault.ts';
import { whatChangedForCustomer } from './what-changed-customer.ts';

/** What a customer has for itself; null: nothing, or nothing any more. */
export async function getCustomerPolicy(
  tx: Tx,
  companyId: string,
  customerId: string,
): Promise<CustomerPolicy | null> {
  return (await loadCustomerPolicies(tx, companyId, [customerId])).get(customerId) ?? null;
}

/** Of those who have something for themselves, by customer. */
export async function loadCustomerPolicies(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CustomerPolicy>> {
  const stored = await loadStored(tx, companyId, customerIds);
  return new Map([...stored].filter(([, own]) => !isEmpty(own)));
}

/** A customer that is treated like everybody in its segment. */
export const nothingOwn: Omit<CustomerPolicy, 'version'> = { segment: null, settings: {}, paused: false };

/** What it stored last, an empty one included: so that its number is known. Version 0: it never had anything. */
export async function storedCustomerPolicy(
  tx: Tx,
  companyId: string,
  customerId: string,
): Promise<CustomerPolicy> {
  const stored = await loadStored(tx, companyId, [customerId]);
  return stored.get(customerId) ?? { ...nothingOwn, version: 0 };
}

/**
 * P27: a new version of what a customer has for itself; `nothingOwn` takes it all away. `expectedVersion`: the one the
 * change was made from, 0 when there was none. The next plan follows it. Throws UserError `not_found` for a customer
 * that the books do not have, `bad_input` with every fault, `conflict` when somebody else changed it meanwhile.
 */
export async function saveCustomerPolicy(
  tx: Tx,
  companyId: string,
  customerId: string,
  change: Omit<CustomerPolicy, 'version'> & { readonly expectedVersion: number },
  by: string,
  now: Date,
): Promise<CustomerPolicy> {
  const { expectedVersion, ...own } = change;
  const name = await customerNameOf(tx, companyId, customerId);
  const before = await storedCustomerPolicy(tx, companyId, customerId);
  if (before.version !== expectedVersion) throw changedMeanwhile();
  const document = await getDocument(tx, companyId);
  refuseFaults(checkCustomerPolicy(own, document));
  const changes = whatChangedForCustomer(before, own, document);
  if (changes.length === 0) return before;
  const version = before.version + 1;
  const added = await tx
    .insertInto('customer_policy')
    .values({
      company_id: companyId,
      customer_id: customerId,
      version,
      body: JSON.stringify(own),
      created_by: by,
      created_at: now,
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if ((added.numInsertedOrUpdatedRows ?? 0n) === 0n) throw changedMeanwhile();
  const summary = `Policy for ${name}: ${changes.join(' ')}`;
  await record(tx, companyId, now, [
    { kind: 'policy_changed', actor: by, customerId, summary, data: { customerVersion: version, changes } },
  ]);
  await markPlanDue(tx, companyId, [customerId]);
  await addJob(tx, 'plan', { companyId });
  return { ...own, version };
}

/**
 * The highest version of each, an empty one included. R16: whoever survives a merge and never had anything of its own has
 * what was set for whoever was merged into it, as version 0: a customer that was to be left alone stays so.
 */
async function loadStored(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, CustomerPolicy>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; version: number; body: object; own: boolean }>`
    with who as (select unnest(${binaryArray('text', customerIds)}::text[]) as id), found as (
      select who.id, p.version, p.body, true as own, p.created_at
      from who join customer_policy p on p.company_id = ${companyId} and p.customer_id = who.id
      union all
      select who.id, p.version, p.body, false, p.created_at
      from who join customer c on c.company_id = ${companyId} and c.merged_into_id = who.id
        join customer_policy p on p.company_id = ${companyId} and p.customer_id = c.customer_id)
    select distinct on (id) id, version, body, own from found
    order by id, own desc, created_at desc, version desc`.execute(tx);
  return new Map(
    rows.map(({ id, version, body, own }) => [id, { ...nothingOwn, ...body, version: own ? version : 0 }]),
  );
}

function isEmpty(own: Omit<CustomerPolicy, 'version'>): boolean {
  return own.segment === null && !own.paused && Object.keys(own.settings).length === 0;
}
