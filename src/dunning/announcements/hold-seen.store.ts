import { sql } from 'kysely';
import type { Day } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import type { Announcement } from './announcement.ts';

/**
 * P8: the day (company's zone) from which an announcement is free, as it is seen to be held or not today. One that is
 * broken already has had its days.
 */
export function freeOnNow(
  { state, held: wasHeld, freeOn }: Pick<Announcement, 'state' | 'held' | 'freeOn'>,
  held: boolean,
  today: Day,
): Day | null {
  return wasHeld && !held && state === 'announced' ? today : freeOn;
}

/** Keeps whether these announcements were held when they were looked at, and since when they are free. */
export async function keepHeld(
  tx: Tx,
  companyId: string,
  seen: readonly Pick<Announcement, 'announcementId' | 'held' | 'freeOn'>[],
): Promise<void> {
  if (seen.length === 0) return;
  await sql`
    update announcement a set held = seen.held, free_on = seen.free_on
    from unnest(${seen.map((row) => row.announcementId)}::uuid[], ${seen.map((row) => row.held)}::boolean[],
      ${seen.map((row) => row.freeOn)}::date[]) as seen (announcement_id, held, free_on)
    where a.company_id = ${companyId} and a.announcement_id = seen.announcement_id`.execute(tx);
}
