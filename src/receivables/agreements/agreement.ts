import type { Currency } from '../../domain/currency.ts';
import type { Day } from '../../domain/day.ts';

export const agreementKinds = ['promise', 'plan', 'offer'] as const;
export type AgreementKind = (typeof agreementKinds)[number];

/** More than anybody agrees to. */
export const MOST_INSTALMENTS = 120;
export const MOST_INVOICES = 500;
/** Business days. */
export const MOST_GRACE = 20;
/** The same of a promise, as the policy may say it. */
export const MOST_PROMISE_GRACE = 60;

/** How it was agreed. */
export const hows = ['phone', 'email', 'letter', 'in_person', 'portal', 'other'] as const;
export type How = (typeof hows)[number];

export type PromiseState = 'pending' | 'kept' | 'part_kept' | 'broken' | 'withdrawn';
export type PlanState = 'active' | 'completed' | 'breached' | 'withdrawn';
export type OfferState = 'open' | 'accepted' | 'lapsed' | 'withdrawn';
export type AgreementState = PromiseState | PlanState | OfferState;

/** One payment of a plan. Days in the company's zone; minor units of the plan's currency. */
export interface Instalment {
  /** 1 is the first. */
  readonly number: number;
  readonly dueOn: Day;
  /** The last day on which it may be paid without a breach. */
  readonly graceUntil: Day;
  readonly amountMinor: number;
}

/** A promise, plan or offer as far as its judgement needs it. */
export interface AgreementTerms {
  readonly kind: AgreementKind;
  readonly currency: Currency;
  /** Promised, the plan's total, or the reduced sum; minor units. */
  readonly amountMinor: number;
  /** What was open on its invoices when it was agreed. */
  readonly debtMinor: number;
  /** The promised day, the last instalment, or the last day on which the offer can be taken up. */
  readonly dueOn: Day;
  /** The last day on which it holds its invoices. */
  readonly graceUntil: Day;
  /** Of a plan, in the order of their days; empty for the others. */
  readonly instalments: readonly Instalment[];
}

const live: ReadonlySet<AgreementState> = new Set(['pending', 'active', 'open']);

/** Whether it still holds its invoices because nothing is decided yet. */
export function isLive(state: AgreementState): boolean {
  return live.has(state);
}
