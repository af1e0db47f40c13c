import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Policy } from '../policies/policy.ts';

/** SEQ-23 looks back so far: a little more than the hour that it grants. */
const LOOK_BACK_MS = 2 * 3_600_000;

/** When a person last resumed what holds a customer, its sequence or its segment; null: not within the last hours. */
export type ResumedOf = (
  customerId: string,
  members: readonly string[],
  policy: Pick<Policy, 'sequence' | 'segment'>,
) => Date | null;

/** SEQ-23: pauses that a person ended within the last hours, at any level. Hardly ever is there one. */
export async function loadResumed(
  tx: Tx,
  companyId: string,
  now: Date,
  customerIds: readonly string[],
): Promise<ResumedOf> {
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const lifted = await liftedHolds(tx, companyId, since, customerIds);
  const [own, shared] = [await ownPolicies(tx, companyId, since), await sequences(tx, companyId, since)];
  return (customerId, members, { sequence, segment }) => {
    const times = [
      ...['', ...members].map((id) => lifted.get(id)),
      own.get(customerId),
      shared.get(`sequence ${sequence}`),
      shared.get(`segment ${segment}`),
    ].flatMap((at) => (at === undefined ? [] : [at.getTime()]));
    return times.length === 0 ? null : new Date(Math.max(...times));
  };
}

/** By customer; `''`: of the whole company. What Duly lifted itself was no pause that a person ended. */
async function liftedHolds(
  tx: Tx,
  companyId: string,
  since: Date,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ customer_id: string; at: Date }>`
    select coalesce(customer_id, '') as customer_id, max(lifted_at) as at from hold
    where company_id = ${companyId} and lifted_at >= ${since} and lifted_by <> 'Duly' and agreement_id is null
      and (scope = 'company' or (scope = 'customer' and customer_id = any(${binaryArray('text', customerIds)}::text[])))
    group by 1`.execute(tx);
  return new Map(rows.map((row) => [row.customer_id, row.at]));
}

/** Customers whose own policy was paused and is not any more. */
async function ownPolicies(tx: Tx, companyId: string, since: Date): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ customer_id: string; at: Date }>`
    select later.customer_id, later.created_at as at
    from customer_policy later join customer_policy earlier on earlier.company_id = later.company_id
      and earlier.customer_id = later.customer_id and earlier.version = later.version - 1
    where later.company_id = ${companyId} and later.created_at >= ${since}
      and earlier.body ->> 'paused' = 'true' and coalesce(later.body ->> 'paused', 'false') <> 'true'
    order by later.created_at`.execute(tx);
  return new Map(rows.map((row) => [row.customer_id, row.at]));
}

interface Pausable {
  readonly key: string;
  readonly paused: boolean;
}

/** Sequences and segments that were paused in one version of the policy and are not in the next. */
async function sequences(tx: Tx, companyId: string, since: Date): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ at: Date; before: PausedParts; after: PausedParts }>`
    select later.created_at as at, earlier.body as before, later.body as after
    from policy later join policy earlier
      on earlier.company_id = later.company_id and earlier.version = later.version - 1
    where later.company_id = ${companyId} and later.created_at >= ${since} order by later.version`.execute(
    tx,
  );
  const resumed = new Map<string, Date>();
  for (const { at, before, after } of rows)
    for (const [what, old, current] of [
      ['sequence', before.sequences, after.sequences],
      ['segment', before.segments, after.segments],
    ] as const)
      for (const { key, paused } of current ?? [])
        if (!paused && old?.some((other) => other.key === key && other.paused))
          resumed.set(`${what} ${key}`, at);
  return resumed;
}

interface PausedParts {
  readonly sequences?: readonly Pausable[];
  readonly segments?: readonly Pausable[];
}
