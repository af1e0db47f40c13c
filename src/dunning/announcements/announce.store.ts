import { record } from '../../activity/activity.store.ts';
import { addDays, dayAt, formatDay } from '../../domain/day.ts';
import { localeOf } from '../../domain/locale.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { loadCatalogue } from '../../policies/consequences/catalogue.store.ts';
import { type Announced, consequenceName } from '../../policies/consequences/consequence.ts';
import { announcedBefore } from './repeated.store.ts';

/**
 * Keeps with a touch what its message announces, from the moment in which the message was made: an attempt that is
 * worded anew may announce nothing any more.
 */
export async function keepAnnounced(
  tx: Tx,
  companyId: string,
  touchId: string,
  announces: Announced | null,
): Promise<void> {
  let query = tx
    .updateTable('touch')
    .set({ announces: announces === null ? null : JSON.stringify(announces) })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId);
  if (announces === null) query = query.where('announces', 'is not', null);
  await query.execute();
}

/**
 * P8: the message was accepted, or the letter posted: what it announced is a promise of the business now, with an owner
 * and a day. Once a touch, however often it is asked for; nothing when the message announced nothing. `lateDays`: so
 * many days after its page was printed a letter was posted, and so much later it is acted on: its reader has the time
 * that the page gave.
 */
export async function announce(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
  lateDays = 0,
): Promise<void> {
  const row = await tx
    .selectFrom('touch')
    .innerJoin('company', 'company.company_id', 'touch.company_id')
    .select([
      'touch.case_id',
      'touch.customer_id',
      'touch.currency',
      'touch.announces',
      'touch.sent_at',
      'touch.resend_of',
    ])
    .select(['company.time_zone', 'company.country'])
    .where('touch.company_id', '=', companyId)
    .where('touch.touch_id', '=', touchId)
    .executeTakeFirst();
  const announces = row?.announces as unknown as Announced | null | undefined;
  if (row === undefined || announces == null) return;
  const entry = (await loadCatalogue(tx, companyId)).get(announces.kind);
  if (entry === undefined) return;
  // the same bytes once more say nothing new: what the first ones said was heard, and is followed
  const repeats = row.resend_of !== null;
  if (repeats && (await announcedBefore(tx, companyId, { caseId: row.case_id, announces })) === 'live')
    return;
  const actOn = addDays(announces.on, lateDays);
  const added = await tx
    .insertInto('announcement')
    .values({
      company_id: companyId,
      announcement_id: newId(now),
      kind: announces.kind,
      case_id: row.case_id,
      customer_id: row.customer_id,
      currency: row.currency,
      touch_id: touchId,
      words: announces.words,
      announced_on: dayAt(row.sent_at ?? now, row.time_zone),
      act_on: actOn,
      owner_name: entry.ownerName,
      doing: entry.doing,
      state: 'announced',
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if ((added.numInsertedOrUpdatedRows ?? 0n) === 0n) return;
  await record(tx, companyId, now, [
    {
      kind: 'consequence_announced',
      actor: 'Duly',
      summary: `Announced: ${consequenceName(announces.kind)}, from ${formatDay(actOn, localeOf(row.country), true)}; ${entry.ownerName} answers for it.`,
      customerId: row.customer_id,
      caseId: row.case_id,
      touchId,
    },
  ]);
}
