import { mayHold, whoMayHold } from '../../../companies/roles.ts';
import type { Currency } from '../../../domain/currency.ts';
import { type Day, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { liftWish } from '../../hold-rights.ts';
import { asCategory, asKind, categoryWords, holdWords } from '../../hold-words.ts';
import { Csrf } from '../../parts/form.view.tsx';
import { daysInWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';

type HoldRow = CustomerView['holds'][number];

interface HoldProps {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  readonly hold: HoldRow;
}

/** The holds that stand, each with who set it, since when, when it ends, and a button for whoever may lift it. */
export function HoldsList({ frame, view }: Omit<HoldProps, 'hold'>) {
  // what was agreed has its own place on the page
  const holds = view.holds.filter((hold) => hold.agreement_id === null);
  if (holds.length === 0) return null;
  return (
    <div class="stack">
      <h2>Holds</h2>
      <ul class="rows">
        {holds.map((hold) => (
          <StatedHold key={hold.hold_id} {...{ frame, view, hold }} />
        ))}
      </ul>
    </div>
  );
}

function StatedHold({ frame, view, hold }: HoldProps) {
  const locale = localeOf(frame.company.country);
  const category = asCategory(hold.category ?? '');
  return (
    <li>
      <p>
        <strong>{holdWords[asKind(hold.kind) ?? 'pause']}</strong>
        {hold.scope === 'invoice' ? `, invoice ${lineOf(view, hold)?.line.number ?? hold.invoice_id}` : ''}
        {hold.scope === 'company' ? ', the whole company' : ''}
        {hold.ends_on === null ? '' : `, until ${formatDay(hold.ends_on as Day, locale)}`}
      </p>
      {category === null ? null : <p>{categoryWords[category]}.</p>}
      <AmountInQuestion {...{ frame, view, hold }} />
      <p class="t-small t-2">
        {daysInWords(hold.reason, locale)} ({hold.set_by}, {formatDay(hold.starts_on as Day, locale)})
      </p>
      {hold.review_on === null ? null : (
        <p class="t-small t-2">To be looked at again on {formatDay(hold.review_on as Day, locale)}.</p>
      )}
      <Lift {...{ frame, view, hold }} />
    </li>
  );
}

function lineOf(view: CustomerView, hold: HoldRow) {
  return view.positions
    .flatMap((position) => position.lines.map((line) => ({ line, currency: position.currency })))
    .find(({ line }) => line.invoiceId === hold.invoice_id);
}

function AmountInQuestion({ frame, view, hold }: HoldProps) {
  const found = lineOf(view, hold);
  if (hold.amount_minor === null || hold.kind !== 'dispute' || found === undefined) return null;
  const money = (minor: number): string =>
    formatMoney(minor, found.currency as Currency, localeOf(frame.company.country));
  return (
    <p>
      {money(hold.amount_minor)} in question, of {money(found.line.openMinor)} open.
    </p>
  );
}

function Lift({ frame, view, hold }: HoldProps) {
  const { company, signedIn } = frame;
  const kind = asKind(hold.kind);
  if (kind === null) return null;
  const scope = hold.scope === 'company' || hold.scope === 'invoice' ? hold.scope : 'customer';
  const wish = liftWish(signedIn, { kind, scope, setByPersonId: hold.set_by_person });
  if (!mayHold(signedIn.role, wish)) return <p class="hint">{whoMayHold(wish)}</p>;
  const at = `/companies/${company.company_id}/customers/${encodeURIComponent(view.customer.customer_id)}`;
  return (
    <form method="post" action={`${at}/lift`} class="mt-2">
      <Csrf token={signedIn.csrfToken} />
      <input type="hidden" name="hold" value={hold.hold_id} />
      <button class="btn btn-plain btn-sm" type="submit">
        Lift this hold
      </button>
    </form>
  );
}
