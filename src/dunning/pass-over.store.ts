import { addBusinessDays, businessCalendar } from '../domain/calendar.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Planning, StandingTouch } from './plan-read.store.ts';
import { addSkips, skipsOf } from './skip.store.ts';
import { cancelOpenTouch } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

/**
 * Calls and letters that nobody did within the business days that their step waits (of the company, from the day they
 * were to be done) are passed over: their invoices are through those steps without contact, and the sequence goes on.
 * False: there was none, and nothing has changed. Costs nothing while none stands that long.
 */
export async function passOver(tx: Tx, { company, standing, now, today }: Planning): Promise<boolean> {
  const { company_id: companyId, country, region, time_zone: zone } = company;
  const calendar = businessCalendar(country, region, zone);
  let passed = false;
  for (const touch of [...standing.values()].flat()) {
    const { waitsBusinessDays: days } = stepOf(touch);
    if (!isTask(touch) || days === null || touch.approved_at === null) continue;
    const lastOf = (from: Date) => addBusinessDays(dayAt(from, zone), days, calendar);
    if (lastOf(touch.approved_at) > today) continue;
    const moved = await movedTo(tx, touch);
    if (moved !== null && (moved > now || lastOf(moved) > today)) continue;
    const reason = `Nobody did it within ${days} business ${days === 1 ? 'day' : 'days'}.`;
    await cancelOpenTouch(tx, companyId, touch, `${reason} The step is passed over.`, 'Duly', now);
    const skips = skipsOf(touch, touch.invoices, { onDay: today, by: 'Duly', reason });
    await addSkips(tx, companyId, skips, now);
    passed = true;
  }
  return passed;
}

/** A printed letter is none: it may be in the post, and is waited for. */
function isTask({ channel, state, printed_at: printedAt }: StandingTouch): boolean {
  return state === 'approved' && printedAt === null && (channel === 'call' || channel === 'letter');
}

/** The time to which a person moved it; null: nobody did. */
async function movedTo(tx: Tx, touch: StandingTouch): Promise<Date | null> {
  const row = await tx
    .selectFrom('dunning_case')
    .select('not_before')
    .where('company_id', '=', touch.company_id)
    .where('case_id', '=', touch.case_id)
    .executeTakeFirst();
  return row?.not_before ?? null;
}
