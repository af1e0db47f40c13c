import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Step } from '../policies/step.ts';
import type { Position } from '../receivables/position.ts';
import { decide, type Known } from './decide.ts';
import type { Draft } from './draft.ts';
import { type History, withTouch } from './history.ts';
import type { NextStep } from './next-step.ts';
import { plansThen } from './payment-plan.ts';
import { inTurn } from './standing.ts';

/** What the customers owe, and what was said to them before, on each day that is played through. */
export interface BookAhead {
  readonly customerIds: readonly string[];
  /** As known on the day, without what is said on the way. */
  readonly historyOn: (day: Day) => Known['historyOf'];
  /** The positions of a debtor on a day of the company's zone, in the order in which they are decided. */
  positionsOn(customerId: string, day: Day): readonly Position[];
  /** The next day after this one on which something other than the passing of time changes; null: none. */
  changesAfter(customerId: string, day: Day): Day | null;
}

export interface SimulateInput {
  readonly known: Known;
  readonly book: BookAhead;
  readonly from: Date;
  /** How many days, the day of `from` included. */
  readonly days: number;
}

/** A touch that would be made. */
export interface SimulatedTouch {
  readonly draft: Draft;
  readonly step: Step;
  /** The day of `at` in the company's zone. */
  readonly day: Day;
  readonly at: Date;
  readonly reasons: readonly Reason[];
}

/**
 * Plays the coming days through with the decision that the real run uses (S7): what would be said to whom and when, if
 * every step is taken at its time. Calls and letters count as done on their day, and what needs a person as released:
 * beside a task that nobody does another currency goes on a business day later than shown, or, once that has passed, a
 * day earlier, as the task may still be done today. In the order of time. Pure; cheap, as a customer is only looked at on
 * days on which its decision can change.
 */
export function simulate(input: SimulateInput): readonly SimulatedTouch[] {
  return input.book.customerIds
    .flatMap((customerId) => simulateCustomer(input, customerId))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

function simulateCustomer(input: SimulateInput, customerId: string): readonly SimulatedTouch[] {
  const { known, book, from, days } = input;
  const zone = known.company.time_zone;
  const first = dayAt(from, zone);
  const end = addDays(first, days);
  const made: SimulatedTouch[] = [];
  let day: Day | null = first;
  while (day !== null && day < end) {
    const now = day === first ? from : instantAt(day, '00:00', zone);
    const looks: (Day | null)[] = [book.changesAfter(customerId, day)];
    const then = knownThen(input, made, day, now);
    // S3: one touch a customer a day; the other currency follows on its next day
    let touched = false;
    for (const position of inTurn(book.positionsOn(customerId, day), then.standingOf)) {
      const { next, draft } = decide(then, position);
      const isDue = draft !== null && dayAt(draft.plannedFor, zone) <= day;
      if (isDue && !touched && next.kind === 'step') {
        made.push({ draft, step: next.step, day, at: draft.plannedFor, reasons: next.reasons });
        touched = true;
      }
      const isOpen = then.undecided.has(`${customerId} ${position.currency}`);
      looks.push(isDue || isOpen ? addDays(day, 1) : nextLook(next, position));
    }
    day = earliestAfter(day, looks);
  }
  return made;
}

/** What is decided for a debtor at the beginning of a later day, if all that comes before is done at its time. */
export function decideAhead(
  input: SimulateInput,
  customerId: string,
  day: Day,
): readonly (ReturnType<typeof decide> & { readonly position: Position })[] {
  const { known, book } = input;
  const made = simulateCustomer(input, customerId).filter((touch) => touch.day < day);
  const now = instantAt(day, '00:00', known.company.time_zone);
  const then = knownThen(input, made, day, now);
  return book.positionsOn(customerId, day).map((position) => ({ position, ...decide(then, position) }));
}

const nobody: ReadonlySet<string> = new Set();

/** What decisions rest on at a later instant, once these touches were made. */
function knownThen(
  { known, book }: SimulateInput,
  made: readonly SimulatedTouch[],
  day: Day,
  now: Date,
): Known {
  const before = book.historyOn(day);
  const left = new Set(made.map(({ draft }) => `${draft.customerId} ${draft.currency}`));
  return {
    ...known,
    now,
    historyOf: (...of) => historyWith(before(...of), made),
    // nobody pays: a plan that is short after its grace has ended by then
    plansOf: (...of) => plansThen(known.plansOf(...of), made.map(toldBy), day),
    // S8: whether the last message left is known within the hour
    undecided: day === dayAt(known.now, known.company.time_zone) ? known.undecided : nobody,
    // what stood has left by then
    standingOf: (customerId, currency) =>
      left.has(`${customerId} ${currency}`) ? null : known.standingOf(customerId, currency),
  };
}

/** The next day on which this decision can change by itself. */
function nextLook({ lookAgainOn }: NextStep, { nextEventOn }: Position): Day | null {
  if (lookAgainOn === null || nextEventOn === null) return lookAgainOn ?? nextEventOn;
  return lookAgainOn < nextEventOn ? lookAgainOn : nextEventOn;
}

function earliestAfter(day: Day, looks: readonly (Day | null)[]): Day | null {
  const next = looks.filter((look) => look !== null).sort()[0];
  if (next === undefined) return null;
  return next > day ? next : addDays(day, 1);
}

function toldBy({ draft, step: { channel }, day }: SimulatedTouch): Parameters<typeof plansThen>[1][number] {
  const invoiceIds = draft.invoices.flatMap((of) => (of.stepKey === 'listed' ? [] : [of.invoiceId]));
  return { day, channel, occasion: draft.occasion, invoiceIds };
}

/** What was said so far, and what would have been said on the way: each touch counts as it would have counted. */
function historyWith(history: History, made: readonly SimulatedTouch[]): History {
  return made.reduce((before, { draft, step, day, at }) => {
    const steps = draft.invoices
      .filter((invoice) => invoice.stepKey !== 'listed')
      .map(({ invoiceId, stepKey, stage }) => ({ invoiceId, stepKey, stage, on: day }));
    const currency = draft.currency as Currency;
    return withTouch(before, { at, on: day, channel: step.channel, currency, stepKey: draft.stepKey, steps });
  }, history);
}
