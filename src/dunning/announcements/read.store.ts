import { sql } from 'kysely';
import type { Day } from '../../domain/day.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import type { ConsequenceKind } from '../../policies/consequences/consequence.ts';
import type { Announcement, AnnouncementState } from './announcement.ts';

interface Wish {
  /** `live`: still to be done or withdrawn. */
  readonly state?: 'live' | 'all';
  readonly customerIds?: readonly string[];
  readonly announcementId?: string;
}

/** Most that a page or a call shows. */
const MOST = 500;

/** What was announced, the next day to act first; settled ones behind, the latest first. */
export async function readAnnouncements(
  tx: Tx,
  companyId: string,
  { state = 'all', customerIds, announcementId }: Wish = {},
): Promise<readonly Announcement[]> {
  let query = tx
    .selectFrom('announcement')
    .select([
      'announcement_id',
      'kind',
      'case_id',
      'customer_id',
      'currency',
      'touch_id',
      'words',
      'announced_on',
      'act_on',
      'owner_name',
      'doing',
      'state',
      'held',
      'free_on',
      'settled_on',
      'settled_by',
      'note',
    ])
    .where('company_id', '=', companyId)
    .orderBy(sql`state in ('announced', 'broken')`, 'desc')
    .orderBy(sql`case when state in ('announced', 'broken') then act_on end`)
    .orderBy('settled_on', 'desc')
    .orderBy('announcement_id')
    .limit(MOST);
  if (state === 'live') query = query.where('state', 'in', [sql.lit('announced'), sql.lit('broken')]);
  if (announcementId !== undefined) query = query.where('announcement_id', '=', announcementId);
  if (customerIds !== undefined)
    query = query.where(sql<boolean>`customer_id = any(${binaryArray('text', customerIds)}::text[])`);
  const rows = await query.execute();
  return rows.map((row) => ({
    announcementId: row.announcement_id,
    kind: row.kind as ConsequenceKind,
    caseId: row.case_id,
    customerId: row.customer_id,
    currency: row.currency,
    touchId: row.touch_id,
    words: row.words,
    announcedOn: row.announced_on as Day,
    actOn: row.act_on as Day,
    ownerName: row.owner_name,
    doing: row.doing,
    state: row.state as AnnouncementState,
    held: row.held,
    freeOn: row.free_on as Day | null,
    settledOn: row.settled_on as Day | null,
    settledBy: row.settled_by,
    note: row.note,
  }));
}
