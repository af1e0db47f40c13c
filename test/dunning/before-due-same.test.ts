import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type Day, day, dayAt } from '../../src/domain/day.ts';
import { sumMinor } from '../../src/domain/money.ts';
import type { Reason } from '../../src/domain/reason.ts';
import { beforeDue } from '../../src/dunning/before-due.ts';
import { choicesOf } from '../../src/dunning/choices.ts';
import { underMinimum } from '../../src/dunning/minimum.ts';
import { type NextStepInput, nextStep } from '../../src/dunning/next-step.ts';
import { chosenOf } from '../../src/dunning/options.ts';
import type { Reminders } from '../../src/dunning/reminders.ts';
import { isBeforeDue, type Passed } from '../../src/dunning/step-choice.ts';
import { whyNotFor } from '../../src/dunning/step-conditions.ts';
import { whyNothing, whyPassed } from '../../src/dunning/step-words.ts';
import { type Step, step } from '../../src/policies/step.ts';
import type { PositionLine } from '../../src/receivables/position.ts';
import { owed, position } from '../receivables/support.ts';
import { cpuMs } from '../support/took.ts';
import { contact, history, policy, stepInput } from './support.ts';

type Plain = Pick<Reminders, 'pending' | 'passed' | 'nothing'>;

/** The same, plainly: on each day that something may leave, everything is chosen anew. */
function plainly(input: NextStepInput): Plain {
  const lines = input.position.lines.filter((line) => line.state === 'not_due');
  const against = tooLittle(netOf(lines, input), '', input);
  if (against !== null) return { pending: [], passed: [], nothing: [against] };
  const told: Passed[] = [];
  for (let from: Day | null = null; ; ) {
    const found = plainlyFrom(from, lines, told, input);
    if (typeof found !== 'string') return found;
    from = found;
  }
}

function plainlyFrom(
  from: Day | null,
  lines: readonly PositionLine[],
  told: Passed[],
  input: NextStepInput,
): Plain | Day {
  const [asks, out] = [new Map<string, number>(), new Set<string>()];
  for (let firstOn: Day | null = null; ; ) {
    const left = lines.filter(
      ({ invoiceId, dueOn }) => !out.has(invoiceId) && (from === null || dueOn === null || dueOn >= from),
    );
    const askMinorOf = ({ invoiceId }: PositionLine) => asks.get(invoiceId) ?? netOf(lines, input);
    const choices = choicesOf(left, askMinorOf, input);
    const pending = choices
      .flatMap((choice) => choice.pending ?? [])
      .filter((entry) => entry.step.offsetDays <= 0 || isBeforeDue(entry.step))
      .map((entry) => (from !== null && entry.dueOn < from ? { ...entry, dueOn: from } : entry));
    const first = chosenOf(pending, { statement: null, instalments: [] }, input);
    if (first === null)
      return {
        pending: [],
        passed: [],
        nothing: told.length > 0 ? whyPassed(told) : [whyNothing(input.position, [])],
      };
    const all = { nothing: [], pending, passed: [...told, ...choices.flatMap((choice) => choice.passed)] };
    if ('never' in first) return all;
    const on = dayAt(first.at, input.companyZone);
    firstOn ??= on;
    if (on > firstOn) return on;
    const advancing = first.advances.map(({ line }) => line);
    const askMinor = netOf(advancing, input);
    const reason = tooLittle(askMinor, ' by then', input);
    const not = first.advances.flatMap(({ line, step: of }) => {
      if (reason !== null) return [{ line, step: of, reason, byLaw: false }];
      const notFor = whyNotFor(of, { ...input, currency: input.position.currency, askMinor });
      return notFor === null ? [] : [{ line, step: of, ...notFor }];
    });
    if (not.length === 0) return all;
    told.push(...not);
    for (const { line } of not)
      if (reason === null) asks.set(line.invoiceId, askMinor);
      else out.add(line.invoiceId);
  }
}

function netOf(lines: readonly PositionLine[], input: NextStepInput): number {
  return sumMinor(lines.map((line) => line.openMinor)) - input.position.creditsMinor;
}

function tooLittle(askMinor: number, byWhen: string, input: NextStepInput): Reason | null {
  if (askMinor <= 0) return { rule: 'R4', words: `Unapplied credit covers what falls due${byWhen}.` };
  return underMinimum({ currency: input.position.currency, askMinor }, input.policy, input.locale);
}

