import type { PolicyBody, Segment } from './document.ts';
import type { PolicySettings } from './policy.ts';
import { presetWords } from './presets/presets.ts';
import { sequenceChanges } from './words/changed-steps.ts';
import { ruleWords } from './words/rule-words.ts';
import { same } from './words/same.ts';
import { type Naming, settingFields, settingWords } from './words/setting-words.ts';

/**
 * What differs between two policies, a sentence each, for the record and for whoever is about to save; empty: nothing
 * differs. The sentences say how it is afterwards. Amounts are written for `locale`, in `currencies` where they can be.
 */
export function whatChangedInPolicy(
  before: PolicyBody,
  after: PolicyBody,
  locale = 'en',
  currencies?: readonly string[],
): string[] {
  const naming = { ...namingOf(after, locale), currencies };
  const changes = [
    ...(before.preset === after.preset ? [] : [`It goes by the preset ${presetWords[after.preset].name}.`]),
    ...settingChanges(before.settings, after.settings, naming),
    ...sequenceChanges(before.sequences, after.sequences),
    ...segmentChanges(before.segments, after.segments, naming),
  ];
  return changes;
}

export function namingOf({ sequences }: Pick<PolicyBody, 'sequences'>, locale: string): Naming {
  return { sequences: new Map(sequences.map(({ key, name }) => [key, name])), locale };
}

/** A setting that `after` no longer has says so: what it was before is then said elsewhere. */
export function settingChanges(
  before: Partial<PolicySettings>,
  after: Partial<PolicySettings>,
  naming: Naming,
): readonly string[] {
  return settingFields.flatMap((field) => {
    if (same(before[field], after[field])) return [];
    const value = after[field];
    return value === undefined
      ? [`${fieldNames[field]}: as for everybody else.`]
      : [settingWords(field, value, naming)];
  });
}

const fieldNames: Readonly<Record<keyof PolicySettings, string>> = {
  sequence: 'Sequence',
  window: 'Hours',
  sendDays: 'Days',
  minGapBusinessDays: 'Gap',
  restAfterPaymentBusinessDays: 'Rest after a payment',
  promiseGraceBusinessDays: 'Grace of a promise',
  caps: 'Most contacts',
  minimumBalance: 'Least to be reminded of',
  worthACall: 'Worth a call',
  worthALetter: 'Worth a letter',
  statement: 'Statements',
  thankYou: 'Thanks',
  lateFee: 'Late fee',
};

function segmentChanges(
  before: readonly Segment[],
  after: readonly Segment[],
  naming: Naming,
): readonly string[] {
  const old = new Map(before.map((segment) => [segment.key, segment]));
  const kept = new Set(after.map(({ key }) => key));
  const gone = before.filter(({ key }) => !kept.has(key)).map(({ name }) => `The segment “${name}” is gone.`);
  const changed = after.flatMap((segment) => {
    const was = old.get(segment.key);
    return was === undefined
      ? [`New segment “${segment.name}”: ${ruleWords(segment.when, naming.locale, naming.currencies)}.`]
      : segmentChange(was, segment, naming);
  });
  const [orderWas, orderIs] = [
    before.filter(({ key }) => kept.has(key)).map(({ key }) => key),
    after.filter(({ key }) => old.has(key)).map(({ key }) => key),
  ];
  const order = same(orderWas, orderIs)
    ? []
    : [`Segments are tried in the order ${after.map(({ name }) => `“${name}”`).join(', ')}.`];
  return [...gone, ...changed, ...order];
}

function segmentChange(was: Segment, is: Segment, naming: Naming): readonly string[] {
  const name = `“${is.name}”`;
  return [
    ...(was.name === is.name ? [] : [`The segment “${was.name}” is now called ${name}.`]),
    ...(same(was.when, is.when)
      ? []
      : [`${name} is: ${ruleWords(is.when, naming.locale, naming.currencies)}.`]),
    ...settingChanges(was.settings, is.settings, naming).map((words) => `${name}: ${words}`),
    ...(was.paused === is.paused ? [] : [`Reminders to ${name} are ${is.paused ? 'paused' : 'resumed'}.`]),
  ];
}
