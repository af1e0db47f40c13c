import type { BusinessCalendar, SendWindow } from '../domain/calendar.ts';
import { addDays, type Day, dayAt, weekday } from '../domain/day.ts';
import { type OpenSpan, openOn } from '../domain/open-hours.ts';
import type { Reason } from '../domain/reason.ts';
import type { Law } from '../policies/law/law.ts';
import type { Policy } from '../policies/policy.ts';
import type { Channel } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import { concerns } from './limit.ts';

/** When a channel may reach a debtor: the policy's hours and days, the law's, and the debtor's business days. */
export interface Gate {
  readonly channel: Channel;
  readonly policy: Pick<Policy, 'window' | 'sendDays'>;
  readonly law: Pick<Law, 'windows'>;
  /** Of the debtor: all hours are theirs (S1). */
  readonly calendar: BusinessCalendar;
  /** Zones in which the debtor may be: the law's hours must hold in each of them. */
  readonly zones: readonly string[];
}

/** Longer than any run of holidays; what does not open within it never does. */
const MOST_DAYS = 45;

/**
 * The first instant at or after `earliest` at which everything is open, starts included and ends excluded (SEQ-13), on
 * a day that is a business day to the debtor and allowed by policy and law (SEQ-11); or, when there is none, the reason,
 * which names the rules that leave nothing open (SEQ-12). Never a loop.
 */
export function nextOpening(earliest: Date, gate: Gate): Date | Reason {
  let day = dayAt(earliest, gate.calendar.timeZone);
  for (let tried = 0; tried < MOST_DAYS; tried += 1) {
    const hours = hoursOn(day, gate);
    if (hours !== null && hours.to > earliest) return hours.from > earliest ? hours.from : earliest;
    day = addDays(day, 1);
  }
  return whyNever(earliest, gate);
}

function hoursOn(day: Day, gate: Gate): OpenSpan | null {
  const on = weekday(day);
  if (!gate.calendar.isBusinessDay(day) || !gate.policy.sendDays.includes(on)) return null;
  const law = lawWindows(gate);
  if (law.some((window) => !window.days.includes(on))) return null;
  const { policy, calendar, zones } = gate;
  const nearby = zones.every((zone) => zone === calendar.timeZone);
  if (nearby || law.length === 0)
    return openWithin(day, [policy.window, ...law], nearby ? zones : [calendar.timeZone]);
  // the business's own hours are a wish, kept where the debtor most likely is; the law's hold wherever they may be
  const [own, lawful] = [openWithin(day, [policy.window], [calendar.timeZone]), openWithin(day, law, zones)];
  if (own === null || lawful === null) return null;
  const from = own.from > lawful.from ? own.from : lawful.from;
  const to = own.to < lawful.to ? own.to : lawful.to;
  return from < to ? { from, to } : null;
}

/** When all of the windows are open in all of the zones; an hour that the clock change leaves out is no hour either. */
function openWithin(day: Day, windows: readonly SendWindow[], zones: readonly string[]): OpenSpan | null {
  let [from, to] = ['00:00', '23:59'];
  for (const window of windows) {
    // wall-clock times of two digits compare as text
    if (window.from > from) from = window.from;
    if (window.to < to) to = window.to;
  }
  return from < to ? openOn(day, [{ from, to }], zones) : null;
}

/** The windows of the law that concern the channel. */
export function lawWindows({ law, channel }: Gate): Law['windows'] {
  return law.windows.filter((window) => concerns(window.channels, channel));
}

function whyNever(earliest: Date, gate: Gate): Reason {
  const { policy } = gate;
  const ours = `The policy allows ${policy.window.from} to ${policy.window.to} on ${daysInWords(policy.sendDays)}`;
  const against = lawWindows(gate).find((window) => {
    const from = window.from > policy.window.from ? window.from : policy.window.from;
    const to = window.to < policy.window.to ? window.to : policy.window.to;
    return from >= to || !window.days.some((each) => policy.sendDays.includes(each));
  });
  if (against !== undefined) {
    const theirs = `the law ${against.from} to ${against.to} on ${daysInWords(against.days)} (${against.rule.words})`;
    return lawReason(
      against.rule,
      `${ours}, ${theirs}: no business day has an hour in which both hold. Change the policy.`,
    );
  }
  const lawful = lawWindows(gate)[0];
  if (lawful !== undefined && gate.zones.length > 1 && opensInOneZone(earliest, gate))
    return lawReason(
      lawful.rule,
      `${ours}, the law ${lawful.from} to ${lawful.to} in each of the ${gate.zones.length} time zones in which the customer may be (${lawful.rule.words}): there is no hour in which both hold. Name the state in the customer’s address in your books if it is missing, or change the policy.`,
    );
  return {
    rule: 'SEQ-12',
    words: `${ours}; no business day of the next ${MOST_DAYS} has such an hour. Change the policy.`,
  };
}

/** Whether it is only for want of knowing where the debtor is that nothing opens. */
function opensInOneZone(earliest: Date, gate: Gate): boolean {
  const { timeZone } = gate.calendar;
  return nextOpening(earliest, { ...gate, zones: [timeZone] }) instanceof Date;
}

const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** ISO weekdays in words. */
export function daysInWords(days: readonly number[]): string {
  return days.length === 0 ? 'no day' : days.map((day) => names[day - 1] ?? day).join(', ');
}
