import type { PolicyBody, Segment } from '../../../policies/document.ts';
import type { SegmentRule } from '../../../policies/segment.ts';
import type { Answers } from './answers.ts';
import type { Attester } from './fee-form.ts';
import { ownAnswers, ownNames, readOwn } from './own-settings.ts';
import { amountAnswers, Reader } from './reader.ts';
import { debtorTypes, inOrder } from './step-form.ts';

const wholes = [
  'invoicesAtMost',
  'settledAtLeast',
  'latePercentAtLeast',
  'latePercentAtMost',
  'averageDaysLateAtLeast',
  'averageDaysLateAtMost',
  'brokenPromisesAtLeast',
  'brokenPromisesAtMost',
] as const;

export const segmentFields = [
  'name',
  ...wholes.map((name) => `when.${name}`),
  'when.openAtLeast',
  'when.debtorTypes',
  'when.groups',
  'when.byHandOnly',
  ...ownNames,
];

/** What stands in the form of a segment; the fields of what is different have no prefix. */
export function segmentAnswers({ name, when, settings }: Segment, currencies: readonly string[]): Answers {
  return {
    name,
    ...Object.fromEntries(wholes.map((field) => [`when.${field}`, String(when[field] ?? '')])),
    ...amountAnswers('when.openAtLeast', when.openAtLeast ?? {}, currencies),
    'when.debtorTypes': when.debtorTypes ?? [],
    'when.groups': (when.groups ?? []).join(', '),
    'when.byHandOnly': when.byHandOnly === true ? 'yes' : '',
    ...ownAnswers(settings, currencies),
  };
}

export function readSegment(
  answers: Answers,
  before: Segment,
  body: PolicyBody,
  currencies: readonly string[],
  attester: Attester,
): { readonly segment: Segment; readonly reader: Reader } {
  const reader = new Reader(answers);
  const segment = {
    ...before,
    name: reader.text('name'),
    when: readRule(reader, before.when, currencies),
    settings: readOwn(reader, before.settings, body.settings, currencies, attester),
  };
  return { segment, reader };
}

function readRule(reader: Reader, before: SegmentRule, currencies: readonly string[]): SegmentRule {
  const figures = wholes.flatMap((field) => {
    const value = reader.wholeOrNull(`when.${field}`);
    return value === null ? [] : [[field, value] as const];
  });
  const openAtLeast = reader.amounts('when.openAtLeast', currencies, shared(reader, before, currencies));
  const types = inOrder(reader.list('when.debtorTypes'), before.debtorTypes ?? [], debtorTypes);
  const groups = reader
    .text('when.groups')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
  return {
    ...Object.fromEntries(figures),
    ...(Object.keys(openAtLeast).length === 0 ? {} : { openAtLeast }),
    ...(types.length === 0 ? {} : { debtorTypes: types }),
    ...(groups.length === 0 ? {} : { groups }),
    ...(reader.is('when.byHandOnly') ? { byHandOnly: true as const } : {}),
  };
}

/** Amounts in currencies that have no field are kept only while one that has a field still stands. */
function shared(
  reader: Reader,
  before: SegmentRule,
  currencies: readonly string[],
): Readonly<Record<string, number>> {
  const stands = currencies.some((code) => reader.text(`when.openAtLeast.${code}`) !== '');
  return stands ? (before.openAtLeast ?? {}) : {};
}

/** Changes of the list, each giving a new policy. */
export function moveSegment(body: PolicyBody, key: string, by: -1 | 1): PolicyBody {
  const segments = [...body.segments];
  const from = segments.findIndex((one) => one.key === key);
  const [one, other] = [segments[from], segments[from + by]];
  if (one === undefined || other === undefined) return body;
  segments[from] = other;
  segments[from + by] = one;
  return { ...body, segments };
}

/** Steps name it no longer; the check refuses one that was for it alone, until it is taken out or for others. */
export function removeSegment(body: PolicyBody, key: string): PolicyBody {
  return {
    ...body,
    segments: body.segments.filter((one) => one.key !== key),
    sequences: body.sequences.map((sequence) => ({
      ...sequence,
      steps: sequence.steps.map((step) => {
        const { segments } = step.conditions;
        if (segments === null || !segments.includes(key)) return step;
        const left = segments.filter((one) => one !== key);
        return { ...step, conditions: { ...step.conditions, segments: left } };
      }),
    })),
  };
}
