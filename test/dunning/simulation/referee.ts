import { businessCalendar } from '../../../src/domain/calendar.ts';
import { addDays, type Day, dayAt, daysBetween, instantAt, weekday } from '../../../src/domain/day.ts';
import { type Channel, type Step, stages } from '../../../src/policies/step.ts';
import { businessDaysBetween } from '../../support/business-days.ts';
import { type Lived, lastPaymentOn, otherChannel, type Sent } from './live.ts';
import type { World } from './world.ts';

/** Thrown when a schedule breaks a rule. */
export class Unlawful extends Error {}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Unlawful(what);
}

/**
 * Judges a schedule by the rules as they are written down, with nothing of the product but calendars and days. Throws
 * Unlawful at the first breach.
 */
export function judge(world: World, lived: Lived): void {
  const { sent } = lived;
  for (const [index, touch] of sent.entries()) {
    hours(world, touch);
    spacing(world, touch, sent.slice(0, index));
    caps(world, touch, sent.slice(0, index + 1));
    content(world, touch);
  }
  for (const invoice of world.invoices) order(world, lived, invoice);
}

function concerns(channel: Channel, listed: readonly Channel[]): boolean {
  return listed.includes(channel) || (channel === 'statement' && listed.includes('email'));
}

/** Wall clock of the debtor, `HH:MM`. */
function clockOf(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

/** S1, SEQ-11, SEQ-13: the debtor's business days and hours, start included, end excluded. */
function hours(world: World, { at, step, policy }: Sent): void {
  const zone = world.debtor[2];
  const [on, clock] = [dayAt(at, zone), clockOf(at, zone)];
  must(businessCalendar(...world.debtor).isBusinessDay(on), `${on} is no business day`);
  must(policy.sendDays.includes(weekday(on)), `nothing is sent on a ${weekday(on)}`);
  must(isWithin(clock, policy.window), `${clock} is outside the policy's hours`);
  for (const window of world.law.windows.filter(({ channels }) => concerns(step.channel, channels))) {
    must(window.days.includes(weekday(on)), `the law has no ${weekday(on)}`);
    must(isWithin(clock, window), `${clock} is outside the law's hours`);
  }
}

function isWithin(clock: string, { from, to }: { from: string; to: string }): boolean {
  // an hour that the clock change leaves out moves its start forward
  return clock >= from && (clock < to || (from === '02:30' && clock === '03:30'));
}

/** S3, R5, SEQ-10: gaps, one a day in everybody's days, rest after a payment. */
function spacing(world: World, touch: Sent, before: readonly Sent[]): void {
  const calendar = businessCalendar(...world.debtor);
  const { policy } = touch;
  const last = before.at(-1);
  if (last !== undefined) {
    const gap = Math.max(policy.minGapBusinessDays, world.law.minGapBusinessDays.days, 1);
    must(businessDaysBetween(last.on, touch.on, calendar) >= gap, `${last.on} and ${touch.on} are too close`);
    must(dayAt(last.at, calendar.timeZone) < dayAt(touch.at, calendar.timeZone), 'twice on a day of theirs');
  }
  const others = world.otherCurrency.map((index) => addDays(world.start, index));
  must(!others.includes(touch.on), `${touch.on} had its message in the other currency`);
  calls(world, touch, before);
  const paid = lastPaymentOn(world, touch.on);
  const rest = policy.restAfterPaymentBusinessDays;
  if (paid !== null && rest > 0)
    must(businessDaysBetween(paid, touch.on, calendar) >= rest, `too soon after the payment of ${paid}`);
}

/** P17: one call a day over all currencies, ever, in the company's days and in theirs. */
function calls(world: World, touch: Sent, before: readonly Sent[]): void {
  if (touch.step.channel !== 'call') return;
  const own = before.filter(({ step }) => step.channel === 'call').map(({ at }) => at);
  const others = world.otherCurrency
    .filter((index) => otherChannel(index) === 'call')
    .map((index) => instantAt(addDays(world.start, index), '00:00', world.companyZone))
    .filter((at) => at <= touch.at);
  for (const zone of [world.companyZone, world.debtor[2]])
    must(
      [...own, ...others].every((at) => dayAt(at, zone) !== dayAt(touch.at, zone)),
      `two calls on ${touch.on}`,
    );
}

/** S3: rolling, over all channels, and the law's by channel; the other currency counts. */
function caps(world: World, touch: Sent, soFar: readonly Sent[]): void {
  const others = world.otherCurrency
    .map((index) => ({ on: addDays(world.start, index), channel: otherChannel(index) }))
    .filter(({ on }) => on < touch.on);
  const all = [...others, ...soFar.map(({ on, step }) => ({ on, channel: step.channel }))];
  const within = (days: number, channels: readonly Channel[]): number =>
    all.filter(({ on, channel }) => daysBetween(on, touch.on) < days && concerns(channel, channels)).length;
  const every: readonly Channel[] = ['email', 'letter', 'call', 'statement'];
  const { perWeek, perMonth } = touch.policy.caps;
  // others may fill a cap by themselves; ours may then not add to it
  must(within(7, every) <= perWeek, 'more than the policy allows in a week');
  must(within(30, every) <= perMonth, 'more than the policy allows in a month');
  for (const cap of world.law.caps.filter(({ channels }) => concerns(touch.step.channel, channels)))
    must(within(cap.days, cap.channels) <= cap.most, `more than ${cap.rule.id} allows`);
}

/** S2 and the law: what a message carries. */
function content(world: World, { step, steps, policy, on, at }: Sent): void {
  must(policy.paused === null, 'it is paused');
  must(!world.law.blocked.some(({ what }) => what === step.channel), `a ${step.channel} is blocked`);
  for (const deadline of world.law.deadlines.filter(({ stage }) => stage === step.stage))
    must(step.payWithinDays >= deadline.days, `${step.payWithinDays} days are too few`);
  if (step.channel === 'statement') return;
  must(steps.length > 0, 'a message without an invoice');
  const rank = (some: Step): number => stages.indexOf(some.stage);
  must(rank(step) === Math.max(...steps.map((each) => rank(each.step))), 'not the strictest of its steps');
  for (const each of steps) {
    must(each.step.channel === step.channel, 'a step of another channel');
    const { debtorTypes, daysSincePayment } = each.step.conditions;
    const types = world.debtorType === 'unknown' ? ['unknown', world.law.treatedAs] : [world.debtorType];
    must(
      debtorTypes === null || types.some((type) => debtorTypes.some((own) => own === type)),
      'not for them',
    );
    const paid = lastPaymentOn(world, on);
    if (daysSincePayment !== null && paid !== null)
      must(daysBetween(paid, on) >= daysSincePayment, `too few days since the payment (${at.toISOString()})`);
  }
}

/** S1, S6: order, distances and repeats of one invoice; nothing is skipped without a reason. */
function order(world: World, { sent, skipped }: Lived, invoice: World['invoices'][number]): void {
  const calendar = businessCalendar(...world.debtor);
  const taken = sent.flatMap((touch) =>
    touch.steps.filter((each) => each.invoiceId === invoice.id).map((each) => ({ ...each, touch })),
  );
  if (invoice.disputed) must(taken.length === 0, 'a disputed invoice');
  // what a person passes over is passed over before anything is sent that day
  const passedOver = skipped.filter((each) => each.invoiceId === invoice.id);
  for (const { step, times, touch } of taken) {
    const { on, policy, reasons } = touch;
    if (invoice.paidOn !== null) must(on < invoice.paidOn, 'it was paid');
    must(on >= dueDay(invoice.dueOn, step, calendar), `${step.name} before its day`);
    if (step.offsetDays < 0 || step.stage === 'courtesy') must(on <= invoice.dueOn, `${step.name} too late`);
    else if (step.offsetDays > 0) must(on > invoice.dueOn, 'it was not past due');
    const before = [
      ...taken.filter((each) => each.touch.on < on).map((each) => ({ step: each.step, on: each.touch.on })),
      ...passedOver.filter((each) => each.on <= on),
    ].sort((one, other) => (one.on <= other.on ? -1 : 1));
    const last = before.at(-1);
    const strictest = Math.max(-1, ...before.map((each) => stages.indexOf(each.step.stage)));
    must(stages.indexOf(step.stage) >= strictest, `${step.name} is milder than what it has heard`);
    if (times > 1) {
      const { repeat } = step;
      must(repeat !== null && times <= repeat.most + 1, `${step.name} for the ${times}. time`);
      must(last !== undefined && daysBetween(last.on, on) >= (repeat?.everyDays ?? 0), 'repeated too soon');
      continue;
    }
    const place = policy.steps.findIndex((each) => each.key === step.key);
    const reached = policy.steps.findLastIndex((each) => before.some((done) => done.step.key === each.key));
    must(place > reached, `${step.name} after a later one`);
    for (const left of policy.steps.slice(reached + 1, place))
      must(
        reasons.some(({ words }) => words.includes(`The ${left.name} is passed over`)),
        `${left.name} was skipped without a reason before ${step.name}`,
      );
    // of a step that was edited or is of another sequence nobody can say how far apart they were meant to be
    if (last !== undefined && policy.steps.some((each) => isSameDay(each, last.step)))
      must(
        isApart(last.on, last.step, on, step, invoice.dueOn, world),
        `${last.on} and ${on}: steps too close`,
      );
  }
}

/** The first day on which a step may be taken by the invoice's age; counted day by day. */
function dueDay(
  dueOn: Day,
  { offsetDays, offsetUnit }: Step,
  calendar: ReturnType<typeof businessCalendar>,
): Day {
  if (offsetUnit === 'calendar') return addDays(dueOn, offsetDays);
  let day = dueOn;
  for (let left = Math.abs(offsetDays); left > 0; ) {
    day = addDays(day, Math.sign(offsetDays));
    if (calendar.isBusinessDay(day)) left -= 1;
  }
  return day;
}

function isSameDay(one: Step, other: Step): boolean {
  return one.key === other.key && one.offsetDays === other.offsetDays && one.offsetUnit === other.offsetUnit;
}

function isApart(lastOn: Day, last: Step, on: Day, step: Step, dueOn: Day, world: World): boolean {
  const calendar = businessCalendar(...world.debtor);
  const apart = step.offsetDays - last.offsetDays;
  if (last.offsetUnit !== step.offsetUnit)
    return (
      daysBetween(lastOn, on) >= daysBetween(dueDay(dueOn, last, calendar), dueDay(dueOn, step, calendar))
    );
  return step.offsetUnit === 'calendar'
    ? daysBetween(lastOn, on) >= apart
    : businessDaysBetween(lastOn, on, calendar) >= apart;
}
