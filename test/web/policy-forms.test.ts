import { describe, expect, it } from '@jest/globals';
import { checkDocument } from '../../src/policies/check-document.ts';
import { usualSettings } from '../../src/policies/policy.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import { step } from '../../src/policies/step.ts';
import { answersIn } from '../../src/web/pages/policy/answers.ts';
import { companyOfToken, tokenFor } from '../../src/web/pages/policy/link-token.ts';
import { ownAnswers, readOwn } from '../../src/web/pages/policy/own-settings.ts';
import { Reader } from '../../src/web/pages/policy/reader.ts';
import { rowRemoved } from '../../src/web/pages/policy/row-removed.ts';
import { readSegment, removeSegment, segmentAnswers } from '../../src/web/pages/policy/segment-form.ts';
import {
  addStep,
  copyStep,
  freshKey,
  moveStep,
  removeSequence,
} from '../../src/web/pages/policy/sequence-edit.ts';
import { readSettings, settingsAnswers } from '../../src/web/pages/policy/settings-form.ts';
import { readStep, stepAnswers } from '../../src/web/pages/policy/step-form.ts';

const currencies = ['USD', 'JPY'];
const ann = { name: 'Ann', today: '2026-11-30' };

describe('a form that is sent untouched changes nothing', () => {
  for (const [name, body] of Object.entries(presets)) {
    it(`of any step of ${name}`, () => {
      const choices = { currencies, segments: body.segments };
      for (const { steps } of body.sequences)
        for (const each of steps) {
          const read = readStep(answersIn(stepAnswers(each, choices)), each, choices);
          expect(read.reader.faults.size).toBe(0);
          expect(read.step).toEqual(each);
        }
    });
    it(`of any segment and the rules of ${name}`, () => {
      for (const each of body.segments) {
        const read = readSegment(answersIn(segmentAnswers(each, currencies)), each, body, currencies, ann);
        expect(read.reader.faults.size).toBe(0);
        expect(read.segment).toEqual(each);
      }
      const answers = answersIn(settingsAnswers(body.settings, currencies));
      const { settings, reader } = readSettings(answers, body.settings, currencies, ann);
      expect(reader.faults.size).toBe(0);
      expect(settings).toEqual(body.settings);
    });
  }

  it('of a step with every condition', () => {
    const rare = step({
      key: 'rare',
      name: 'rare',
      offsetDays: -2,
      offsetUnit: 'business',
      stage: 'courtesy',
      conditions: {
        segments: ['reliable', 'new'],
        minimum: { USD: 12_345, EUR: 500 },
        debtorTypes: ['business'],
        daysSincePayment: 9,
      },
      consequence: 'stop_supply',
      waitsBusinessDays: 4,
      repeat: { everyDays: 14, most: 2 },
    });
    const choices = { currencies, segments: presets.standard.segments };
    expect(readStep(answersIn(stepAnswers(rare, choices)), rare, choices).step).toEqual(rare);
  });

  it('of what a customer has for itself', () => {
    const own = {
      sequence: null,
      window: { from: '10:00', to: '12:00' },
      minGapBusinessDays: 5,
      caps: { perWeek: 1, perMonth: 2 },
      minimumBalance: { USD: 500, EUR: 700 },
      statement: { forWhom: 'nobody', businessDay: 7 },
      thankYou: false,
      worthACall: { USD: 1 },
      sendDays: [2, 4],
      lateFee: {
        kind: 'contract',
        yearlyRateBp: 850,
        graceDays: 10,
        attestedBy: 'Ben',
        attestedOn: '2026-10-01',
      },
    } as const;
    const reader = new Reader(answersIn(ownAnswers(own, currencies)));
    expect(readOwn(reader, own, usualSettings, currencies, ann)).toEqual(own);
    expect(reader.faults.size).toBe(0);
  });
});

