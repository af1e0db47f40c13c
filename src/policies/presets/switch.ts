import type { PolicyBody, PresetKey, Segment, Sequence } from '../document.ts';
import type { PolicySettings } from '../policy.ts';
import { same } from '../words/same.ts';
import { presets } from './presets.ts';

/**
 * The policy going by another preset. Its sequences and what it says of them are the new preset's; what the business
 * set itself stays: settings and rules that differ from the old preset's, segments and sequences of its own, sequences
 * of the old preset that it changed, and pauses. Choosing the preset that is in force brings back its sequences.
 */
export function withPreset(before: PolicyBody, key: PresetKey): PolicyBody {
  const [old, chosen] = [presets[before.preset], presets[key]];
  return {
    preset: key,
    sequences: [
      ...chosen.sequences.map((one) => pausedAs(one, before.sequences)),
      ...ownSequences(before, chosen),
    ],
    settings: {
      ...merged(before.settings, old.settings, chosen.settings),
      sequence: chosen.settings.sequence,
    },
    segments: [...ownSegments(before, chosen), ...chosen.segments.map((one) => segmentAs(one, before, old))],
  };
}

function pausedAs(sequence: Sequence, before: readonly Sequence[]): Sequence {
  return { ...sequence, paused: before.find(({ key }) => key === sequence.key)?.paused ?? false };
}

const known = new Map(
  Object.values(presets).flatMap(({ sequences }) => sequences.map((one) => [one.key, one])),
);

/** Not those of a preset that were left as they came: choosing that preset brings them back. */
function ownSequences(before: PolicyBody, chosen: PolicyBody): readonly Sequence[] {
  const has = new Set(chosen.sequences.map(({ key }) => key));
  return before.sequences.filter((one) => !has.has(one.key) && !same(one, known.get(one.key)));
}

function ownSegments(before: PolicyBody, chosen: PolicyBody): readonly Segment[] {
  const has = new Set(chosen.segments.map(({ key }) => key));
  return before.segments
    .filter(({ key }) => !has.has(key))
    .map((one) => withKnownSequence(one, before, chosen));
}

/** A segment of its own that used a sequence of the old preset goes by the company's sequence from now on. */
function withKnownSequence(segment: Segment, before: PolicyBody, chosen: PolicyBody): Segment {
  const { sequence, ...settings } = segment.settings;
  if (sequence === undefined || sequence === null) return segment;
  const stays = [...chosen.sequences, ...ownSequences(before, chosen)].some(({ key }) => key === sequence);
  return stays ? segment : { ...segment, settings };
}

function segmentAs(segment: Segment, before: PolicyBody, old: PolicyBody): Segment {
  const find = (body: PolicyBody) => body.segments.find(({ key }) => key === segment.key);
  const [is, was] = [find(before), find(old)];
  if (is === undefined || was === undefined) return segment;
  const settings = merged(is.settings, was.settings, segment.settings);
  const { sequence } = segment.settings;
  const { sequence: _old, ...others } = settings;
  return {
    ...segment,
    name: is.name === was.name ? segment.name : is.name,
    when: same(is.when, was.when) ? segment.when : is.when,
    settings: sequence === undefined ? others : { ...others, sequence },
    paused: is.paused,
  };
}

/** Field by field: the chosen preset's value, unless the business set another than the old preset's. */
function merged<T extends Partial<PolicySettings>>(is: T, was: T, chosen: T): T {
  const own = Object.entries(is).filter(([field, value]) => !same(value, was[field as keyof T]));
  return { ...chosen, ...Object.fromEntries(own) };
}
