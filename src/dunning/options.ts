import { type Day, dayAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Channel, Step } from '../policies/step.ts';
import { earliest } from './earliest.ts';
import { type InstalmentDue, instalmentStep } from './instalment.ts';
import type { NextStepInput } from './next-step.ts';
import { rankOf } from './stage.ts';
import { type StatementDue, statementStep } from './statement.ts';
import { isBeforeDue, type Pending, tooLate } from './step-choice.ts';

/** What is done next, and when. */
export interface Chosen {
  readonly step: Step;
  readonly at: Date;
  /** Invoices that go through their own step of the same channel with it. */
  readonly advances: readonly Pending[];
  readonly statement: StatementDue | null;
  readonly instalment: InstalmentDue | null;
  /** What made it later than its day. */
  readonly reasons: readonly Reason[];
  /** What comes too late for its invoice by then. */
  readonly later: readonly Reason[];
}

/** What is said besides the steps of the sequence. */
interface Besides {
  readonly statement: StatementDue | null;
  readonly instalments: readonly InstalmentDue[];
}

/**
 * Of all that is pending, the one that may be done first: one touch has one channel, and takes all invoices along whose
 * own step is due by then in that channel (S2). An instalment goes first, as its grace is short; a statement replaces the
 * reminder of its day, which follows after it; else what has waited longest goes first. Null: nothing is pending;
 * `never`: the rules leave no hour for any of it.
 */
export function chosenOf(
  pending: readonly Pending[],
  { statement, instalments }: Besides,
  input: NextStepInput,
): Chosen | { readonly never: readonly Reason[] } | null {
  const byChannel = Map.groupBy(pending, ({ step }) => step.channel);
  const options = [...byChannel].map(([channel, entries]) => reminder(channel, entries, input));
  options.push(...instalments.map(instalmentOption));
  if (statement !== null) options.push(statementOption(statement, input));
  const open = options.filter((option) => option !== null && 'at' in option);
  const never = options.flatMap((option) => (option !== null && 'never' in option ? option.never : []));
  const [first] = open.sort((one, other) => inOrder(one, other, input.companyZone));
  if (first !== undefined) return first;
  return never.length > 0 ? { never } : null;
}

type Option = Chosen | { readonly never: readonly Reason[] } | null;

function reminder(channel: Channel, entries: readonly Pending[], input: NextStepInput): Option {
  const later: Reason[] = [];
  let left = entries;
  for (;;) {
    const dueOn = oldestOf(left);
    if (dueOn === null) return null;
    const found = earliest(dueOn, channel, input);
    if ('never' in found) return { never: [found.never] };
    const onDay = dayAt(found.at, input.companyZone);
    const late = left.filter(({ line, step }) => isBeforeDue(step) && isAfter(onDay, line.dueOn));
    if (late.length > 0) {
      later.push(...late.map(({ step, line }) => tooLate(step, line)));
      left = left.filter((entry) => !late.includes(entry));
      continue;
    }
    const advances = left.filter((entry) => entry.dueOn <= onDay);
    return {
      step: strictest(advances),
      at: found.at,
      advances,
      statement: null,
      instalment: null,
      reasons: [...advances.flatMap((entry) => entry.waits), ...found.reasons],
      later,
    };
  }
}

function statementOption(statement: StatementDue, input: NextStepInput): Option {
  if (input.law.blocked.some(({ what }) => what === 'statement' || what === 'email')) return null;
  const found = earliest(statement.dueOn, 'statement', input);
  // nobody waits for a statement that may never go
  if ('never' in found) return null;
  const said = { step: statementStep, at: found.at, reasons: found.reasons };
  return { ...said, advances: [], statement, instalment: null, later: [] };
}

function instalmentOption(instalment: InstalmentDue): Chosen {
  const { at, reasons } = instalment;
  return { step: instalmentStep, at, advances: [], statement: null, instalment, reasons, later: [] };
}

/**
 * By day; on the same day an instalment first, then a statement, what has waited longest, the strictest. Never by the order
 * in which the invoices were read: what is decided would differ from one reading to the next (S11).
 */
function inOrder(one: Chosen, other: Chosen, zone: string): number {
  const days = [dayAt(one.at, zone), dayAt(other.at, zone)] as const;
  if (days[0] !== days[1]) return days[0] < days[1] ? -1 : 1;
  if (one.instalment !== null || other.instalment !== null) return one.instalment !== null ? -1 : 1;
  if (one.statement !== null || other.statement !== null) return one.statement !== null ? -1 : 1;
  const [oldest, others] = [oldestOf(one.advances) ?? '', oldestOf(other.advances) ?? ''];
  if (oldest !== others) return oldest < others ? -1 : 1;
  return isStricter(one.step, other.step) ? -1 : 1;
}

/** Null: of nothing. Not by sorting: before the due date it is asked of all invoices once for each of many days. */
function oldestOf(pending: readonly Pending[]): Day | null {
  let oldest: Day | null = null;
  for (const { dueOn } of pending) if (oldest === null || dueOn < oldest) oldest = dueOn;
  return oldest;
}

function isAfter(day: Day, dueOn: Day | null): boolean {
  return dueOn !== null && day > dueOn;
}

function strictest(advances: readonly Pending[]): Step {
  const [first, ...rest] = advances;
  if (first === undefined) throw new RangeError('a step without an invoice cannot be');
  return rest.reduce((highest, { step }) => (isStricter(step, highest) ? step : highest), first.step);
}

/** Of two steps one always is: by stage, by age, and where both are the same by key. */
function isStricter(step: Step, than: Step): boolean {
  const [rank, other] = [rankOf(step.stage), rankOf(than.stage)];
  if (rank !== other) return rank > other;
  return step.offsetDays === than.offsetDays ? step.key < than.key : step.offsetDays > than.offsetDays;
}
