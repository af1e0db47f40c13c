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
  const { lifted, own, shared } = await endedPauses(tx, companyId, since, customerIds);
  return (customerId, members, { sequence, segment }) => {
    const times = [
      ...['', ...members].map((id) => lifted.get(id)),
      ...[customerId, ...members].map((id) => own.get(id)),
      shared.get(`sequence ${sequence}`),
      shared.get(`segment ${segment}`),
    ].flatMap((at) => (at === undefined ? [] : [at.getTime()]));
    return times.length === 0 ? null : new Date(Math.max(...times));
  };
}

/** When each pause ended, by what was paused. */
interface Ended {
  /** By customer; `''`: of the whole company. What Duly lifted itself was no pause that a person ended. */
  readonly lifted: ReadonlyMap<string, Date>;
  /** Customers whose own policy was paused and is not any more. */
  readonly own: ReadonlyMap<string, Date>;
  /** Sequences and segments that were paused in one version of the policy and are not in the next. */
  readonly shared: ReadonlyMap<string, Date>;
}

interface Row {
  readonly what: 'hold' | 'own' | 'policy';
  readonly customer_id: string;
  readonly at: Date;
  readonly before: PausedParts | null;
  readonly after: PausedParts | null;
}

/** One query for all three, in the order of time. */
async function endedPauses(
  tx: Tx,
  companyId: string,
  since: Date,
  customerIds: readonly string[],
): Promise<Ended> {
  const { rows } = await sql<Row>`
    select 'hold' as what, coalesce(customer_id, '') as customer_id, max(lifted_at) as at, null::jsonb as before, null::jsonb as after
    from hold
    where company_id = ${companyId} and lifted_at >= ${since} and lifted_by <> 'Duly' and agreement_id is null
      and (scope = 'company' or (scope = 'customer' and customer_id = any(${binaryArray('text', customerIds)}::text[])))
    group by 2
    union all
    select 'own', later.customer_id, later.created_at, null, null
    from customer_policy later join customer_policy earlier on earlier.company_id = later.company_id
      and earlier.customer_id = later.customer_id and earlier.version = later.version - 1
    where later.company_id = ${companyId} and later.created_at >= ${since}
      and earlier.body ->> 'paused' = 'true' and coalesce(later.body ->> 'paused', 'false') <> 'true'
    union all
    select 'policy', '', later.created_at, earlier.body, later.body
    from policy later join policy earlier
      on earlier.company_id = later.company_id and earlier.version = later.version - 1
    where later.company_id = ${companyId} and later.created_at >= ${since}
    order by at`.execute(tx);
  const timesOf = (what: Row['what']): ReadonlyMap<string, Date> =>
    new Map(rows.flatMap((row) => (row.what === what ? [[row.customer_id, row.at] as const] : [])));
  return { lifted: timesOf('hold'), own: timesOf('own'), shared: sharedIn(rows) };
}

function sharedIn(rows: readonly Row[]): ReadonlyMap<string, Date> {
  const resumed = new Map<string, Date>();
  for (const { what: row, at, before, after } of rows)
    for (const [what, old, current] of [
      ['sequence', before?.sequences, after?.sequences],
      ['segment', before?.segments, after?.segments],
    ] as const)
      for (const { key, paused } of row === 'policy' ? (current ?? []) : [])
        if (!paused && old?.some((other) => other.key === key && other.paused))
          resumed.set(`${what} ${key}`, at);
  return resumed;
}

interface Pausable {
  readonly key: string;
  readonly paused: boolean;
}

interface PausedParts {
  readonly sequences?: readonly Pausable[];
  readonly segments?: readonly Pausable[];
}
