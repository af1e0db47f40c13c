import type { Day } from '../domain/day.ts';
import type { LawQuestion, TreatedAs } from '../policies/law/law.ts';
import { allRules, type ListedRule, lawFor, rulesFor } from '../policies/law/law-for.ts';
import { keepsToo } from '../policies/law/stricter.ts';

/** Active customers of the books of whom the packs know the same. */
export interface KnownAlike {
  readonly asked: LawQuestion;
  readonly customers: number;
}

/** A kind of customer that occurs in the books. */
export interface CustomerKind {
  /** ISO 3166-1 alpha-2; null: the books know none. */
  readonly country: string | null;
  readonly type: LawQuestion['debtorType'];
  readonly treatedAs: TreatedAs;
  readonly customers: number;
  /** Names of the packs that hold for any of them; the house's hold for everybody and are left out. */
  readonly packs: readonly string[];
}

/** A rule that holds for somebody in the books today. */
export interface RuleInBooks {
  readonly rule: ListedRule;
  readonly customers: number;
  /** Whom it holds for: all, all who are treated as these, or those of them in these countries. */
  readonly whom: {
    readonly all: boolean;
    readonly types: readonly TreatedAs[];
    /** Null: whatever their country. */
    readonly countries: readonly (string | null)[] | null;
  };
  /** Another rule here, for everybody whom this one is for, keeps it too: it is no news. */
  readonly covered: boolean;
}

export interface LawInBooks {
  /** The largest first. */
  readonly kinds: readonly CustomerKind[];
  /** In the order of the packs. */
  readonly rules: readonly RuleInBooks[];
}

interface Answered extends KnownAlike {
  readonly treatedAs: TreatedAs;
  readonly rules: readonly ListedRule[];
}

/** Which kinds of customers there are, and which rules hold for whom of them on a day. Pure. */
export function lawInBooks(groups: readonly KnownAlike[], on: Day): LawInBooks {
  const answered = groups.map((group) => ({
    ...group,
    treatedAs: lawFor(group.asked, on).treatedAs,
    rules: rulesFor(group.asked, on),
  }));
  const kinds = Map.groupBy(answered, ({ asked }) => `${asked.debtorCountry ?? ''} ${asked.debtorType}`);
  return {
    kinds: [...kinds.values()].map(kindOf).toSorted((one, other) => other.customers - one.customers),
    rules: rulesOf(answered),
  };
}

function kindOf(of: readonly Answered[]): CustomerKind {
  const [first] = of;
  if (first === undefined) throw new RangeError('a kind of customer without customers');
  return {
    country: first.asked.debtorCountry,
    type: first.asked.debtorType,
    treatedAs: first.treatedAs,
    customers: customersOf(of),
    packs: [
      ...new Set(
        of.flatMap(({ rules }) =>
          rules.flatMap(({ pack, packName }) => (pack === 'house' ? [] : [packName])),
        ),
      ),
    ],
  };
}

interface Holding {
  readonly rule: ListedRule;
  readonly groups: readonly Answered[];
}

function rulesOf(answered: readonly Answered[]): readonly RuleInBooks[] {
  const holding = allRules().flatMap((rule): Holding[] => {
    const groups = answered.filter(({ rules }) => rules.some(({ id }) => id === rule.id));
    return groups.length === 0 ? [] : [{ rule, groups }];
  });
  return holding.map(({ rule, groups }, index) => ({
    rule,
    customers: customersOf(groups),
    whom: whomOf(groups, answered),
    covered: holding.some((other, at) => covers(other, { rule, groups }, at < index)),
  }));
}

/** Of two that keep each other the one of the earlier pack is told: `first`. */
function covers(other: Holding, one: Holding, first: boolean): boolean {
  if (other.rule.id === one.rule.id || !keepsToo(other.rule.effect, one.rule.effect)) return false;
  if (!one.groups.every((group) => other.groups.includes(group))) return false;
  const same =
    keepsToo(one.rule.effect, other.rule.effect) && other.groups.every((group) => one.groups.includes(group));
  return !same || first;
}

/** The shortest true answer: everybody, everybody of some types, or those of them in some countries. */
function whomOf(groups: readonly Answered[], all: readonly Answered[]): RuleInBooks['whom'] {
  const types = [...new Set(groups.map(({ treatedAs }) => treatedAs))];
  const ofTypes = all.filter(({ treatedAs }) => types.includes(treatedAs));
  const whole = customersOf(groups) === customersOf(ofTypes);
  return {
    all: whole && ofTypes.length === all.length,
    types,
    countries: whole ? null : [...new Set(groups.map(({ asked }) => asked.debtorCountry))],
  };
}

function customersOf(groups: readonly KnownAlike[]): number {
  return groups.reduce((sum, { customers }) => sum + customers, 0);
}
