import type { CompanyRow } from '../companies/company.store.ts';
import type { Day } from '../domain/day.ts';
import type { Law, LawQuestion } from '../policies/law/law.ts';
import { lawFor } from '../policies/law/law-for.ts';
import type { Debtor } from './debtors.store.ts';

/** What the packs are asked about a debtor; an address that the ledger does not have counts as unknown. */
export function lawQuestion(
  company: Pick<CompanyRow, 'country' | 'all_businesses_at'>,
  debtor: LawQuestionFacts | undefined,
): LawQuestion {
  return {
    debtorCountry: debtor?.country ?? null,
    debtorRegion: debtor?.region ?? null,
    debtorCity: debtor?.city ?? null,
    debtorPostcode: debtor?.postcode ?? null,
    debtorType: debtor?.debtorType ?? 'unknown',
    creditorCountry: company.country,
    allBusinesses: company.all_businesses_at !== null,
    emailConsent: debtor?.emailConsent ?? null,
  };
}

type LawQuestionFacts = Pick<
  Debtor,
  'country' | 'region' | 'city' | 'postcode' | 'debtorType' | 'emailConsent'
>;

/** The law of each of these debtors on a day; debtors of whom the same is known share it. */
export function lawsOf(
  company: Pick<CompanyRow, 'country' | 'all_businesses_at'>,
  debtors: ReadonlyMap<string, LawQuestionFacts>,
): (customerId: string, on: Day) => Law {
  const found = new Map<string, Law>();
  return (customerId, on) => {
    const question = lawQuestion(company, debtors.get(customerId));
    const key = `${on} ${Object.values(question).join('|')}`;
    const law = found.get(key) ?? lawFor(question, on);
    found.set(key, law);
    return law;
  };
}
