import type { PolicyDocument } from '../document.ts';
import { presetWords } from '../presets/presets.ts';
import { namingOf, settingChanges } from '../what-changed.ts';
import type { Section } from './policy-in-words.ts';
import { ruleWords } from './rule-words.ts';
import { settingFields, settingWords } from './setting-words.ts';
import { capital, stepWords } from './step-words.ts';

/**
 * The whole policy as the business itself reads it: what holds for everybody, each sequence with its steps, each
 * segment with its rule and what is different for it. Amounts are written for `locale`.
 */
export function policyForBusiness(document: PolicyDocument, locale: string): readonly Section[] {
  const { sequences, settings, segments, preset } = document;
  const naming = namingOf(document, locale);
  const segmentNames = new Map(segments.map(({ key, name }) => [key, name]));
  return [
    {
      title: `For everybody (version ${document.version}, from the preset ${presetWords[preset].name})`,
      sentences: settingFields.map((field) => settingWords(field, settings[field], naming)),
    },
    ...sequences.map(({ name, steps, paused }) => ({
      title: `Sequence “${name}”`,
      sentences: [
        ...(paused ? ['It is paused: nothing of it is sent.'] : []),
        ...steps.map((step) => stepWords(step, segmentNames, locale)),
      ],
    })),
    ...segments.map((segment) => ({
      title: `Segment “${segment.name}”`,
      sentences: [
        `${capital(ruleWords(segment.when, locale))}.`,
        ...(segment.paused ? ['Reminders to these customers are paused.'] : []),
        ...settingChanges({}, segment.settings, naming),
      ],
    })),
  ];
}