const always = { segments: null, minimum: {}, debtorTypes: null, daysSincePayment: null };
const early = [
  step({ key: 'e1', name: 'letter ahead', offsetDays: -12, stage: 'courtesy', channel: 'letter' }),
  step({ key: 'e2', name: 'note from ten', offsetDays: -9, stage: 'courtesy' }),
  step({ key: 'e3', name: 'letter later', offsetDays: -6, stage: 'courtesy', channel: 'letter' }),
  step({ key: 'e4', name: 'note', offsetDays: -3, offsetUnit: 'business', stage: 'courtesy' }),
  step({ key: 'e5', name: 'note of the day', offsetDays: 0, stage: 'first' }),
].map((each): Step => {
  if (each.key === 'e2') return { ...each, conditions: { ...always, minimum: { USD: 1_000 } } };
  return each.key === 'e4' ? { ...each, conditions: { ...always, daysSincePayment: 9 } } : each;
});

const today = day('2026-11-10');
const anyInput = fc
  .record({
    owes: fc.array(fc.tuple(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 1, max: 900 })), {
      minLength: 1,
      maxLength: 12,
    }),
    credit: fc.constantFrom(0, 0.3, 0.6, 0.8),
    minimum: fc.constantFrom(null, 300, 900),
    worthALetter: fc.constantFrom(null, 600),
    steps: fc.subarray(early, { minLength: 1 }),
    went: fc.subarray([0, 1, 2, 3]),
    paidOn: fc.constantFrom(null, day('2026-11-05')),
    contacts: fc.constantFrom([], [contact('2026-11-09')]),
    sendDays: fc.constantFrom([1, 2, 3, 4, 5], [3], []),
  })
  .map(({ owes, credit, minimum, worthALetter, steps, went, paidOn, contacts, sendDays }) => {
    const invoices = owes.map(([inDays, openMinor], index) =>
      owed(`I${index}`, { dueOn: addDays(today, inDays), openMinor }),
    );
    const creditsMinor = Math.floor(sumMinor(owes.map(([, openMinor]) => openMinor)) * credit);
    const [firstOf] = steps;
    const stepsDone = went.map((index) => ({
      invoiceId: `I${index}`,
      stepKey: firstOf?.key ?? '',
      stage: firstOf?.stage ?? null,
      on: day('2026-11-09'),
    }));
    return stepInput({
      position: position({ invoices, creditsMinor }),
      history: history({ stepsDone, contacts, lastPaymentOn: paidOn }),
      policy: {
        ...policy,
        sendDays,
        minimumBalance: minimum === null ? {} : { USD: minimum },
        worthALetter: worthALetter === null ? {} : { USD: worthALetter },
        steps: [...steps, ...policy.steps],
      },
    });
  });

test('what goes before the due date is what it is when each day is tried with everything anew', () => {
  const seen = { goes: 0, waited: 0, nothing: 0 };
  fc.assert(
    fc.property(anyInput, (input) => {
      const [{ pending, passed, nothing }, plain] = [beforeDue(input), plainly(input)];
      expect({ pending, passed, nothing }).toEqual(plain);
      if (nothing.length > 0) seen.nothing += 1;
      else if (passed.some(({ reason }) => reason.rule === 'R4')) seen.waited += 1;
      else seen.goes += 1;
    }),
    { numRuns: 400 },
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
});

/** The quickest of five decisions on 1,000 invoices that fall due over 90 days. */
function quickest(creditsMinor: number): Promise<number> {
  const invoices = Array.from({ length: 1_000 }, (_, index) =>
    owed(`I${index}`, { dueOn: addDays(day('2026-11-20'), (index * 7) % 90), openMinor: 1_000 }),
  );
  const note = step({ key: 'note', name: 'note', offsetDays: -5, stage: 'courtesy' });
  const input = stepInput({
    position: position({ invoices, creditsMinor }),
    policy: { ...policy, minimumBalance: {}, steps: [note, ...policy.steps] },
  });
  return cpuMs(5, () => nextStep(input));
}

test('credit that covers what falls due day after day does not make the decision work everything out anew each day', async () => {
  const without = await quickest(0);
  const covered = await quickest(999 * 1_000);
  expect(covered / without).toBeLessThan(15);
});
