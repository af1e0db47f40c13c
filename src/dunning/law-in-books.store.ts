import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { LawQuestion } from '../policies/law/law.ts';
import { type LawInBooks, lawInBooks } from './law-in-books.ts';
import { lawQuestion } from './laws.ts';

/**
 * Which law holds for whom of the company's active customers on a day of its zone. One statement: customers are counted
 * by what the packs ask; a city and a postcode count only where they may be New York City's.
 */
export async function lawInBooksOf(tx: Tx, company: CompanyRow, on: Day): Promise<LawInBooks> {
  const { rows } = await sql<{
    country: string | null;
    region: string | null;
    city: string | null;
    postcode: string | null;
    debtor_type: string;
    email_consent: boolean | null;
    customers: number;
  }>`
    with placed as (
      select country, region, debtor_type, email_consent,
        case when near then city end as city, case when near then postcode end as postcode
      from customer, lateral (select upper(trim(coalesce(country, ''))) = 'US'
        and (trim(coalesce(postcode, '')) ~ '^1[01]' or city is not null and trim(coalesce(postcode, '')) !~ '^\\d{5}(-?\\d{4})?$')
        as near) place
      where company_id = ${company.company_id} and active
    )
    select country, region, city, postcode, debtor_type, email_consent, count(*)::int as customers
    from placed group by 1, 2, 3, 4, 5, 6`.execute(tx);
  return lawInBooks(
    rows.map(({ debtor_type, email_consent, customers, ...place }) => ({
      customers,
      asked: lawQuestion(company, {
        ...place,
        debtorType: debtor_type as LawQuestion['debtorType'],
        emailConsent: email_consent,
      }),
    })),
    on,
  );
}
