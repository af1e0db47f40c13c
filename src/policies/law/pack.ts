import type { Channel, Stage } from '../step.ts';
import type { Blocked, Disclosure, LawRule, TreatedAs } from './law.ts';

/** What a rule does to what may be planned or said. */
export type Effect =
  | {
      readonly kind: 'cap';
      readonly channels: readonly Channel[];
      readonly days: number;
      readonly most: number;
    }
  | {
      readonly kind: 'window';
      readonly channels: readonly Channel[];
      readonly from: string;
      readonly to: string;
      /** ISO weekdays; `working`: the working week of the debtor's country. */
      readonly days: readonly number[] | 'working';
    }
  | { readonly kind: 'gap'; readonly businessDays: number }
  | {
      readonly kind: 'block';
      readonly what: readonly Blocked[];
      /** `email_consent`: lifted by the debtor's stored consent to e-mail. */
      readonly unless?: 'email_consent';
      /** `email_refused`: only where the debtor's stored word is that they want no e-mail. */
      readonly when?: 'email_refused';
    }
  | { readonly kind: 'deadline'; readonly stage: Stage; readonly days: number }
  | { readonly kind: 'disclose'; readonly say: Omit<Disclosure, 'rule'> }
  | { readonly kind: 'warn'; readonly stage: Stage | null }
  /** Kept by another part of Duly, which the words name: nothing to plan by. */
  | { readonly kind: 'kept'; readonly by: string }
  /** Not confirmed by a source and with no stricter reading to take: off until it is. */
  | { readonly kind: 'off' };

export interface PackRule extends LawRule {
  readonly for: readonly TreatedAs[];
  readonly effect: Effect;
  /** What of it rests on memory alone, and what was done about that; null: read in a source. */
  readonly doubt: string | null;
}

export interface Pack {
  readonly key: string;
  /** For people: "New York City". */
  readonly name: string;
  readonly rules: readonly PackRule[];
}

export const everybody: readonly TreatedAs[] = ['business', 'sole_trader', 'consumer'];
/** Whom the house protects as a private person: whether trade letters to a sole trader are safe is not settled. */
export const persons: readonly TreatedAs[] = ['sole_trader', 'consumer'];
export const consumers: readonly TreatedAs[] = ['consumer'];
export const businesses: readonly TreatedAs[] = ['business'];

export const allChannels: readonly Channel[] = ['email', 'letter', 'call', 'statement'];
/** What reaches somebody at a moment; a letter is read when its reader opens it. */
export const momentary: readonly Channel[] = ['email', 'call', 'statement'];

type Told = Pick<PackRule, 'id' | 'words' | 'source' | 'for' | 'effect'> & Partial<PackRule>;

/** A rule with no dates and no doubt that says how it is enforced by what it does. */
export function rule(told: Told): PackRule {
  const enforce = { disclose: 'disclose', warn: 'warn' } as const;
  const { kind } = told.effect;
  const usual = kind === 'disclose' || kind === 'warn' ? enforce[kind] : 'block';
  return { from: null, until: null, doubt: null, enforce: usual, ...told };
}
