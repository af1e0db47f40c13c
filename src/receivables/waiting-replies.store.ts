import { raiseProblems, resolveProblems } from '../activity/problem.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import { addBusinessDays, businessCalendar } from '../domain/calendar.ts';
import { dayAt, parseDay } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';

/** S5: so many business days of the company a reply may wait for an answer before it is a task. */
const WAITS_BUSINESS_DAYS = 3;

/**
 * S5: a hold for a reply that stands for three business days is a task, until somebody answers and lifts it: the case
 * rests meanwhile, and nobody would notice. One statement while no reply holds anybody.
 */
export async function raiseWaitingReplies(tx: Tx, company: CompanyRow, now: Date): Promise<void> {
  const { company_id: companyId } = company;
  const today = dayAt(now, company.time_zone);
  const rows = await tx
    .selectFrom('hold as h')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'h.company_id').onRef('c.customer_id', '=', 'h.customer_id'),
    )
    .select(['h.hold_id', 'h.customer_id', 'h.starts_on', 'h.reason', 'c.name'])
    .where('h.company_id', '=', companyId)
    .where('h.kind', '=', 'reply')
    .where('h.lifted_at', 'is', null)
    .where((eb) => eb.or([eb('h.ends_on', 'is', null), eb('h.ends_on', '>=', today)]))
    .execute();
  const calendar = businessCalendar(company.country, company.region, company.time_zone);
  const waiting = rows.filter((row) => {
    const since = parseDay(row.starts_on);
    return since !== null && addBusinessDays(since, WAITS_BUSINESS_DAYS, calendar) <= today;
  });
  await raiseProblems(
    tx,
    companyId,
    now,
    waiting.map((row) => ({
      kind: 'reply_waiting',
      subject: row.hold_id,
      customerId: row.customer_id,
      what: `${row.name ?? 'A customer'} wrote on ${row.starts_on}, and nobody has answered: ${row.reason}`,
      meaning: 'Nothing more is sent to them until the hold is lifted.',
      action: 'Answer, then lift the hold on the customer’s page, or say what was agreed.',
    })),
  );
  const standing = waiting.map((row) => row.hold_id);
  await resolveProblems(tx, companyId, now, 'reply_waiting', standing);
}
