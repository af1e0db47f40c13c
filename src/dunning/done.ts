import { addDays, type Day, parseDay } from '../domain/day.ts';
import { UserError } from '../platform/errors.ts';

/** What came of a call. `promised` is said on the form of promises, which follows. */
export const callResults = ['reached', 'promised', 'no_answer', 'left_message', 'wrong_number'] as const;
export type CallResult = (typeof callResults)[number];

export const callWords: Readonly<Record<CallResult, string>> = {
  reached: 'reached',
  promised: 'reached; a payment was promised',
  no_answer: 'no answer',
  left_message: 'left a message',
  wrong_number: 'wrong number',
};

/** How a call or a letter went, as it is kept with the touch. */
export type Outcome =
  | { readonly channel: 'call'; readonly result: CallResult; readonly note: string }
  | { readonly channel: 'letter'; readonly postedOn: Day; readonly note: string };

export interface SaidOutcome {
  readonly result?: string | null | undefined;
  readonly postedOn?: string | null | undefined;
  readonly note?: string | null | undefined;
  /** A call that was made although it was not its time, or the customer's day was taken: it happened. */
  readonly anyway?: boolean | undefined;
}

export const NOTE_LIMIT = 1_000;
/** A letter entered later than this after it was posted is a slip of the pen. */
const POSTED_DAYS_AGO = 14;

/**
 * What a person said of a call or letter, checked. `today` in the company's zone, as the day on which a letter was
 * printed: it can be said to be posted from then on, however long ago (null: it was not printed here). Throws UserError
 * bad_input with the field: `result`, `postedOn` or `note`.
 */
export function outcomeOf(
  channel: 'call' | 'letter',
  said: SaidOutcome,
  today: Day,
  printedOn: Day | null = null,
): Outcome {
  const note = (said.note ?? '').trim();
  if (note.length > NOTE_LIMIT)
    throw new UserError(
      'bad_input',
      `The note is ${note.length} characters long.`,
      `Shorten it to ${NOTE_LIMIT}.`,
      'note',
    );
  if (channel === 'letter')
    return { channel, postedOn: postedOn(said.postedOn ?? today, today, printedOn), note };
  const result = callResults.find((known) => known === said.result);
  if (result === undefined)
    throw new UserError(
      'bad_input',
      'It is not said how the call went.',
      'Choose one of the list.',
      'result',
    );
  return { channel, result, note };
}

function postedOn(text: string, today: Day, printedOn: Day | null): Day {
  const day = parseDay(text);
  const refuse = (what: string, action: string): never => {
    throw new UserError('bad_input', what, action, 'postedOn');
  };
  if (day === null)
    return refuse('That is not a day.', 'Choose a day that exists, from the calendar or as YYYY-MM-DD.');
  if (day > today) return refuse('That day is still to come.', 'Come back when the letter is posted.');
  if (printedOn !== null && day < printedOn)
    return refuse(`It was printed on ${printedOn}.`, 'Choose that day or a later one.');
  if (printedOn === null && day < addDays(today, -POSTED_DAYS_AGO))
    return refuse(
      `That is more than ${POSTED_DAYS_AGO} days ago.`,
      'Choose the day on which this letter was posted.',
    );
  return day;
}

/** The outcome as a sentence for timeline and ledger. */
export function outcomeWords(outcome: Outcome): string {
  const note = outcome.note === '' ? '' : `: ${outcome.note}`;
  return outcome.channel === 'call'
    ? `${callWords[outcome.result]}${note}`
    : `posted on ${outcome.postedOn}${note}`;
}

/** What was stored with a touch; null: nothing, or nothing that can be read. */
export function readOutcome(stored: unknown): Outcome | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { channel, result, postedOn: on, note } = stored as Readonly<Record<string, unknown>>;
  const words = typeof note === 'string' ? note : '';
  const known = callResults.find((other) => other === result);
  if (channel === 'call' && known !== undefined) return { channel, result: known, note: words };
  const day = typeof on === 'string' ? parseDay(on) : null;
  return channel === 'letter' && day !== null ? { channel, postedOn: day, note: words } : null;
}
