import type { Day } from '../domain/day.ts';

/** A step that an invoice went through: it was part of a touch that was sent. */
export interface StepDone {
  readonly invoiceId: string;
  readonly stepKey: string;
  /** The day of sending in the company's zone. */
  readonly on: Day;
}

/** What was said to a customer, as far as the next step depends on it. */
export interface History {
  readonly stepsDone: readonly StepDone[];
  /** Days (company's zone) of this case's touches that left or may have left, oldest first (S3, SEQ-10). */
  readonly touchDays: readonly Day[];
  /** The same for the customer as a whole, all currencies and channels: the caps count these. */
  readonly customerTouchDays: readonly Day[];
  /** The day on which the last payment was seen; null: none. */
  readonly lastPaymentOn: Day | null;
}
