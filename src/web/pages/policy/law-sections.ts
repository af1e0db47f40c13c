import type { RuleInBooks } from '../../../dunning/law-in-books.ts';
import type { Effect } from '../../../policies/law/pack.ts';

interface Section {
  /** Its place on the page. */
  readonly key: string;
  readonly title: string;
  readonly lead: string;
  readonly kinds: readonly Effect['kind'][];
  /** Opened by who wants to know. */
  readonly folded?: true;
}

export interface LawSection extends Section {
  readonly told: readonly RuleInBooks[];
  /** What those keep as well. */
  readonly covered: readonly RuleInBooks[];
}

/** The rules by what they do, as a bookkeeper reads them: what is blocked comes first. */
const lawSections: readonly Section[] = [
  {
    key: 'blocked',
    title: 'Blocked',
    lead: 'Duly does none of this, whatever the policy or a person says.',
    kinds: ['block'],
  },
  {
    key: 'limits',
    title: 'How often, when, with how much notice',
    lead: 'Where several say something else, the strictest counts. What comes too soon waits; it is not dropped.',
    kinds: ['cap', 'gap', 'window', 'deadline'],
  },
  {
    key: 'warned',
    title: 'Looked at by a person first',
    lead: 'It goes out only after a person has read the warning and given a reason, which is kept.',
    kinds: ['warn'],
  },
  {
    key: 'said',
    title: 'Said in every message',
    lead: 'These words stand in the messages and cannot be removed.',
    kinds: ['disclose'],
  },
  {
    key: 'kept',
    title: 'Kept by the way Duly works',
    lead: 'Nothing to plan by: another part of Duly sees to it.',
    kinds: ['kept'],
    folded: true,
  },
  {
    key: 'off',
    title: 'Not confirmed, and off',
    lead: 'No source that Duly could read confirms these so far. They do nothing: mind them yourself.',
    kinds: ['off'],
  },
];

/** What the sections show of these rules; a section without one is left out. */
export function inSections(rules: readonly RuleInBooks[]): readonly LawSection[] {
  return lawSections
    .map((section) => {
      const all = rules.filter(({ rule }) => section.kinds.includes(rule.effect.kind));
      return {
        ...section,
        told: all.filter(({ covered }) => !covered),
        covered: all.filter(({ covered }) => covered),
      };
    })
    .filter(({ told }) => told.length > 0);
}
