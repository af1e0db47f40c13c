import type { Currency } from '../../../domain/currency.ts';
import { type Day, formatDay, parseDay } from '../../../domain/day.ts';
import type { HoldCategory, HoldKind } from '../../../domain/hold-kinds.ts';
import { UserError } from '../../../platform/errors.ts';
import { fieldOf } from '../../form-fields.ts';
import { asCategory } from '../../hold-words.ts';
import { typedAmount } from '../../typed-amount.ts';

/** What a posted form says of a hold on a customer, or on the invoice it names. */
export interface HoldForm {
  /** '' for the customer as a whole. */
  readonly invoiceId: string;
  readonly category: HoldCategory | null;
  readonly reason: string;
  /** As typed; '' for none. */
  readonly amount: string;
  /** The last day; null: until somebody lifts it. */
  readonly endsOn: Day | null;
  readonly reviewOn: Day | null;
}

/** Reads the form of a kind of hold. Throws UserError bad_input, in words for the person. */
export function readHoldForm(body: unknown, kind: HoldKind): HoldForm {
  const invoiceId = fieldOf(body, 'invoice', 100);
  if (kind === 'dispute' && invoiceId === '')
    throw new UserError(
      'bad_input',
      'No invoice was chosen.',
      'Choose the invoice that is disputed.',
      'invoice',
    );
  const named = fieldOf(body, 'category', 40);
  const category = asCategory(named);
  if ((kind === 'dispute' || kind === 'legal') && category === null)
    throw new UserError(
      'bad_input',
      'It is not said what it is about.',
      'Choose one of the list.',
      'category',
    );
  const ends = kind === 'pause' && fieldOf(body, 'end', 10) !== 'open';
  return {
    invoiceId,
    category: kind === 'dispute' || kind === 'legal' ? category : null,
    reason: fieldOf(body, 'reason', 300),
    amount: kind === 'dispute' ? fieldOf(body, 'amount', 40) : '',
    endsOn: ends ? dayField(body, 'until') : null,
    // S5: a reply rests the customer until it is answered; by then somebody is reminded of it
    reviewOn:
      kind === 'reply' || (kind === 'pause' && fieldOf(body, 'review', 20) !== '')
        ? dayField(body, 'review')
        : null,
  };
}

/** Throws UserError bad_input when the amount cannot be read. */
export function amountOf(form: HoldForm, currency: Currency): number | null {
  if (form.amount === '') return null;
  const minor = typedAmount(form.amount, currency);
  if (minor !== null) return minor;
  throw new UserError(
    'bad_input',
    `“${form.amount}” is not an amount in ${currency}.`,
    'Write it like 1250.00, or leave it empty if all of it is disputed.',
    'amount',
  );
}

/** What was done, as a sentence. */
export function saidOf(form: HoldForm, kind: HoldKind, locale: string): string {
  const what = form.invoiceId === '' ? 'this customer' : 'this invoice';
  if (kind === 'do_not_contact') return 'Nobody writes to this customer until the hold is lifted.';
  const review = form.reviewOn === null ? '' : ` You see it again on ${formatDay(form.reviewOn, locale)}.`;
  if (form.endsOn === null) return `Reminders for ${what} rest until somebody lifts the hold.${review}`;
  return `Reminders for ${what} rest until ${formatDay(form.endsOn, locale)}, that day included.${review}`;
}

function dayField(body: unknown, name: string): Day {
  const found = parseDay(fieldOf(body, name, 20));
  if (found !== null) return found;
  throw new UserError(
    'bad_input',
    'The day is missing or does not exist.',
    'Choose a day from the calendar.',
    name,
  );
}
