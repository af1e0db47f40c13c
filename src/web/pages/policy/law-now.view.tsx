import { countryName } from '../../../domain/postal-address.ts';
import type { CustomerKind } from '../../../dunning/law-in-books.ts';
import type { LawQuestion } from '../../../policies/law/law.ts';
import { plural } from './law-rule.view.tsx';
import { LawSectionPart } from './law-section.view.tsx';
import type { LawSection } from './law-sections.ts';

interface NowProps {
  readonly kinds: readonly CustomerKind[];
  readonly sections: readonly LawSection[];
  readonly locale: string;
  /** The company's pages. */
  readonly at: string;
}

/** The kinds of customers of the books, and what holds for them today: what is blocked first. */
export function LawNow({ kinds, sections, locale, at }: NowProps) {
  return (
    <>
      <section class="stack" id="customers">
        <h2>Your customers</h2>
        <Kinds kinds={kinds} locale={locale} at={at} />
      </section>
      {sections.map((section) => (
        <LawSectionPart key={section.key} section={section} locale={locale} placed={false} />
      ))}
    </>
  );
}

const types: Readonly<Record<LawQuestion['debtorType'], string>> = {
  business: 'Businesses',
  sole_trader: 'Sole traders',
  consumer: 'Consumers',
  unknown: 'Type not stated',
};

function Kinds({ kinds, locale, at }: Omit<NowProps, 'sections'>) {
  if (kinds.length === 0)
    return (
      <p>There is no active customer in the books yet. Once there is, this page says what holds for them.</p>
    );
  const guessed = kinds.some(({ type, treatedAs }) => type === 'unknown' && treatedAs !== 'business');
  return (
    <>
      <div class="panel-flush">
        <table class="sheet cards">
          <caption class="sr-only">Kinds of customers in the books, and the packs that hold for them</caption>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">What they are</th>
              <th scope="col" class="num">
                Customers
              </th>
              <th scope="col">Rules, besides Duly’s own</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={`${kind.country} ${kind.type}`}>
                <td class="whitespace-nowrap">
                  <strong>{placeWords(kind.country)}</strong>
                </td>
                <td data-label="What they are">
                  {types[kind.type]}
                  {kind.type === 'unknown' ? (
                    <span class="t-2">, treated as {plural[kind.treatedAs]}</span>
                  ) : null}
                </td>
                <td class="num" data-label="Customers">
                  {kind.customers.toLocaleString(locale)}
                </td>
                <td data-label="Rules" class="t-small">
                  {kind.packs.join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {guessed ? (
        <p class="t-small t-2">
          Whose type nobody stated counts as a consumer: say it on the customer’s page, or state once in{' '}
          <a href={`${at}/settings#statements`}>Settings</a> that all are businesses.
        </p>
      ) : null}
    </>
  );
}

function placeWords(country: string | null): string {
  return country === null ? 'No country in the books' : countryName(country);
}
