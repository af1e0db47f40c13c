import type { SendWindow } from '../domain/calendar.ts';
import { type Step, step } from './step.ts';

/** Amounts in minor units by ISO 4217 currency; a currency that is not in it has none. */
export type Amounts = Readonly<Record<string, number>>;

/** What a company, a segment or a customer may say for itself; the narrower one wins, field by field (P27). */
export interface PolicySettings {
  /** Key of the sequence; null: do nothing (SEQ-16). */
  readonly sequence: string | null;
  readonly window: SendWindow;
  /** ISO weekdays, 1 = Monday, on which anything may leave; public holidays are never among them. */
  readonly sendDays: readonly number[];
  /** S3: business days between two touches of one customer. */
  readonly minGapBusinessDays: number;
  /** R5: business days of rest after a payment. */
  readonly restAfterPaymentBusinessDays: number;
  /** R11: business days that a promise may be late before it counts as broken. */
  readonly promiseGraceBusinessDays: number;
  /** Most touches in any 7 and in any 30 days, over all channels (email-and-law 3.7, row 3). */
  readonly caps: { readonly perWeek: number; readonly perMonth: number };
  /**
   * TOL-01: what a customer may owe, in minor units by currency, without being reminded of it. A currency that is not
   * in it has no minimum (TOL-02): everything in it is chased.
   */
  readonly minimumBalance: Amounts;
  /** P29: under this a step of the channel is passed over. */
  readonly worthACall: Amounts;
  readonly worthALetter: Amounts;
  /** P16: a statement with all open invoices; it replaces the reminder of its day. */
  readonly statement: Statement;
  /** A thank-you when a case that was written to is paid. */
  readonly thankYou: boolean;
  readonly lateFee: LateFee | null;
}

export interface Statement {
  readonly forWhom: 'nobody' | 'several_open' | 'everybody';
  /** The business day of the month, counted from 1. */
  readonly businessDay: number;
}

/** D10: computed and shown; posted to the ledger only on a person's approval. */
export interface LateFee {
  readonly kind: 'statutory' | 'contract';
  /** Percent a year, in hundredths of a percent: 1800 is 18 %. Null with `statutory`: the law's own rate. */
  readonly yearlyRateBp: number | null;
  readonly graceDays: number;
  /** "Our signed terms say so": who stated it and on which day; without it nothing is said of a fee. */
  readonly attestedBy: string | null;
  readonly attestedOn: string | null;
}

/** The policy in force for one customer: the company's, with what its segment and the customer itself say. */
export interface Policy extends PolicySettings {
  /** Of the company's policy document. */
  readonly version: number;
  /** Of the customer's own override; null: it has none; 0: it has that of a customer merged into it. */
  readonly customerVersion: number | null;
  /** Key of the segment that matched first; null: none. */
  readonly segment: string | null;
  /** S6, D11: the sequence, the segment or the customer is paused; in words, or null. */
  readonly paused: string | null;
  /** The steps of its sequence, in the order of their offsets; empty: nothing is sent. */
  readonly steps: readonly Step[];
}

/** What holds until a business says otherwise (design S3, R5, R11; email-and-law 3.7). */
export const usualSettings: PolicySettings = {
  sequence: 'standard',
  window: { from: '09:00', to: '17:00' },
  sendDays: [1, 2, 3, 4, 5],
  minGapBusinessDays: 3,
  restAfterPaymentBusinessDays: 3,
  promiseGraceBusinessDays: 2,
  caps: { perWeek: 3, perMonth: 8 },
  minimumBalance: {},
  worthACall: {},
  worthALetter: {},
  statement: { forWhom: 'nobody', businessDay: 3 },
  thankYou: false,
  lateFee: null,
};

/** Four e-mails at +3, +8, +21 and +45 days: what every company had before there were presets. */
export const emailSteps: readonly Step[] = [
  step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' }),
  step({ key: 'second', name: 'second reminder', offsetDays: 8, stage: 'second' }),
  step({ key: 'third', name: 'third reminder', offsetDays: 21, stage: 'third' }),
  step({ key: 'final', name: 'final notice', offsetDays: 45, stage: 'final', payWithinDays: 14 }),
];

/** The policy of a customer in no segment, of a company that has only these e-mails. */
export const emailPolicy: Policy = {
  ...usualSettings,
  version: 1,
  customerVersion: null,
  segment: null,
  paused: null,
  steps: emailSteps,
};
