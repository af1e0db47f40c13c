import type { Day } from '../../../domain/day.ts';
import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { Csrf } from '../../parts/form.view.tsx';
import { daysInWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';

const kindWords: Readonly<Record<string, string>> = {
  dispute: 'Disputed',
  promise: 'Promised',
  pause: 'On hold',
  do_not_contact: 'Not to be contacted',
  reply: 'A reply waits',
  stopped: 'Stopped',
};

/** The holds that stand, each with who set it, when it ends, and a button that lifts it. */
export function HoldsList({ frame, view }: { readonly frame: CompanyFrame; readonly view: CustomerView }) {
  if (view.holds.length === 0) return null;
  const locale = localeOf(frame.company.country);
  const numberOf = new Map(
    view.positions.flatMap((position) => position.lines.map((line) => [line.invoiceId, line.number])),
  );
  const at = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(view.customer.customer_id)}`;
  return (
    <div class="stack">
      <h2>Holds</h2>
      <ul class="rows">
        {view.holds.map((hold) => (
          <li key={hold.hold_id}>
            <p>
              <strong>{kindWords[hold.kind] ?? hold.kind}</strong>
              {hold.scope === 'invoice'
                ? `, invoice ${numberOf.get(hold.invoice_id ?? '') ?? hold.invoice_id}`
                : ''}
              {hold.scope === 'company' ? ', the whole company' : ''}
              {hold.ends_on === null ? '' : `, until ${formatDay(hold.ends_on as Day, locale)}`}
            </p>
            <p class="t-small t-2">
              {daysInWords(hold.reason, locale)} ({hold.set_by})
            </p>
            <form method="post" action={`${at}/lift`} class="mt-2">
              <Csrf token={frame.signedIn.csrfToken} />
              <input type="hidden" name="hold" value={hold.hold_id} />
              <button class="btn btn-plain btn-sm" type="submit">
                Lift this hold
              </button>
            </form>
          </li>
        ))}
      </ul>
    </div>
  );
}
