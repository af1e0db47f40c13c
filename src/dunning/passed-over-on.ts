import { addBusinessDays, type BusinessCalendar } from '../domain/calendar.ts';
import { type Day, dayAt } from '../domain/day.ts';

/** A call or a letter that is a person's to do. */
export interface WaitingTask {
  /** When it became theirs to do. */
  readonly approvedAt: Date | null;
  /** Not before this instant, as a person said; null: nobody moved it. */
  readonly notBefore: Date | null;
  /** Business days of the company that its step waits; null: for as long as it takes. */
  readonly waitsBusinessDays: number | null;
  /** A letter that may be in the post. */
  readonly isPrinted: boolean;
}

/**
 * The day on which a task that nobody did is passed over, in the company's zone: so many business days after it became
 * somebody's to do, or after the day to which it was moved. Null: never, it is waited for. It is to be done before.
 */
export function passedOverOn(task: WaitingTask, zone: string, calendar: BusinessCalendar): Day | null {
  const { approvedAt, notBefore, waitsBusinessDays: days, isPrinted } = task;
  if (approvedAt === null || days === null || isPrinted) return null;
  const from = notBefore !== null && notBefore > approvedAt ? notBefore : approvedAt;
  return addBusinessDays(dayAt(from, zone), days, calendar);
}
