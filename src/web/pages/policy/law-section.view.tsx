import { countryName } from '../../../domain/postal-address.ts';
import type { RuleInBooks } from '../../../dunning/law-in-books.ts';
import { Fold } from '../../parts/form.view.tsx';
import { capital, counted } from '../../words.ts';
import { plural, RuleLine } from './law-rule.view.tsx';
import type { LawSection } from './law-sections.ts';

interface SectionProps {
  readonly section: LawSection;
  readonly locale: string;
  /** Whether a rule's line is the place that its id leads to. */
  readonly placed: boolean;
}

/** The contents of a page of law; `after`: what stands below the sections. */
export function Contents({
  sections,
  before = [],
  after,
}: {
  readonly sections: readonly LawSection[];
  readonly before?: readonly Entry[];
  readonly after: readonly Entry[];
}) {
  const entries = [
    ...before,
    ...sections.map(({ key, title, told, covered }) => ({
      href: `#${key}`,
      words: title,
      count: told.length + covered.length,
    })),
    ...after,
  ];
  return (
    <nav class="subnav" aria-label="On this page">
      {entries.map(({ href, words, count }) => (
        <a key={href} class="sub" href={href}>
          {words} {count === undefined ? null : <span class="t-2">{count}</span>}
        </a>
      ))}
    </nav>
  );
}

interface Entry {
  readonly href: string;
  readonly words: string;
  readonly count?: number;
}

/** Rules that do the same kind of thing, one a line; what stricter ones keep anyway is folded below them. */
export function LawSectionPart({ section, locale, placed }: SectionProps) {
  const { key, title, lead, told, covered, folded } = section;
  const lines = <Lines rules={told} {...{ locale, placed }} />;
  return (
    <section class="stack" id={key}>
      <div>
        <h2>{title}</h2>
        <p class="t-small t-2">{lead}</p>
      </div>
      {folded === true ? <Fold summary={`Show ${counted(told.length, 'rule')}`}>{lines}</Fold> : lines}
      {covered.length === 0 ? null : (
        <Fold
          summary={`${counted(covered.length, 'more rule')} that ${covered.length === 1 ? 'is' : 'are'} kept by keeping these`}
        >
          <Lines rules={covered} {...{ locale, placed }} />
        </Fold>
      )}
    </section>
  );
}

function Lines({
  rules,
  locale,
  placed,
}: Omit<SectionProps, 'section'> & { readonly rules: readonly RuleInBooks[] }) {
  return (
    <ul class="rulelines panel">
      {rules.map((one) => (
        <RuleLine
          key={one.rule.id}
          rule={one.rule}
          whom={whomWords(one)}
          locale={locale}
          {...(placed ? { place: one.rule.id } : {})}
        />
      ))}
    </ul>
  );
}

/** Whom a rule holds for: nothing for everybody, `Consumers in the United States, 12 customers`. */
function whomWords({ rule, customers, whom }: RuleInBooks): string {
  if (whom.all) return '';
  const who = capital(whom.types.map((type) => plural[type]).join(' and '));
  return `${who}${whereWords(rule.pack, rule.packName, whom.countries)}, ${counted(customers, 'customer')}.`;
}

function whereWords(pack: string, packName: string, countries: RuleInBooks['whom']['countries']): string {
  if (countries === null) return '';
  // a state's or a city's
  if (pack.includes('-')) return ` in ${packName}`;
  const names = countries.map((country) => (country === null ? 'no known country' : countryName(country)));
  return ` in ${names.join(', ')}`;
}
