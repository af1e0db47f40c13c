import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { Channel, Stage } from '../policies/step.ts';

/**
 * Gaps and caps look back at most this far, in days: as far as the longest gap that may be set (30 business days with the
 * holidays of any country) and the longest cap reach, which a test holds.
 */
export const LOOK_BACK_DAYS = 60;

/** A step that an invoice went through: it was part of a touch that was made, or the step was passed over for it. */
export interface StepDone {
  readonly invoiceId: string;
  readonly stepKey: string;
  /** How strict it was; null: not known any more. */
  readonly stage: Stage | null;
  /** The day in the company's zone. */
  readonly on: Day;
  /** A person passed it over, or nobody did it in time: it counts for the order of the steps, and is no contact. */
  readonly skipped?: true;
}

/** A touch that was made, or may have been made, as a letter that is printed: it counts for gaps and caps (S3). */
export interface Contact {
  readonly at: Date;
  /** Its day in the company's zone. */
  readonly on: Day;
  readonly channel: Channel;
  readonly currency: Currency;
  readonly stepKey: string;
  /** Absent: it is only imagined. */
  readonly touchId?: string;
}

/** What was said to a customer, as far as the next step depends on it. */
export interface History {
  readonly stepsDone: readonly StepDone[];
  /** Of the customer as a whole, all currencies and channels, oldest first. */
  readonly contacts: readonly Contact[];
  /** The day on which the last payment was seen; null: none. */
  readonly lastPaymentOn: Day | null;
  /** R11: the day on which a promise broke of which nothing was said to them since; null: none. */
  readonly promiseBrokenOn: Day | null;
  /** What it was about: of other invoices it is not spoken. Absent: any. */
  readonly promiseInvoices?: ReadonlySet<string>;
  /** SEQ-23: when a person last lifted a pause, or resumed their sequence, within the last hours; null: nobody did. */
  readonly resumedAt: Date | null;
  /** A person moved what comes next: nothing before this instant; null: nobody did. */
  readonly notBefore: { readonly at: Date; readonly by: string } | null;
}

/** Of somebody to whom nothing was ever said. */
export const emptyHistory: History = {
  stepsDone: [],
  contacts: [],
  lastPaymentOn: null,
  promiseBrokenOn: null,
  resumedAt: null,
  notBefore: null,
};

/** The history after one more touch. Pure: previews, replays and tests go on with it. */
export function withTouch(
  history: History,
  touch: Contact & { readonly steps: readonly StepDone[] },
): History {
  const { steps, ...contact } = touch;
  const { promiseInvoices: about } = history;
  const spokeOfIt = about === undefined || steps.some(({ invoiceId }) => about.has(invoiceId));
  return {
    ...history,
    stepsDone: [...history.stepsDone, ...steps],
    contacts: [...history.contacts, contact],
    promiseBrokenOn: spokeOfIt ? null : history.promiseBrokenOn,
  };
}
