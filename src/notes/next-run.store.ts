import { sql } from 'kysely';
import { DAILY_READ_MS } from '../books/reading-plan.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import { addDays, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';

/** A refused read or send is tried again after so long. */
const RETRY_MS = 5 * 60_000;
const LOOKUP = '10 minutes';

/**
 * Sets the company's timer to the first instant at which anything may have to be done, from everything that waits:
 * the daily read, rings, tomorrow's figures, cases, released messages, uncertain ones, notes. A quiet company costs nothing
 * until then.
 */
export async function setNextRun(tx: Tx, company: CompanyRow, now: Date): Promise<void> {
  const companyId = company.company_id;
  const tomorrow = instantAt(addDays(dayAt(now, company.time_zone), 1), '00:01', company.time_zone);
  const failing = company.sync_problem !== null;
  // a limit that refused says until when
  const notBefore = company.read_not_before?.getTime() ?? 0;
  const retry = failing ? new Date(Math.max(now.getTime() + RETRY_MS, notBefore)) : null;
  const ring =
    company.ring_due_at === null ? null : new Date(Math.max(company.ring_due_at.getTime(), notBefore));
  const daily =
    failing || company.books_read_at === null
      ? null
      : new Date(Math.max(company.books_read_at.getTime() + DAILY_READ_MS, notBefore));
  const candidates = sql`
    select ${retry}::timestamptz as at
    union all select ${ring}::timestamptz
    union all select ${tomorrow}::timestamptz where exists (
      select 1 from position where company_id = ${companyId} and (past_due_minor > 0 or next_event_on is not null))
    union all select min(next_at) from dunning_case where company_id = ${companyId} and state = 'open' and next_at > ${now}
    union all select min(planned_for) from touch where company_id = ${companyId} and state = 'approved'
    union all select min(coalesce(last_lookup_at + ${LOOKUP}::interval, uncertain_at + interval '1 minute')) from touch
      where company_id = ${companyId} and state = 'uncertain'
    union all select min(next_attempt_at) from note where company_id = ${companyId} and state = 'pending'`;
  // never in the past, so that something that can't be done now is not tried every second; a read moves its own time
  // on, so that one that fell due meanwhile is done at once, also on a clock that was moved and stands still
  const floor = new Date(now.getTime() + 30_000);
  const waiting = sql`select greatest(at, ${floor}) as at from (${candidates}) each where at is not null`;
  await sql`update company set next_run_at =
      coalesce(least((select min(at) from (${waiting}) waiting), ${daily}::timestamptz), ${floor})
    where company_id = ${companyId}`.execute(tx);
}
