import type { Day } from '../../domain/day.ts';
import { workingWeek } from '../../domain/working-week.ts';
import { allPacks, packsFor } from './jurisdictions.ts';
import type { Law, LawQuestion, LawRule, TreatedAs } from './law.ts';
import type { Effect, Pack, PackRule } from './pack.ts';

/** A rule with its pack, for the page of all rules. */
export interface ListedRule extends PackRule {
  readonly pack: string;
  readonly packName: string;
}

/** All rules of all packs, those that are off or no longer in force included. */
export function allRules(): readonly ListedRule[] {
  return allPacks.flatMap(listed);
}

/** The rules that hold for a debtor on a day (of the debtor), each with its pack. */
export function rulesFor(question: LawQuestion, on: Day): readonly ListedRule[] {
  return rulesOf(packsFor(question), question, on);
}

/**
 * What the law leaves open for a debtor on a day: the strictest of the debtor's and the creditor's packs. An unknown
 * country or type takes the strict pack; `unknown` counts as consumer unless the business stated that all its
 * customers are businesses. Pure.
 */
export function lawFor(question: LawQuestion, on: Day): Law {
  return lawOf(packsFor(question), question, on);
}

/** The same from packs at hand: adding one never loosens anything. Throws RangeError without a rule for the gap. */
export function lawOf(packs: readonly Pack[], question: LawQuestion, on: Day): Law {
  const rules = rulesOf(packs, question, on);
  const gap = effects(rules, 'gap').toSorted((a, b) => b.effect.businessDays - a.effect.businessDays)[0];
  if (gap === undefined) throw new RangeError('no pack says how many days lie between two contacts');
  return {
    packs: packs.map((pack) => pack.key),
    treatedAs: treatedAs(question),
    parties: { creditor: question.creditorCountry, debtor: question.debtorCountry },
    caps: effects(rules, 'cap').map(({ effect: { channels, days, most }, rule }) => ({
      channels,
      days,
      most,
      rule,
    })),
    windows: effects(rules, 'window').map(({ effect: { channels, from, to, days }, rule }) => ({
      channels,
      from,
      to,
      days: days === 'working' ? workingWeek(question.debtorCountry ?? question.creditorCountry) : days,
      rule,
    })),
    minGapBusinessDays: { days: gap.effect.businessDays, rule: gap.rule },
    blocked: effects(rules, 'block')
      .filter(({ effect }) => effect.unless === undefined || question.emailConsent !== true)
      .filter(({ effect }) => effect.when === undefined || question.emailConsent === false)
      .flatMap(({ effect, rule }) => effect.what.map((what) => ({ what, rule }))),
    deadlines: effects(rules, 'deadline').map(({ effect: { stage, days }, rule }) => ({ stage, days, rule })),
    disclosures: effects(rules, 'disclose').map(({ effect, rule }) => ({ ...effect.say, rule })),
    warnings: effects(rules, 'warn').map(({ effect: { stage }, rule }) => ({ stage, rule })),
  };
}

/** `unknown` counts as consumer unless the business stated that all its customers are businesses (section 6). */
function treatedAs({
  debtorType,
  allBusinesses,
}: Pick<LawQuestion, 'debtorType' | 'allBusinesses'>): TreatedAs {
  if (debtorType !== 'unknown') return debtorType;
  return allBusinesses ? 'business' : 'consumer';
}

function rulesOf(packs: readonly Pack[], question: LawQuestion, on: Day): ListedRule[] {
  const who = treatedAs(question);
  return packs.flatMap(listed).filter((rule) => rule.for.includes(who) && inForce(rule, on));
}

function inForce({ from, until }: LawRule, on: Day): boolean {
  return (from === null || from <= on) && (until === null || on < until);
}

/** Kept, as every decision asks. */
const lists = new WeakMap<Pack, readonly ListedRule[]>();

function listed(pack: Pack): readonly ListedRule[] {
  const kept = lists.get(pack);
  if (kept !== undefined) return kept;
  const list = pack.rules.map((rule) => ({ ...rule, pack: pack.key, packName: pack.name }));
  lists.set(pack, list);
  return list;
}

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** Of one kind, each with its rule in short. */
function effects<K extends Effect['kind']>(
  rules: readonly PackRule[],
  kind: K,
): { readonly effect: EffectOf<K>; readonly rule: LawRule }[] {
  return rules.flatMap(({ effect, id, words, source, from, until, enforce }) =>
    effect.kind === kind
      ? [{ effect: effect as EffectOf<K>, rule: { id, words, source, from, until, enforce } }]
      : [],
  );
}
