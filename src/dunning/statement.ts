import { addBusinessDays, type BusinessCalendar, nextBusinessDay } from '../domain/calendar.ts';
import { addDays, type Day, day } from '../domain/day.ts';
import { type Step, step } from '../policies/step.ts';
import type { PositionLine } from '../receivables/position.ts';
import type { NextStepInput } from './next-step.ts';

/** P16: the bill again, once a month. It takes no invoice further in its sequence, and counts as contact. */
export const statementStep: Step = step({
  key: 'statement',
  name: 'statement',
  offsetDays: 0,
  stage: 'courtesy',
  channel: 'statement',
  template: 'statement',
});

export interface StatementDue {
  /** The first day on which it may go. */
  readonly dueOn: Day;
  /** `YYYY-MM`: there is one a month (S8). */
  readonly month: string;
  /** All that is open and not held, due or not. */
  readonly lines: readonly PositionLine[];
  /** Their sum less unapplied credits, minor units. */
  readonly openMinor: number;
}

/** Business days after its day on which a statement may still go; after them the next month's says the same. */
const LATE = 10;

/** The customer's next statement, this month's or the next; null: they get none, or nothing is open. `today`: company's zone. */
export function statementDue(input: NextStepInput, today: Day): StatementDue | null {
  const { policy, position, history, calendar } = input;
  const { forWhom, businessDay } = policy.statement;
  const lines = position.lines.filter((line) => line.state === 'ask' || line.state === 'not_due');
  if (forWhom === 'nobody' || lines.length < (forWhom === 'several_open' ? 2 : 1)) return null;
  const openMinor = lines.reduce((sum, line) => sum + line.openMinor, 0) - position.creditsMinor;
  if (openMinor <= (policy.minimumBalance[position.currency] ?? 0)) return null;
  const isHere = new Set(lines.map((line) => line.invoiceId));
  const sent = (month: string): boolean =>
    history.contacts.some(
      (contact) =>
        contact.stepKey === statementStep.key &&
        contact.currency === position.currency &&
        contact.on.startsWith(month),
    ) ||
    // a person skipped this month's
    history.stepsDone.some(
      (entry) =>
        entry.stepKey === statementStep.key && entry.on.startsWith(month) && isHere.has(entry.invoiceId),
    );
  const month = today.slice(0, 7);
  const own = businessDayOfMonth(month, businessDay, calendar);
  if (!sent(month) && today <= addBusinessDays(own, LATE, calendar))
    return { dueOn: own, month, lines, openMinor };
  const next = addDays(day(`${month}-28`), 4).slice(0, 7);
  return { dueOn: businessDayOfMonth(next, businessDay, calendar), month: next, lines, openMinor };
}

/** The n-th business day of a month (`YYYY-MM`), counted from 1; its last one when it has fewer. */
function businessDayOfMonth(month: string, count: number, calendar: BusinessCalendar): Day {
  let found = nextBusinessDay(day(`${month}-01`), calendar);
  for (let number = 1; number < count; number += 1) {
    const next = addBusinessDays(found, 1, calendar);
    if (!next.startsWith(month)) return found;
    found = next;
  }
  return found;
}
