import { type Day, formatDay } from '../../../domain/day.ts';
import { countryName } from '../../../domain/postal-address.ts';
import type { CustomerLaw } from '../../../dunning/law-of.store.ts';
import type { TreatedAs } from '../../../policies/law/law.ts';
import type { ListedRule } from '../../../policies/law/law-for.ts';
import { Page } from '../../layout.view.tsx';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { PolicyNav, policyAt } from './parts.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly rules: readonly ListedRule[];
  /** One customer's law; null: every rule there is. */
  readonly customer: { readonly customerId: string; readonly name: string; readonly law: CustomerLaw } | null;
  readonly locale: string;
}

/** Which rule blocks, warns or discloses what, and where it stands. */
export function LawPage({ frame, rules, customer, locale }: Props) {
  const packs = [...new Map(rules.map(({ pack, packName }) => [pack, packName]))];
  return (
    <Page {...frame} title="Law" active="policy">
      <div class="stack-lg">
        <PolicyNav frame={frame} here={customer === null ? '/law' : '/law/customer'} />
        {customer === null ? <Everything /> : <About frame={frame} customer={customer} locale={locale} />}
        {customer === null ? <Contents packs={packs} /> : null}
        {packs.map(([pack, name]) => (
          <section key={pack} class="stack" id={pack}>
            <h2>{name}</h2>
            <Rules rules={rules.filter((rule) => rule.pack === pack)} name={name} locale={locale} />
          </section>
        ))}
      </div>
    </Page>
  );
}

function Everything() {
  return (
    <div>
      <h1>Law</h1>
      <p class="prose-duly">
        These rules stand above every policy: where several hold, the strictest counts. A customer has the
        packs of its own country, state and city and of yours; where its country or kind is not known, the
        strict one. They are house rules made from the sources named, no legal advice.
      </p>
    </div>
  );
}

function Contents({ packs }: { readonly packs: readonly (readonly [string, string])[] }) {
  return (
    <nav class="subnav" aria-label="Packs">
      {packs.map(([pack, name]) => (
        <a key={pack} class="sub" href={`#${pack}`}>
          {name}
        </a>
      ))}
    </nav>
  );
}

const treated: Readonly<Record<TreatedAs, string>> = {
  business: 'a business',
  sole_trader: 'a sole trader',
  consumer: 'a consumer',
};

function About({
  frame,
  customer: { customerId, name, law },
  locale,
}: Pick<Props, 'frame' | 'locale'> & { readonly customer: NonNullable<Props['customer']> }) {
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
      <p>
        <a href={`${policyAt(frame)}/law`}>All rules of all packs</a>
      </p>
    </div>
  );
}

const enforced = {
  block: { words: 'Blocks', kind: 'font-semibold' },
  warn: { words: 'Warns', kind: 't-soon' },
  disclose: { words: 'Must be said', kind: '' },
} as const;

function Rules({ rules, name, locale }: Pick<Props, 'rules' | 'locale'> & { readonly name: string }) {
  return (
    <div class="panel-flush">
      <table class="sheet cards">
        <caption class="sr-only">Rules of {name}</caption>
        <thead>
          <tr>
            <th scope="col">What it asks</th>
            <th scope="col">For</th>
            <th scope="col">How it is kept</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id} id={rule.id}>
              <td>
                {rule.words}
                {rule.doubt === null ? null : <p class="t-small t-2">To be confirmed: {rule.doubt}</p>}
              </td>
              <td data-label="For">
                {rule.for.length === 3 ? 'Everybody' : capital(rule.for.map((who) => plural[who]).join(', '))}
              </td>
              <td data-label="Kept">
                <div>
                  {rule.effect.kind === 'off' ? (
                    <span class="t-2">Off until confirmed</span>
                  ) : (
                    <span class={enforced[rule.enforce].kind}>{enforced[rule.enforce].words}</span>
                  )}
                  {rule.effect.kind === 'kept' ? <span class="t-2">, by {rule.effect.by}</span> : null}
                  <p class="t-small t-2">{datesWords(rule, locale)}</p>
                </div>
              </td>
              <td data-label="Source" class="t-small">
                <div>
                  {rule.source}
                  <p class="t-2">{rule.id}</p>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const plural: Readonly<Record<TreatedAs, string>> = {
  business: 'businesses',
  sole_trader: 'sole traders',
  consumer: 'consumers',
};

function datesWords({ from, until }: ListedRule, locale: string): string {
  const since = from === null ? '' : `from ${formatDay(from as Day, locale)}`;
  const to = until === null ? '' : `until before ${formatDay(until as Day, locale)}`;
  return [since, to].filter((part) => part !== '').join(' ');
}
