import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';

/** Holds of a position's customer that stand on a day. */
const standingHold = (
  today: Day,
): RawBuilder<unknown> => sql`select from hold h where h.company_id = p.company_id
  and h.customer_id = p.customer_id and h.scope = 'customer' and h.lifted_at is null
  and h.starts_on <= ${today} and (h.ends_on is null or h.ends_on >= ${today})`;

/**
 * Over `position p`: whether a person should look at the customer. What does not tie out, has an open problem, a reply
 * that waits, or a hold whose day to look again has come; but nobody whom a person put off until a later day (EXC-16).
 */
export function needsAttention(today: Day): RawBuilder<boolean> {
  return sql<boolean>`((not p.ties_out
    or exists (select from problem x where x.company_id = p.company_id and x.customer_id = p.customer_id
      and x.resolved_at is null)
    or exists (${standingHold(today)} and (h.review_on <= ${today} or h.kind = 'reply')))
    and not exists (${standingHold(today)} and h.review_on > ${today}))`;
}

/** Of these customers, those whose hold is to be looked at again by that day, each with a sentence that says so. */
export async function reviewsDue(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, string>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('hold')
    .select(['customer_id', 'review_on', 'reason', 'set_by'])
    .where('company_id', '=', companyId)
    .where('scope', '=', 'customer')
    .where('customer_id', 'in', [...customerIds])
    .where('lifted_at', 'is', null)
    .where('starts_on', '<=', today)
    .where('review_on', '<=', today)
    .where((eb) => eb.or([eb('ends_on', 'is', null), eb('ends_on', '>=', today)]))
    .orderBy('review_on', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [
      row.customer_id ?? '',
      `To be looked at again since ${row.review_on}: ${row.reason} (${row.set_by}).`,
    ]),
  );
}
