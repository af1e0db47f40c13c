import { type Day, formatDay } from '../../../domain/day.ts';
import type { LawInBooks } from '../../../dunning/law-in-books.ts';
import type { ListedRule } from '../../../policies/law/law-for.ts';
import { Page } from '../../layout.view.tsx';
import { capital, counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { LawNow } from './law-now.view.tsx';
import { plural, RuleLine } from './law-rule.view.tsx';
import { Contents } from './law-section.view.tsx';
import { inSections } from './law-sections.ts';
import { PolicyNav } from './parts.view.tsx';

interface LawProps {
  readonly frame: CompanyFrame;
  readonly found: LawInBooks;
  /** Every rule there is. */
  readonly rules: readonly ListedRule[];
  readonly on: Day;
  readonly locale: string;
}

/** What the law leaves open for the customers of the books, and below it every rule of every pack. */
export function LawPage({ frame, found, rules, on, locale }: LawProps) {
  const sections = inSections(found.rules);
  return (
    <Page {...frame} title="Law" active="policy">
      <div class="stack-lg max-w-4xl">
        <PolicyNav frame={frame} here="/law" />
        <div>
          <h1>Law</h1>
          <p class="prose-duly">
            What holds for the customers in your books today, {formatDay(on, locale)}. These rules stand above
            every policy. They are house rules made from the sources named, no legal advice.
          </p>
        </div>
        <Contents
          sections={sections}
          before={[{ href: '#customers', words: 'Your customers' }]}
          after={[{ href: '#packs', words: 'Every rule there is' }]}
        />
        <LawNow
          kinds={found.kinds}
          sections={sections}
          locale={locale}
          at={`/companies/${frame.company.company_id}`}
        />
        <Packs rules={rules} locale={locale} />
      </div>
    </Page>
  );
}

/** All packs, each folded: rules for places and people that the books do not have are looked up here. */
function Packs({ rules, locale }: Pick<LawProps, 'rules' | 'locale'>) {
  return (
    <section class="stack" id="packs">
      <div>
        <h2>Every rule there is</h2>
        <p class="t-small t-2 prose-duly">
          By place, for customers that you do not have as well. A customer has the rules of its own country,
          state and city and of your country; where its country or type is not known, the strict ones.
        </p>
      </div>
      {[...Map.groupBy(rules, ({ pack }) => pack)].map(([pack, of]) => (
        <details key={pack} class="fold" id={pack}>
          <summary>
            {of[0]?.packName}, {counted(of.length, 'rule')}
          </summary>
          <div>
            <ul class="rulelines panel">
              {of.map((rule) => (
                <RuleLine
                  key={rule.id}
                  rule={rule}
                  place={rule.id}
                  whom={`${forWhom(rule)}${rule.effect.kind === 'off' ? ' Off.' : ''}`}
                  locale={locale}
                />
              ))}
            </ul>
          </div>
        </details>
      ))}
    </section>
  );
}

function forWhom({ for: types }: ListedRule): string {
  return types.length === 3 ? '' : `${capital(types.map((who) => plural[who]).join(' and '))}.`;
}
