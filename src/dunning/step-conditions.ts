import type { Currency } from '../domain/currency.ts';
import { formatMoney } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { Law } from '../policies/law/law.ts';
import type { Amounts, Policy } from '../policies/policy.ts';
import type { DebtorType, Step } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import { concerns } from './limit.ts';

export interface ConditionsInput {
  readonly policy: Pick<Policy, 'segment' | 'worthACall' | 'worthALetter'>;
  readonly law: Pick<Law, 'blocked' | 'treatedAs'>;
  readonly debtorType: DebtorType;
  readonly currency: Currency;
  /** What would be asked for, minor units. */
  readonly askMinor: number;
  /** For amounts in words. */
  readonly locale: string;
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
    ? null
    : { byLaw: false, reason: { rule: 'S1', words: `The ${step.name} is passed over: ${why}.` } };
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
