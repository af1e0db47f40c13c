import type { Currency } from '../domain/currency.ts';
import type { Tx } from '../platform/db.ts';
import type { Known } from '../ports/ledger.ts';

/** What the company's profile said last, for reading its rows. */
export async function loadKnown(tx: Tx, companyId: string): Promise<Known> {
  const row = await tx
    .selectFrom('company')
    .select(['base_currency', 'terms'])
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const terms = Object.entries(row.terms as Record<string, string>);
  return { baseCurrency: row.base_currency as Currency, terms: new Map(terms) };
}
