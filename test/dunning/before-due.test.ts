import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { type NextStepInput, nextStep } from '../../src/dunning/next-step.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { owed, position } from '../receivables/support.ts';
import { due, policy, stepInput } from './support.ts';

const courtesy = step({ key: 'courtesy', name: 'courtesy note', offsetDays: -5, stage: 'courtesy' });
const onTheDay = step({ key: 'day', name: 'note of the day', offsetDays: 0, stage: 'courtesy' });
const fromAThousand: Step = {
  ...courtesy,
  conditions: { segments: null, minimum: { USD: 100_000 }, debtorTypes: null, daysSincePayment: null },
};

interface Owed {
  /** Due days and amounts, in minor units: A, B, C … */
  readonly owes: readonly (readonly [dueOn: string, openMinor: number])[];
  readonly creditsMinor?: number;
  readonly minimum?: number;
  readonly steps?: readonly Step[];
}

/** Tuesday, 10 November 2026, ten in the morning. */
function facing({ owes, creditsMinor = 0, minimum, steps = [courtesy] }: Owed): Partial<NextStepInput> {
  const invoices = owes.map(([dueOn, openMinor], index) =>
    owed('ABC'[index] ?? '?', { dueOn: day(dueOn), openMinor }),
  );
  return {
    position: position({ invoices, creditsMinor }),
    policy: {
      ...policy,
      minimumBalance: minimum === undefined ? {} : { USD: minimum },
      steps: [...steps, ...policy.steps],
    },
  };
}

/** Its day in Oregon, its step, the invoices that go through theirs, and the sum. */
function said(of: Owed): string {
  const { at, step: made, advances, askMinor } = due(facing(of));
  const ids = advances.map(({ line }) => line.invoiceId).sort();
  return `${at.toISOString().slice(0, 10)} ${made.key} ${ids.join('+')} ${askMinor}`;
}

function words(of: Owed): string {
  return nextStep(stepInput(facing(of)))
    .reasons.map((reason) => reason.words)
    .join(' ');
}

const soon = ['2026-11-13', 10_000] as const;
const later = ['2026-12-18', 50_000] as const;

describe('R4: what falls due first and is covered by credit', () => {
  test('is not told of by itself: it asks for nothing', () => {
    const of = { owes: [soon, later], creditsMinor: 15_000 };
    // 13 December is a Sunday
    expect(said(of)).toBe('2026-12-14 courtesy B 35000');
    expect(words(of)).toContain('Unapplied credit covers what falls due by then.');
  });

  test('to the cent: one cent more is asked for', () => {
    expect(said({ owes: [soon, later], creditsMinor: 10_000 })).toBe('2026-12-14 courtesy B 40000');
    expect(said({ owes: [soon, later], creditsMinor: 9_999 })).toBe('2026-11-10 courtesy A 1');
  });

  test('is told of with the next that falls due before it is past due itself', () => {
    const next = ['2026-11-16', 50_000] as const;
    // the 11th is Veterans Day
    expect(said({ owes: [soon, next], creditsMinor: 15_000 })).toBe('2026-11-12 courtesy A+B 45000');
  });

  test('is nothing, and says so, where credit covers all that falls due', () => {
    const of = { owes: [soon, later], creditsMinor: 60_000 };
    expect(nextStep(stepInput(facing(of))).kind).toBe('nothing');
    expect(words(of)).toContain('Unapplied credit covers what falls due.');
  });
});

describe('TOL-01: too little that falls due first', () => {
  test('is not told of by itself; the larger sum is, on its day', () => {
    const of = { owes: [soon, later], minimum: 20_000 };
    expect(said(of)).toBe('2026-12-14 courtesy B 50000');
    expect(words(of)).toContain('What remains, $100.00, is not above the policy’s minimum of $200.00');
  });

  test('is told of once it is one cent above it', () => {
    expect(said({ owes: [['2026-11-13', 20_001], later], minimum: 20_000 })).toBe(
      '2026-11-10 courtesy A 20001',
    );
  });

  test('is nothing while all of it together is too little', () => {
    expect(nextStep(stepInput(facing({ owes: [soon], minimum: 20_000 })))).toMatchObject({
      kind: 'nothing',
      reasons: [{ rule: 'TOL-01' }],
    });
  });
});

describe('P29: a step for a sum or more, before the due date', () => {
  test('looks at what its message asks for, not at all that is open', () => {
    const of = { owes: [soon, ['2026-12-18', 500_000] as const], steps: [fromAThousand] };
    expect(said(of)).toBe('2026-12-14 courtesy B 500000');
    expect(words(of)).toContain('it is for $1,000.00 or more, and $100.00 would be asked for');
  });

  test('is passed over, and the next one before the due date comes', () => {
    const of = { owes: [soon, ['2026-12-18', 500_000] as const], steps: [fromAThousand, onTheDay] };
    expect(said(of)).toBe('2026-11-13 day A 10000');
  });

  test('comes where two together are worth it, and for neither where they leave on two days', () => {
    const [one, other] = [
      ['2026-11-13', 60_000],
      ['2026-11-16', 60_000],
    ] as const;
    expect(said({ owes: [one, other], steps: [fromAThousand] })).toBe('2026-11-12 courtesy A+B 120000');
    const apart = { owes: [one, ['2026-12-18', 60_000] as const], steps: [fromAThousand] };
    expect(nextStep(stepInput(facing(apart))).kind).toBe('nothing');
  });
});

test('what has its own step of the day goes along, whatever its sum', () => {
  expect(said({ owes: [soon, ['2026-11-15', 500] as const], minimum: 5_000 })).toBe(
    '2026-11-10 courtesy A+B 10500',
  );
});
