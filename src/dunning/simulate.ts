import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Step } from '../policies/step.ts';
import type { Position } from '../receivables/position.ts';
import { decide, type Known } from './decide.ts';
import type { Draft } from './draft.ts';
import type { History } from './history.ts';
import type { NextStep } from './next-step.ts';

/** What the customers owe on each day that is played through. */
export interface BookAhead {
  readonly customerIds: readonly string[];
  /** The positions of a debtor on a day of the company's zone, in the order in which they are decided. */
  positionsOn(customerId: string, day: Day): readonly Position[];
  /** The next day after this one on which something other than the passing of time changes; null: none. */
  changesAfter(customerId: string, day: Day): Day | null;
}

export interface SimulateInput {
  /** As of `from`; what is said on the way is added to its histories. */
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
 * every step is taken at its time. Calls and letters count as done on their day, and what needs a person as released.
 * In the order of time. Pure; cheap, as a customer is only looked at on days on which its decision can change.
 */
export function simulate(input: SimulateInput): readonly SimulatedTouch[] {
  return input.book.customerIds
    .flatMap((customerId) => simulateCustomer(input, customerId))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

function simulateCustomer(
  { known, book, from, days }: SimulateInput,
  customerId: string,
): readonly SimulatedTouch[] {
  const zone = known.company.time_zone;
  const first = dayAt(from, zone);
  const end = addDays(first, days);
  const made: SimulatedTouch[] = [];
  const historyOf: Known['historyOf'] = (id, currency, members) =>
    historyWith(known.historyOf(id, currency, members), currency, made);
  let day: Day | null = first;
  while (day !== null && day < end) {
    const now = day === first ? from : instantAt(day, '00:00', zone);
    const looks: (Day | null)[] = [book.changesAfter(customerId, day)];
    // S3: one touch a customer a day; the other currency follows on its next day
    let touched = false;
    for (const position of book.positionsOn(customerId, day)) {
      const { next, draft } = decide({ ...known, now, historyOf }, position);
      const isDue = draft !== null && dayAt(draft.plannedFor, zone) <= day;
      if (isDue && !touched && next.kind === 'step') {
        made.push({ draft, step: next.step, day, at: draft.plannedFor, reasons: next.reasons });
        touched = true;
      }
      looks.push(isDue ? addDays(day, 1) : nextLook(next, position, zone));
    }
    day = earliestAfter(day, looks);
  }
  return made;
}

/** The next day on which this decision can change by itself. */
function nextLook(next: NextStep, position: Position, zone: string): Day | null {
  const event = position.nextEventOn;
  if (next.kind !== 'step') return event;
  const stepOn = dayAt(next.at, zone);
  return event !== null && event < stepOn ? event : stepOn;
}

function earliestAfter(day: Day, looks: readonly (Day | null)[]): Day | null {
  const next = looks.filter((look) => look !== null).sort()[0];
  if (next === undefined) return null;
  return next > day ? next : addDays(day, 1);
}

/** What was said so far, and what would have been said on the way: each touch counts as it would have counted. */
function historyWith(history: History, currency: string, made: readonly SimulatedTouch[]): History {
  if (made.length === 0) return history;
  const own = made.filter((touch) => touch.draft.currency === currency);
  return {
    ...history,
    stepsDone: [
      ...history.stepsDone,
      // an invoice carries its steps wherever it goes (S2)
      ...made.flatMap(({ draft, day }) =>
        draft.invoices
          .filter((invoice) => invoice.stepKey !== 'listed')
          .map((invoice) => ({ invoiceId: invoice.invoiceId, stepKey: invoice.stepKey, on: day })),
      ),
    ],
    touchDays: [...history.touchDays, ...own.map((touch) => touch.day)],
    customerTouchDays: [...history.customerTouchDays, ...made.map((touch) => touch.day)],
  };
}
