import { addBusinessDays } from '../domain/calendar.ts';
import { addDays, dayAt, instantAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Position } from '../receivables/position.ts';
import { calendarOf, decide } from './decide.ts';
import type { Draft } from './draft.ts';
import { type Decision, isToday } from './plan.ts';
import type { Planning, StandingTouch } from './plan-read.store.ts';
import { inTurn, isInHand } from './standing.ts';

/** S3: whose day is taken, by customer: another currency goes on with its next day. */
export interface Busy {
  /** By what. */
  readonly taken: Map<string, Reason>;
  /** A call that is on today's list although its days are over: others may be made, but no second call is on the list. */
  readonly calls: Map<string, { readonly touch: StandingTouch; readonly position: Position }>;
}

/** S3: a call or a letter that somebody may do today; a call of a preview is on their list with the plan that ends it (S4). */
export function isInHandToday({ company, now }: Planning, touch: StandingTouch, at: Date): boolean {
  return isInHand(asReleased(company.mode, touch)) && isToday(at, now, company.time_zone);
}

/**
 * P17: whether a call that is in hand keeps the customer's day free of all else: on the day of its release, and until one
 * business day of the customer's later (days of the company's zone). Never longer: a call that nobody makes must not
 * silence another currency. A letter keeps none: once it is printed it counts as contact.
 */
function reservesToday({ company, known, now, today }: Planning, touch: StandingTouch): boolean {
  if (touch.channel !== 'call') return false;
  const released = touch.state === 'approved' ? (touch.approved_at ?? touch.created_at) : now;
  const calendar = calendarOf(company, known.debtors.get(touch.customer_id));
  return today <= addBusinessDays(dayAt(released, company.time_zone), 1, calendar);
}

/**
 * S3: in which order it is decided today: calls that keep the day free before those whose days are over, which give way
 * to them; then as `inTurn`.
 */
export function inTurnToday(planning: Planning): readonly Position[] {
  const turns = inTurn(planning.positions, planning.known.standingOf);
  if (planning.standing.size === 0) return turns;
  const keeps = turns.filter((of) =>
    (planning.standing.get(`${of.customerId} ${of.currency}`) ?? []).some(
      (touch) => isInHand(asReleased(planning.company.mode, touch)) && reservesToday(planning, touch),
    ),
  );
  return keeps.length === 0 ? turns : [...keeps, ...turns.filter((of) => !keeps.includes(of))];
}

/** Why what is in hand waits for another day (S3); null: it may be done today. */
export function putOffBy({ taken, calls }: Busy, touch: StandingTouch): Reason | null {
  const call = touch.channel === 'call' ? calls.get(touch.customer_id) : undefined;
  return (
    taken.get(touch.customer_id) ??
    (call === undefined ? null : { rule: 'S3', words: takenWords(call.touch, 'list') })
  );
}

/** What is in hand stays on today's list: a call has the day to itself, or, when its days are over, no other call beside it. */
export function putOnList(planning: Planning, position: Position, touch: StandingTouch, busy: Busy): void {
  if (reservesToday(planning, touch)) takeDay(busy, position.customerId, touch, 'list');
  else if (touch.channel === 'call') busy.calls.set(position.customerId, { touch, position });
}

/** A new call is for today: one whose days are over gives way to it, until another day. Null: there is none. */
export function givesWay(
  planning: Planning,
  { calls }: Busy,
  draft: Pick<Draft, 'customerId' | 'step'>,
): { readonly touchId: string; readonly until: Date } | null {
  const older = draft.step.channel === 'call' ? calls.get(draft.customerId) : undefined;
  if (older === undefined) return null;
  return { touchId: older.touch.touch_id, until: fromTomorrow(planning, older.position) };
}

function asReleased(mode: string, touch: StandingTouch): StandingTouch {
  const ends = mode !== 'preview' && touch.channel === 'call' && touch.state === 'planned';
  return ends ? { ...touch, state: 'approved' } : touch;
}

/** S3: the first time from tomorrow on at which it may be done, as far as can be told today. */
export function fromTomorrow({ known, today }: Planning, position: Position): Date {
  const begins = instantAt(addDays(today, 1), '00:00', known.company.time_zone);
  return decide({ ...known, now: begins }, position).draft?.plannedFor ?? begins;
}

/** What would be said today waits, because another currency has the day (S3); as decided when none has (`taken` undefined). */
export function waiting(
  planning: Planning,
  position: Position,
  decided: Decision,
  taken: Reason | undefined,
): Decision {
  if (taken === undefined) return decided;
  const { stepKey, reasons } = decided;
  return { verdict: 'wait', reasons: [taken, ...reasons], stepKey, nextAt: fromTomorrow(planning, position) };
}

/** The first that takes a customer's day is the reason why the others wait. */
export function takeDay(
  busy: Busy,
  customerId: string,
  of: { readonly channel: string; readonly currency: string },
  by: 'list' | 'plan',
): void {
  if (!busy.taken.has(customerId)) busy.taken.set(customerId, { rule: 'S3', words: takenWords(of, by) });
}

function takenWords(
  { channel, currency }: { readonly channel: string; readonly currency: string },
  by: 'list' | 'plan',
): string {
  const what = `The ${channel === 'email' ? 'e-mail' : channel} in ${currency}`;
  if (by === 'list') return `${what} is on somebody’s list for today.`;
  return `${what} is planned for today, and a customer hears from us once a day.`;
}
