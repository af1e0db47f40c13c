import type { Currency } from '../domain/currency.ts';
import { dayAt } from '../domain/day.ts';
import { formatMoney } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { Law } from '../policies/law/law.ts';
import type { Amounts, Policy } from '../policies/policy.ts';
import type { DebtorType, Step } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import { concerns } from './limit.ts';
import { type CallableOf, numberWords } from './wrong-number.ts';

export interface ConditionsInput {
  readonly policy: Pick<Policy, 'segment' | 'worthACall' | 'worthALetter'>;
  readonly law: Pick<Law, 'blocked' | 'treatedAs'>;
  readonly debtorType: DebtorType;
  readonly currency: Currency;
  /** What would be asked for, minor units. */
  readonly askMinor: number;
  /** For amounts in words. */
  readonly locale: string;
  /** S9: where calls to this debtor go; absent: wherever there is a number. */
  readonly callable?: CallableOf;
  /** What day it is in the zone of the company. */
  readonly now: Date;
  readonly companyZone: string;
}

/** Why a step is not for this customer, so that it is passed over; `byLaw`: the law forbids it. */
export interface NotFor {
  readonly reason: Reason;
  readonly byLaw: boolean;
}

/** Whether a step is for this customer at all: what the law blocks, its conditions, what its channel is worth (P29). */
export function whyNotFor(step: Step, input: ConditionsInput): NotFor | null {
  const blocked = input.law.blocked.find((block) => concerns([block.what], step.channel));
  if (blocked !== undefined)
    return {
      byLaw: true,
      reason: lawReason(blocked.rule, `The ${step.name} is passed over: ${blocked.rule.words}`),
    };
  const why = conditionNotMet(step, input) ?? notWorthIt(step, input);
  return why === null
    ? noNumber(step, input)
    : { byLaw: false, reason: { rule: 'S1', words: `The ${step.name} is passed over: ${why}.` } };
}

/** S9: every number was wrong, and within some business days nobody found another: the sequence never stands still for it. */
function noNumber(step: Step, { law, callable, now, companyZone }: ConditionsInput): NotFor | null {
  if (step.channel !== 'call' || callable === undefined) return null;
  const alone = law.blocked.some(({ what }) => what === 'escalation_copy');
  const call = callable(step.recipients.escalation && !alone);
  if ('phone' in call || dayAt(now, companyZone) < call.passedOverOn) return null;
  const words = `The ${step.name} is passed over: ${numberWords(call.wrong).replace('The', 'the')} was wrong on ${call.wrongOn}, and five business days later the books have no other.`;
  return { byLaw: false, reason: { rule: 'S9', words } };
}

function conditionNotMet(step: Step, input: ConditionsInput): string | null {
  const { segments, debtorTypes, minimum } = step.conditions;
  const { segment } = input.policy;
  if (segments !== null && (segment === null || !segments.includes(segment)))
    return segment === null
      ? `it is for ${list(segments)}, and the customer is in no segment`
      : `it is for ${list(segments)}, and the customer is in “${segment}”`;
  // a business that stated that all its customers are businesses means those of unknown type
  const types: readonly DebtorType[] =
    input.debtorType === 'unknown' ? ['unknown', input.law.treatedAs] : [input.debtorType];
  if (debtorTypes !== null && !types.some((type) => debtorTypes.includes(type)))
    return `it is for ${list(debtorTypes.map(typeInWords))}, and the customer is ${typeInWords(input.debtorType)}`;
  const least = amountOf(minimum, input.currency);
  return least === null || input.askMinor >= least
    ? null
    : `it is for ${money(least, input)} or more, and ${money(input.askMinor, input)} would be asked for`;
}

function notWorthIt(step: Step, input: ConditionsInput): string | null {
  const { worthACall, worthALetter } = input.policy;
  const worth = step.channel === 'call' ? worthACall : step.channel === 'letter' ? worthALetter : {};
  const least = amountOf(worth, input.currency);
  return least === null || input.askMinor >= least
    ? null
    : `a ${step.channel} is worth it from ${money(least, input)}, and ${money(input.askMinor, input)} would be asked for`;
}

/** Null: the currency has none; nothing is ever converted (TOL-02). */
function amountOf(amounts: Amounts, currency: Currency): number | null {
  return Object.hasOwn(amounts, currency) ? (amounts[currency] ?? null) : null;
}

function money(minor: number, { currency, locale }: ConditionsInput): string {
  return formatMoney(minor, currency, locale);
}

function typeInWords(type: DebtorType): string {
  return type === 'unknown' ? 'of unknown type' : `a ${type.replace('_', ' ')}`;
}

function list(words: readonly string[]): string {
  return words.map((word) => (word.includes(' ') ? word : `“${word}”`)).join(' or ');
}
