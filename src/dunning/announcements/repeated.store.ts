import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { Announced } from '../../policies/consequences/consequence.ts';
import { cancelOpenTouch } from '../touch.store.ts';
import type { Announcement } from './announcement.ts';

interface Of {
  readonly caseId: string;
  readonly announces: Announced;
}

/**
 * What became of the announcement that such a message made, of which a repetition is the same bytes: `live`, to be done
 * or withdrawn still; `settled`; null: there is none, or none that was heard.
 */
export async function announcedBefore(
  tx: Tx,
  companyId: string,
  { caseId, announces }: Of,
): Promise<'live' | 'settled' | null> {
  const rows = await tx
    .selectFrom('announcement')
    .select('state')
    .where('company_id', '=', companyId)
    .where('case_id', '=', caseId)
    .where('kind', '=', announces.kind)
    .where('act_on', '=', announces.on)
    .where('state', '<>', 'unheard')
    .execute();
  if (rows.length === 0) return null;
  return rows.some(({ state }) => state === 'announced' || state === 'broken') ? 'live' : 'settled';
}

/** P8: what is withdrawn or done is not announced once more: repetitions that wait are taken back. */
export async function dropRepetitions(
  tx: Tx,
  companyId: string,
  { caseId, kind, actOn }: Pick<Announcement, 'caseId' | 'kind' | 'actOn'>,
  said: { readonly as: 'done' | 'withdrawn'; readonly by: string },
  now: Date,
): Promise<void> {
  const waiting = await tx
    .selectFrom('touch')
    .select(['touch_id', 'customer_id', 'case_id'])
    .where('company_id', '=', companyId)
    .where('case_id', '=', caseId)
    .where('state', '=', 'approved')
    .where('resend_of', 'is not', null)
    .where(sql`announces ->> 'kind'`, '=', kind)
    .where(sql`announces ->> 'on'`, '=', actOn)
    .execute();
  for (const touch of waiting)
    await cancelOpenTouch(tx, companyId, touch, `what it announces is ${said.as}.`, said.by, now);
}

/**
 * The first message came back only after the same one had left once more: whoever got that one has heard it, so that the
 * announcement is of that. False: no repetition of it left.
 */
export async function heardByRepetition(tx: Tx, companyId: string, touchId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update announcement a set touch_id = t.touch_id from touch t
    where a.company_id = ${companyId} and a.touch_id = ${touchId}::uuid and a.state in ('announced', 'broken')
      and t.company_id = a.company_id and t.resend_of = a.touch_id and t.state = 'sent'
      and t.announces is not null and t.delivery is distinct from 'bounced'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}
