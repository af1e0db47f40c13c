import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { addDays, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { BRAKED, volumeBrake } from './plan.ts';
import { AUTOPILOT } from './touch-state.ts';

const TRAILING_DAYS = 14;

/**
 * S4: whether so many more touches make today's batch unusually large. The batch of a day is all that was planned or
 * released by itself since midnight in the company's zone, sent or not, however many plans that took.
 */
export async function volumeOf(
  tx: Tx,
  company: CompanyRow,
  now: Date,
): Promise<{ readonly brakes: (more: number) => boolean }> {
  const { company_id: companyId, time_zone: zone } = company;
  const today = dayAt(now, zone);
  const dayStart = instantAt(today, '00:00', zone);
  const since = instantAt(addDays(today, -TRAILING_DAYS), '00:00', zone);
  const { rows } = await sql<{ planned: number; sent: number }>`
    select (select count(*) from touch where company_id = ${companyId} and created_at >= ${dayStart}
        and state not in ('cancelled', 'planned'))
      + (select count(*) from touch where company_id = ${companyId} and state = 'approved'
        and created_at < ${dayStart} and approved_at >= ${dayStart} and approved_by = ${AUTOPILOT}) as planned,
      (select count(*) from touch where company_id = ${companyId} and sent_at >= ${since} and sent_at < ${dayStart}) as sent
    `.execute(tx);
  const planned = rows[0]?.planned ?? 0;
  const average = (rows[0]?.sent ?? 0) / TRAILING_DAYS;
  return { brakes: (more) => volumeBrake(planned + more, average) };
}

/** S4: a day that turned out too large falls back to approve: what Duly released of it and was not tried yet waits. */
export async function pullBack(tx: Tx, company: CompanyRow, now: Date): Promise<void> {
  const { company_id: companyId, time_zone: zone } = company;
  const dayStart = instantAt(dayAt(now, zone), '00:00', zone);
  await sql`update touch set state = 'awaiting_approval', state_reason = ${BRAKED}, approved_by = null, approved_at = null
    where company_id = ${companyId} and state = 'approved' and approved_by = ${AUTOPILOT} and approved_at >= ${dayStart}
      and attempts = 0 and channel <> 'call' and printed_at is null`.execute(tx);
}
