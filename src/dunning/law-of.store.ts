import { noCustomer } from '../books/customer-name.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import { publicHolidays } from '../domain/business-days.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Law, LawQuestion } from '../policies/law/law.ts';
import { type ListedRule, lawFor, rulesFor } from '../policies/law/law-for.ts';
import { loadDebtors } from './debtors.store.ts';
import { calendarOf, zonesOf } from './decide.ts';
import { lawQuestion } from './laws.ts';

/** What the law leaves open for one customer on a day, with what was asked and every rule that answered. */
export interface CustomerLaw {
  readonly day: Day;
  readonly asked: LawQuestion;
  readonly law: Law;
  /** Kept elsewhere and off included: the page shows all. */
  readonly rules: readonly ListedRule[];
  /** IANA names: where the customer may be; hours hold in each of them. */
  readonly zones: readonly string[];
  readonly businessDay: boolean;
  /** Public holidays of the customer's country and region in the 60 days from `day`. */
  readonly holidays: readonly string[];
  /** What is not known of the holidays, in words; null: nothing. */
  readonly calendarDoubt: string | null;
}

const HOLIDAYS_AHEAD = 60;

/**
 * The law of one customer on a day of the company's zone, as decisions have it. Throws UserError not_found for a
 * customer that the books do not have.
 */
export async function lawOfCustomer(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  day: Day,
): Promise<CustomerLaw> {
  const debtors = await loadDebtors(tx, company.company_id, [customerId], [customerId]);
  const debtor = debtors.get(customerId);
  if (debtor === undefined) throw noCustomer();
  const asked = lawQuestion(company, debtor);
  const law = lawFor(asked, day);
  const calendar = calendarOf(company, debtor);
  const [country, region] =
    debtor.country === null ? [company.country, company.region] : [debtor.country, debtor.region];
  const until = addDays(day, HOLIDAYS_AHEAD);
  return {
    day,
    asked,
    law,
    rules: rulesFor(asked, day),
    zones: zonesOf(company, debtor, law),
    businessDay: calendar.isBusinessDay(day),
    holidays: publicHolidays(country, region).filter((on) => on >= day && on <= until),
    calendarDoubt: calendar.doubt ?? null,
  };
}
