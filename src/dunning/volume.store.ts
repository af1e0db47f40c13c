import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Step } from '../policies/step.ts';
import { BRAKED } from './plan.ts';
import { AUTOPILOT } from './touch-state.ts';
import { brakedDays, brakes, type PlannedAhead, TRAILING_DAYS } from './volume.ts';

/**
 * S4: whether so many more touches make today's batch unusually large. The batch of a day is all that was planned or
 * released by itself since midnight in the company's zone, sent or not, however many plans that took.
 */
export async function volumeOf(
  tx: Tx,
  company: CompanyRow,
  now: Date,
): Promise<{ readonly brakes: (more: number) => boolean }> {
  const { companyId, dayStart, since } = spanOf(company, now);
  const { rows } = await sql<{ planned: number; sent: number }>`
    select ${plannedSince(companyId, dayStart)} as planned,
      (select count(*) from touch where company_id = ${companyId} and sent_at >= ${since} and sent_at < ${dayStart}) as sent
    `.execute(tx);
  const { planned, sent } = rows[0] ?? { planned: 0, sent: 0 };
  return { brakes: (more) => brakes(planned + more, sent) };
}

/**
 * S4, S7: on which of the coming days the brake would engage, by the question that the plan asks on the day itself. Of
 * touches of the whole company: those of one customer alone are never many.
 */
export async function brakedAhead(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  touches: readonly PlannedAhead[],
): Promise<ReadonlySet<Day>> {
  const { companyId, zone, today, dayStart, since } = spanOf(company, now);
  const { rows } = await sql<{ planned: number }>`
    select ${plannedSince(companyId, dayStart)} as planned`.execute(tx);
  const sent = await sql<{ day: Day; count: number }>`
    select (sent_at at time zone ${zone})::date as day, count(*) as count from touch
    where company_id = ${companyId} and sent_at >= ${since} group by 1`.execute(tx);
  const sentOn = new Map(sent.rows.map(({ day, count }) => [day, count]));
  return brakedDays(today, { plannedToday: rows[0]?.planned ?? 0, sentOn }, touches);
}

/**
 * S4: the days of these touches of the whole company, in the order of time, that a preview marks: a person releases what
 * autopilot alone would let go. None where each batch waits for a person anyway, and none of calls alone, which wait for
 * nobody's release.
 */
export async function markedDays(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  touches: readonly (PlannedAhead & { readonly step: Pick<Step, 'channel'> })[],
): Promise<readonly Day[]> {
  if (company.mode === 'approve') return [];
  const braked = await brakedAhead(tx, company, now, touches);
  const released = touches.filter(({ step }) => step.channel !== 'call').map((touch) => touch.day);
  return [...new Set(released)].filter((day) => braked.has(day)).sort();
}

function spanOf({ company_id: companyId, time_zone: zone }: CompanyRow, now: Date) {
  const today = dayAt(now, zone);
  return {
    ...{ companyId, zone, today },
    dayStart: instantAt(today, '00:00', zone),
    since: instantAt(addDays(today, -TRAILING_DAYS), '00:00', zone),
  };
}

function plannedSince(companyId: string, dayStart: Date) {
  return sql`(select count(*) from touch where company_id = ${companyId} and created_at >= ${dayStart}
        and state not in ('cancelled', 'planned'))
      + (select count(*) from touch where company_id = ${companyId} and state = 'approved'
        and created_at < ${dayStart} and approved_at >= ${dayStart} and approved_by = ${AUTOPILOT})`;
}

/** S4: a day that turned out too large falls back to approve: what Duly released of it and was not tried yet waits. */
export async function pullBack(tx: Tx, company: CompanyRow, now: Date): Promise<void> {
  const { company_id: companyId, time_zone: zone } = company;
  const dayStart = instantAt(dayAt(now, zone), '00:00', zone);
  await sql`update touch set state = 'awaiting_approval', state_reason = ${BRAKED}, approved_by = null, approved_at = null
    where company_id = ${companyId} and state = 'approved' and approved_by = ${AUTOPILOT} and approved_at >= ${dayStart}
      and attempts = 0 and channel <> 'call' and printed_at is null`.execute(tx);
}
