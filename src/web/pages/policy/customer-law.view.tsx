import { type Day, formatDay } from '../../../domain/day.ts';
import { countryName } from '../../../domain/postal-address.ts';
import { lawInBooks } from '../../../dunning/law-in-books.ts';
import type { CustomerLaw } from '../../../dunning/law-of.store.ts';
import type { TreatedAs } from '../../../policies/law/law.ts';
import { Page } from '../../layout.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import { Contents, LawSectionPart } from './law-section.view.tsx';
import { inSections } from './law-sections.ts';
import { PolicyNav, policyAt } from './parts.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly customerId: string;
  readonly name: string;
  readonly law: CustomerLaw;
  readonly locale: string;
}

/** What the law leaves open for one customer today: what is blocked first, each rule in a line. */
export function CustomerLawPage({ frame, customerId, name, law, locale }: Props) {
  const sections = inSections(lawInBooks([{ asked: law.asked, customers: 1 }], law.day).rules);
  return (
    <Page {...frame} title="Law" active="policy">
      <div class="stack-lg max-w-4xl">
        <PolicyNav frame={frame} here="/law/customer" />
        <About {...{ frame, customerId, name, law, locale }} />
        <Contents
          sections={sections}
          after={[{ href: `${policyAt(frame)}/law`, words: 'Law for all customers' }]}
        />
        {sections.map((section) => (
          <LawSectionPart key={section.key} section={section} locale={locale} placed={true} />
        ))}
      </div>
    </Page>
  );
}

const treated: Readonly<Record<TreatedAs, string>> = {
  business: 'a business',
  sole_trader: 'a sole trader',
  consumer: 'a consumer',
};

function About({ frame, customerId, name, law, locale }: Props) {
  const { asked: question, day: on, zones, holidays, calendarDoubt } = law;
  const { treatedAs } = law.law;
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(customerId)}`;
  const settings = `/companies/${frame.company.company_id}/settings`;
  const country = question.debtorCountry === null ? null : countryName(question.debtorCountry);
  const place = [question.debtorCity, question.debtorRegion, country].filter(Boolean);
  return (
    <div class="stack">
      <div>
        <p class="t-small">
          <a href={at}>{name}</a>
        </p>
        <h1>The law for {name}</h1>
      </div>
      <p class="prose-duly">
        The rules of {formatDay(on, locale)}.{' '}
        {place.length === 0
          ? 'The books know no country for this customer, so the strict pack holds.'
          : `By the books this customer’s place is ${place.join(', ')}; yours is ${countryName(question.creditorCountry)}.`}{' '}
        They are treated as {treated[treatedAs]}
        {question.debtorType === 'unknown' && treatedAs !== 'business' ? (
          <>
            , as nobody said what kind of customer they are. <a href={at}>Say it on their page</a>, or state
            in <a href={settings}>Settings</a> that all customers are businesses.
          </>
        ) : (
          '.'
        )}
      </p>
      <p class="t-2 prose-duly">
        Their clock: {zones.join(', ').replaceAll('_', ' ')}.{' '}
        {holidays.length === 0
          ? 'No public holiday in the next 60 days.'
          : `Public holidays in the next 60 days: ${holidays.map((day) => formatDay(day as Day, locale)).join(', ')}.`}{' '}
        {calendarDoubt ?? ''}
      </p>
    </div>
  );
}