it('an own half of a pair takes the other half from everybody', () => {
  const reader = new Reader({ 'caps.perWeek': '1', 'window.to': '12:00' });
  expect(readOwn(reader, {}, usualSettings, currencies, ann)).toEqual({
    caps: { perWeek: 1, perMonth: 8 },
    window: { from: '09:00', to: '12:00' },
  });
});

it('days and a late fee of a segment: none ticked is as for everybody, “nothing” is none, a fee needs a word', () => {
  const read = (typed: Record<string, string | string[]>) => {
    const reader = new Reader(typed);
    return { own: readOwn(reader, {}, usualSettings, currencies, ann), faults: [...reader.faults.keys()] };
  };
  expect(read({ sendDays: [], 'lateFee.kind': '' })).toEqual({ own: {}, faults: [] });
  expect(read({ sendDays: ['2', '4'] }).own).toEqual({ sendDays: [2, 4] });
  expect(read({ 'lateFee.kind': 'none' }).own).toEqual({ lateFee: null });
  const fee = { 'lateFee.kind': 'contract', 'lateFee.yearlyRateBp': '9', 'lateFee.graceDays': '5' };
  expect(read(fee).faults).toEqual(['lateFee.attestedBy']);
  expect(read({ ...fee, 'lateFee.attestedBy': 'yes' }).own.lateFee).toEqual({
    kind: 'contract',
    yearlyRateBp: 900,
    graceDays: 5,
    attestedBy: 'Ann',
    attestedOn: '2026-11-30',
  });
});

it('steps that change places take over each other\u2019s day, at the ends nothing moves', () => {
  const steps = [3, 8, 21].map((offsetDays) =>
    step({ key: `d${offsetDays}`, name: 'a step', offsetDays, stage: 'first' }),
  );
  const sequence = { key: 's', name: 'S', steps, paused: false };
  const days = (one: typeof sequence) => one.steps.map(({ key, offsetDays }) => `${key} ${offsetDays}`);
  expect(days(moveStep(sequence, 'd8', -1) as typeof sequence)).toEqual(['d8 3', 'd3 8', 'd21 21']);
  expect(moveStep(sequence, 'd3', -1)).toBe(sequence);
  const copied = copyStep(sequence, 'd21', 'again');
  expect(copied.steps.map(({ offsetDays }) => offsetDays)).toEqual([3, 8, 21, 28]);
  const added = addStep(sequence, step({ key: 'x', name: 'x', offsetDays: 10, stage: 'first' }));
  expect(added.steps.map(({ key }) => key)).toEqual(['d3', 'd8', 'x', 'd21']);
});

it('a key is never given twice, and what has no letters is a step all the same', () => {
  expect(freshKey('2. Erinnerung!', 3, [])).toBe('erinnerung_v3');
  expect(freshKey('\u4e8c', 3, ['step_v3'])).toBe('step_v3_2');
});

it('a sequence or segment that is taken out leaves a policy that can be carried out', () => {
  const without = removeSequence(presets.standard, 'standard_reliable');
  expect(checkDocument(without).filter(({ level }) => level === 'refuse')).toEqual([]);
  const fewer = removeSegment(presets.standard, 'new');
  expect(checkDocument(fewer).filter(({ level }) => level === 'refuse')).toEqual([]);
});

it('what is taken out of the draft is named', () => {
  const { steps = [] } = presets.standard.sequences[0] ?? {};
  expect(rowRemoved(steps, 'second').said).toBe('“second reminder” is out of your draft.');
  // somebody took it out in another window
  expect(rowRemoved(steps, 'gone').said).toBe('It is out of your draft.');
});

it('a public address names its company, and nothing else is one', () => {
  const companyId = '0190c3a1-7b5e-4d21-9c33-a1b2c3d4e5f6';
  expect(companyOfToken(tokenFor(companyId, 'AAAAAAAAAAAAAAAAAAAAAA'))).toBe(companyId);
  expect(companyOfToken('nothing')).toBeNull();
});
