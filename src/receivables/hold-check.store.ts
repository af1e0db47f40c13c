import { noCustomer } from '../books/customer-name.store.ts';
import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, dayAt, formatDay, parseDay } from '../domain/day.ts';
import { categoriesOf, type HoldCategory, type HoldKind, type HoldScope } from '../domain/hold-kinds.ts';
import { formatMoney } from '../domain/money.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';

/** What somebody states, as far as it is judged here. */
interface Wish {
  readonly kind: HoldKind;
  readonly category?: HoldCategory | null;
  readonly scope: HoldScope;
  readonly customerId?: string | null;
  readonly invoiceId?: string | null;
  readonly reason: string;
  readonly amountMinor?: number | null;
  readonly currency?: Currency | null;
  readonly startsOn: Day;
  readonly endsOn?: Day | null;
  readonly reviewOn?: Day | null;
}

/** A day beyond is a slip of the pen. */
const FARTHEST_DAYS = 3653;
/** What can be said of all customers at once. */
const ofEverybody: readonly HoldKind[] = ['pause', 'stopped', 'do_not_contact', 'legal'];
/** What only a person ends (S5, EXC-11): time answers nobody, and takes up again nothing that somebody stopped. */
const endless: Partial<Readonly<Record<HoldKind, string>>> = {
  reply: 'A reply holds until somebody has answered it',
  stopped: 'What a person stopped rests until a person takes it up again',
};

/** What makes no sense whatever the books say. Throws UserError bad_input. */
export function checkHold(hold: Wish, now: Date): void {
  const refuse = (what: string, action: string, field: string | null = null): never => {
    throw new UserError('bad_input', what, action, field);
  };
  if (hold.reason.trim() === '') refuse('The hold has no reason.', 'Say why, in a few words.', 'reason');
  for (const field of ['startsOn', 'endsOn', 'reviewOn'] as const) {
    const on = hold[field];
    if (on != null && isTooFar(on, now))
      refuse(
        'That day is more than ten years away.',
        'Choose an earlier day, or a hold without an end.',
        field,
      );
  }
  const ending = endless[hold.kind];
  if (hold.endsOn != null && ending !== undefined)
    refuse(
      `${ending}, so it has no last day.`,
      'Leave endsOn out; reviewOn is the day on which it is shown again.',
      'endsOn',
    );
  if (hold.endsOn != null && hold.endsOn < hold.startsOn)
    refuse('The hold would end before it starts.', 'Choose an end on or after its start.', 'endsOn');
  if (hold.reviewOn != null && hold.reviewOn <= hold.startsOn)
    refuse('The day to look again is not after the start of the hold.', 'Choose a later day.', 'reviewOn');
  if (hold.scope === 'company' && !ofEverybody.includes(hold.kind))
    refuse('That can be said of a customer or an invoice, not of the whole company.', 'Choose which.');
  if (hold.kind === 'dispute' && hold.scope !== 'invoice')
    refuse('A dispute is about one invoice.', 'Choose the invoice that is disputed.');
}

/** A year of five digits sorts before all others as text. */
function isTooFar(last: Day, now: Date): boolean {
  return parseDay(last) === null || last > addDays(dayAt(now, 'UTC'), FARTHEST_DAYS);
}

/** The category as it is stored. Throws UserError bad_input when it does not fit the kind. */
export function categoryOf(hold: Pick<Wish, 'kind' | 'category'>): HoldCategory | null {
  const known = categoriesOf(hold.kind);
  if (known.length === 0 && hold.category == null) return null;
  if (hold.category == null && hold.kind === 'dispute') return 'other';
  if (hold.category != null && known.includes(hold.category)) return hold.category;
  throw new UserError(
    'bad_input',
    known.length > 0 && hold.category == null
      ? 'The category is missing.'
      : 'The category does not fit this kind of hold.',
    known.length === 0 ? 'Leave it out.' : `Choose one of: ${known.join(', ').replaceAll('_', ' ')}.`,
  );
}

/**
 * The customer that a hold concerns, as the books know it; null for the whole company. The invoice is locked, so that
 * two who dispute it at once are told apart. Throws UserError not_found, bad_input or conflict.
 */
export async function customerOf(tx: Tx, companyId: string, hold: Wish): Promise<string | null> {
  if (hold.scope === 'company') return null;
  if (hold.scope === 'invoice') return await ownerOfInvoice(tx, companyId, hold);
  const row = await tx
    .selectFrom('customer')
    .select('customer_id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', hold.customerId ?? '')
    .executeTakeFirst();
  if (row !== undefined) return row.customer_id;
  throw noCustomer();
}

async function ownerOfInvoice(tx: Tx, companyId: string, hold: Wish): Promise<string> {
  const row = await tx
    .selectFrom('invoice')
    .select(['customer_id', 'number', 'status', 'open_minor', 'currency'])
    .where('company_id', '=', companyId)
    .where('invoice_id', '=', hold.invoiceId ?? '')
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new UserError('not_found', 'There is no such invoice in the books.', 'Check the invoice id.');
  const name = row.number === null ? 'This invoice' : `Invoice ${row.number}`;
  if (hold.kind === 'dispute') {
    if (row.status !== 'open' || row.open_minor <= 0)
      throw new UserError(
        'conflict',
        `Nothing is open on it: ${name} is settled.`,
        'There is nothing to hold.',
        'invoiceId',
      );
    checkAmount(hold, row, name);
    await refuseSecondDispute(tx, companyId, hold, name);
  }
  return row.customer_id;
}

/** The amount in question is part of what is open. */
function checkAmount(
  hold: Wish,
  invoice: { readonly open_minor: number; readonly currency: string },
  name: string,
): void {
  if (hold.amountMinor == null) return;
  const currency = invoice.currency as Currency;
  if (hold.currency != null && hold.currency !== currency)
    throw new UserError(
      'bad_input',
      `The amount is in ${hold.currency}, but the balance is in ${currency}.`,
      `State it in ${currency}.`,
    );
  if (hold.amountMinor <= 0)
    throw new UserError(
      'bad_input',
      'The amount in question is not above zero.',
      'State how much of the invoice is disputed, or leave the amount out if it is all of it.',
      'amount',
    );
  if (hold.amountMinor > invoice.open_minor)
    throw new UserError(
      'bad_input',
      `The amount in question is more than the ${formatMoney(invoice.open_minor, currency)} still open. ${name} cannot be disputed above its balance.`,
      'State a lower amount, or leave it out if all of it is disputed.',
      'amount',
    );
}

async function refuseSecondDispute(tx: Tx, companyId: string, hold: Wish, name: string): Promise<void> {
  const standing = await tx
    .selectFrom('hold')
    .select(['starts_on', 'set_by'])
    .where('company_id', '=', companyId)
    .where('invoice_id', '=', hold.invoiceId ?? '')
    .where('kind', '=', 'dispute')
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('ends_on', 'is', null), eb('ends_on', '>=', hold.startsOn)]))
    .executeTakeFirst();
  if (standing === undefined) return;
  throw new UserError(
    'conflict',
    `${name} is disputed already, since ${formatDay(standing.starts_on as Day)} (${standing.set_by}).`,
    'Lift that dispute first if there is something new to say.',
    'invoiceId',
  );
}
