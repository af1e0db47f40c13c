import { type RawBuilder, sql } from 'kysely';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { addDays, type Day, dayAt } from '../../../domain/day.ts';
import type { Tx } from '../../../platform/db.ts';
import { agreements, seen } from '../../agreement-seen.store.ts';
import { type AgreementList, type List, type ListWish, PAGE_SIZE } from './list.ts';

/** One list of the company's agreements, and how long each list is. "This week" is today and the six days after it. */
export async function readAgreementList(
  tx: Tx,
  company: CompanyRow,
  wish: ListWish,
  now: Date,
): Promise<AgreementList> {
  const { company_id: companyId } = company;
  const today = dayAt(now, company.time_zone);
  const is = conditions(today);
  const rows = await agreements(tx, companyId)
    .where(is[wish.show])
    .orderBy(wish.show === 'broken' || wish.show === 'over' ? sql`a.settled_on desc` : nextDay())
    .orderBy('a.agreement_id')
    .limit(PAGE_SIZE)
    .offset((wish.page - 1) * PAGE_SIZE)
    .execute();
  return { rows: await seen(tx, companyId, rows, today), counts: await countEach(tx, companyId, is) };
}

type Conditions = Readonly<Record<List, RawBuilder<boolean>>>;

function conditions(today: Day): Conditions {
  const last = addDays(today, 6);
  return {
    promised: sql`a.kind = 'promise' and a.settled_on is null`,
    week: sql`a.settled_on is null and (
      (a.kind <> 'plan' and a.due_on between ${today} and ${last})
      or (a.kind = 'plan' and exists (${unpaid(sql`i.due_on <= ${last}`)})))`,
    broken: sql`a.state in ('broken', 'part_kept', 'breached')`,
    plans: sql`a.kind = 'plan' and a.settled_on is null`,
    offers: sql`a.kind = 'offer' and a.settled_on is null`,
    over: sql`a.settled_on is not null`,
  };
}

/** The instalments of a plan that what was received does not cover, oldest first. */
function unpaid(and: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select i.due_on from (
      select due_on, sum(amount_minor) over (order by number) as owed from instalment
      where company_id = a.company_id and agreement_id = a.agreement_id) i
    where i.owed > a.received_minor and ${and}`;
}

/** The day by which live ones are sorted: of a plan that of its next instalment. */
function nextDay(): RawBuilder<unknown> {
  return sql`coalesce((select min(u.due_on) from (${unpaid(sql`a.kind = 'plan'`)}) u), a.due_on)`;
}

async function countEach(tx: Tx, companyId: string, is: Conditions): Promise<AgreementList['counts']> {
  const { rows } = await sql<Record<List, number>>`
    select count(*) filter (where ${is.promised}) as promised, count(*) filter (where ${is.week}) as week,
      count(*) filter (where ${is.broken}) as broken, count(*) filter (where ${is.plans}) as plans,
      count(*) filter (where ${is.offers}) as offers, count(*) filter (where ${is.over}) as over
    from agreement a where a.company_id = ${companyId}`.execute(tx);
  return rows[0] ?? { promised: 0, week: 0, broken: 0, plans: 0, offers: 0, over: 0 };
}
