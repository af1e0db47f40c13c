import { businessCalendar } from '../domain/calendar.ts';
import type { Tx } from '../platform/db.ts';
import { passedOverOn } from './passed-over-on.ts';
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
    if (!isTask(touch)) continue;
    const task = {
      approvedAt: touch.approved_at,
      notBefore: null,
      waitsBusinessDays: days,
      isPrinted: touch.printed_at !== null,
    };
    const isOver = (notBefore: Date | null): boolean => {
      const on = passedOverOn({ ...task, notBefore }, zone, calendar);
      return on !== null && on <= today;
    };
    // whether somebody moved it is asked only of what would be passed over
    if (!isOver(null) || !isOver(await movedTo(tx, touch))) continue;
    const reason = `Nobody did it within ${days} business ${days === 1 ? 'day' : 'days'}.`;
    await cancelOpenTouch(tx, companyId, touch, `${reason} The step is passed over.`, 'Duly', now);
    const skips = skipsOf(touch, touch.invoices, { onDay: today, by: 'Duly', reason });
    await addSkips(tx, companyId, skips, now);
    passed = true;
  }
  return passed;
}

function isTask({ channel, state }: StandingTouch): boolean {
  return state === 'approved' && (channel === 'call' || channel === 'letter');
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
