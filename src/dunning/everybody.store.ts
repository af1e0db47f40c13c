import type { CompanyRow } from '../companies/company.store.ts';
import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { allRules } from '../policies/law/law-for.ts';
import { loadCompanyHolds } from '../receivables/hold-facts.store.ts';
import { SWEEP_DAYS } from './plan-due.store.ts';

/**
 * When everybody of a company is looked at next: the start of the next day (company's zone) on which a hold of the whole
 * company begins or is over, or a rule of law begins or ends; at the latest in a week.
 */
export async function everybodysLook(tx: Tx, company: CompanyRow, now: Date): Promise<Date> {
  const today = dayAt(now, company.time_zone);
  const holds = await loadCompanyHolds(tx, company.company_id);
  const days = [
    addDays(today, SWEEP_DAYS),
    ...holds.flatMap((hold) => [
      hold.startsOn,
      ...(hold.endsOn === null ? [] : [hold.endsOn, addDays(hold.endsOn, 1)]),
    ]),
    ...lawDays(),
  ];
  const next = days.filter((day) => day > today).sort()[0] ?? addDays(today, SWEEP_DAYS);
  return instantAt(next, '00:00', company.time_zone);
}

function lawDays(): readonly Day[] {
  return allRules().flatMap(({ from, until }) =>
    [from, until].flatMap((day) => (day === null ? [] : [day as Day])),
  );
}
