import type { SendWindow } from '../domain/calendar.ts';

/** Keys of the standard sequence; a template exists for each. */
export type StepKey = 'first' | 'second' | 'third' | 'final';

export interface Step {
  readonly key: StepKey;
  /** For people: "second reminder". */
  readonly name: string;
  /** Calendar days after the due date. */
  readonly offsetDays: number;
  /** S4: final notices and letters of claim always need a person, whatever the mode. */
  readonly needsPerson: boolean;
  /** How many calendar days the reader is given from the day of sending. */
  readonly payWithinDays: number;
}

/** A business's payment policy, as far as the standard sequence needs it. Stored as data, versioned. */
export interface Policy {
  readonly version: number;
  readonly steps: readonly Step[];
  readonly window: SendWindow;
  /** S3: business days between two touches of one customer. */
  readonly minGapBusinessDays: number;
  /** R5: business days of rest after a payment. */
  readonly restAfterPaymentBusinessDays: number;
  /** Most touches in any 7 and in any 30 days, over all channels (email-and-law 3.7, row 3). */
  readonly caps: { readonly perWeek: number; readonly perMonth: number };
  /**
   * TOL-01: what a customer may owe, in minor units by currency, without being reminded of it. A currency that is not
   * in it has no minimum (TOL-02): everything in it is chased.
   */
  readonly minimumBalance: Readonly<Record<string, number>>;
}

/**
 * The standard sequence: +3, +8, +21, +45 days. Offsets from the default sequence of email-and-law 4.3, gaps from
 * S3, the final notice with at least a week (P7).
 */
export const standardPolicy: Omit<Policy, 'version'> = {
  steps: [
    { key: 'first', name: 'first reminder', offsetDays: 3, needsPerson: false, payWithinDays: 7 },
    { key: 'second', name: 'second reminder', offsetDays: 8, needsPerson: false, payWithinDays: 7 },
    { key: 'third', name: 'third reminder', offsetDays: 21, needsPerson: false, payWithinDays: 7 },
    { key: 'final', name: 'final notice', offsetDays: 45, needsPerson: true, payWithinDays: 14 },
  ],
  window: { from: '09:00', to: '17:00' },
  minGapBusinessDays: 3,
  restAfterPaymentBusinessDays: 3,
  caps: { perWeek: 3, perMonth: 8 },
  minimumBalance: {},
};
