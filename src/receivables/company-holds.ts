import { type Day, dayAt } from '../domain/day.ts';
import { type HoldFact, type HoldReason, holdReason, isInForce } from './holds.ts';

/** What is known of a company as a whole, as far as it can stop everything. */
export interface CompanyState {
  readonly now: Date;
  readonly timeZone: string;
  /** Holds with the scope company that nobody lifted. */
  readonly stated: readonly HoldFact[];
  /** The last reading of the books that ended well; null: there was none yet. */
  readonly booksReadAt: Date | null;
  /** Since when readings fail or the connection is lost; null: they go well. */
  readonly failingSince: Date | null;
  /** R14: since when the ledger is known to send reminders of its own; null: it does not, or doesn't say. */
  readonly ownRemindersSince: Date | null;
}

/** The books are read at least once a day (R9): a night more, and something is wrong even if nothing failed. */
const STALE_MS = 36 * 3_600_000;

/**
 * Why nobody of the company is chased now, or only after a person looked (R14): what people stated, then what follows
 * from its state. Days in the company's zone.
 */
export function companyHolds(state: CompanyState): readonly HoldReason[] {
  const today = dayAt(state.now, state.timeZone);
  return [
    ...state.stated.filter((hold) => isInForce(hold, today)).map(holdReason),
    ...staleBooks(state),
    ...ownReminders(state),
  ];
}

function staleBooks({ now, timeZone, booksReadAt, failingSince }: CompanyState): readonly HoldReason[] {
  const old = booksReadAt !== null && now.getTime() - booksReadAt.getTime() > STALE_MS;
  if (booksReadAt !== null && failingSince === null && !old) return [];
  const since = dayAt(failingSince ?? booksReadAt ?? now, timeZone);
  const words =
    booksReadAt === null
      ? 'The books were not read yet. Nothing is sent before they are.'
      : `The books were last read on ${dayAt(booksReadAt, timeZone)}. Nothing is sent until they are read again.`;
  return [derived('stale_books', 'R9', words, since)];
}

function ownReminders({ timeZone, ownRemindersSince }: CompanyState): readonly HoldReason[] {
  if (ownRemindersSince === null) return [];
  const words =
    'The ledger sends reminders of its own. On autopilot a person releases each message, so that nobody is chased twice.';
  return [derived('ledger_reminders', 'R14', words, dayAt(ownRemindersSince, timeZone))];
}

function derived(kind: string, rule: string, words: string, since: Day): HoldReason {
  return {
    kind,
    rule,
    holdId: null,
    scope: 'company',
    category: null,
    by: 'Duly',
    since,
    words,
    until: null,
  };
}
