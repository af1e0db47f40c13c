import { addBusinessDays } from '../domain/calendar.ts';
import { addDays, type Day, dayAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Channel } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import { capLimits } from './caps.ts';
import type { Contact } from './history.ts';
import { beginOf, type Limit } from './limit.ts';
import type { NextStepInput } from './next-step.ts';
import { nextOpening } from './windows.ts';

/** SEQ-23: who resumed something has so long to think better of it. */
const RESUME_MS = 3_600_000;

/**
 * The first allowed instant on or after a day of the company's zone: gap, rest after a payment, one touch a day, caps, who
 * hears of it first, then the debtor's hours (S1, S3, R5, P9). What made it later is told, the latest first. `never`:
 * rules that leave no hour at all.
 */
export function earliest(
  dueOn: Day,
  channel: Channel,
  input: NextStepInput,
): { readonly at: Date; readonly reasons: readonly Reason[] } | { readonly never: Reason } {
  const { policy, law, history, calendar, companyZone } = input;
  const caps = capLimits(channel, {
    policy,
    law,
    contacts: history.contacts,
    companyZone,
    debtorZone: calendar.timeZone,
  });
  if ('never' in caps) return caps;
  const begins = beginOf(dueOn, [companyZone]);
  const lead = input.lead?.channel === channel ? input.lead : null;
  const limits = [gap(input), rest(input), oneADay(input), ...caps, resumed(input), moved(input), lead];
  const binding = limits
    .filter((limit) => limit !== null)
    .filter((limit) => limit.at > begins)
    .sort((one, other) => other.at.getTime() - one.at.getTime());
  const from = Math.max(binding[0]?.at.getTime() ?? begins.getTime(), input.now.getTime());
  const at = nextOpening(new Date(from), { channel, policy, law, calendar, zones: input.debtorZones });
  if (!(at instanceof Date)) return { never: at };
  return { at, reasons: binding.map((limit) => limit.reason) };
}

/** S3: business days between two touches of a case; a touch in another currency does not delay it (SEQ-10). */
function gap({ policy, law, history, calendar, companyZone, position }: NextStepInput): Limit | null {
  const last = history.contacts.findLast((contact) => contact.currency === position.currency);
  if (last === undefined) return null;
  const byLaw = law.minGapBusinessDays.days > policy.minGapBusinessDays;
  const days = byLaw ? law.minGapBusinessDays.days : policy.minGapBusinessDays;
  const day = addBusinessDays(last.on, days, calendar);
  const words = `The last message was on ${last.on}; the next may follow ${days} business days later, on ${day}.`;
  const reason = byLaw
    ? lawReason(law.minGapBusinessDays.rule, `${law.minGapBusinessDays.rule.words} ${words}`)
    : { rule: 'S3', words };
  return { at: beginOf(day, [companyZone]), reason };
}

/** R5. */
function rest({ policy, history, calendar, companyZone }: NextStepInput): Limit | null {
  if (history.lastPaymentOn === null) return null;
  const days = policy.restAfterPaymentBusinessDays;
  const day = addBusinessDays(history.lastPaymentOn, days, calendar);
  return {
    at: beginOf(day, [companyZone]),
    reason: {
      rule: 'R5',
      words: `A payment came in on ${history.lastPaymentOn}; the case rests ${days} business days, until ${day}.`,
    },
  };
}

/** S3: one touch a customer a day, over all channels and currencies; a day of the company's and a day of theirs. */
function oneADay({ history, calendar, companyZone }: NextStepInput): Limit | null {
  const last = history.contacts.at(-1);
  return last === undefined ? null : onAnotherDay(last, [companyZone, calendar.timeZone]);
}

/** S3: the next day after this contact, in all of these zones. */
export function onAnotherDay({ at, on }: Pick<Contact, 'at' | 'on'>, zones: readonly string[]): Limit {
  const begins = zones.map((zone) => beginOf(addDays(dayAt(at, zone), 1), [zone]).getTime());
  return {
    at: new Date(Math.max(...begins)),
    reason: {
      rule: 'S3',
      words: `One message a customer a day: the last one, in whatever currency, was on ${on}.`,
    },
  };
}

/** SEQ-23. */
function resumed({ history }: NextStepInput): Limit | null {
  if (history.resumedAt === null) return null;
  return {
    at: new Date(history.resumedAt.getTime() + RESUME_MS),
    reason: {
      rule: 'SEQ-23',
      words: 'It was resumed just now; the next message leaves an hour later at the earliest.',
    },
  };
}

function moved({ history, companyZone }: NextStepInput): Limit | null {
  if (history.notBefore === null) return null;
  const { at, by } = history.notBefore;
  return {
    at,
    reason: { rule: 'S4', words: `${by} moved what comes next to ${dayAt(at, companyZone)}.` },
  };
}
