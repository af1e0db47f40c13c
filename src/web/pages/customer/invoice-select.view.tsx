import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { Field } from '../../parts/form.view.tsx';
import type { Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';

/** Which of the customer's open invoices something is about; `all`: the words for none in particular. */
export function InvoiceSelect({
  view,
  frame,
  all,
  typed,
}: {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  readonly all?: string;
  readonly typed: Typed;
}) {
  const chosen = typed.text('invoice');
  const locale = localeOf(frame.company.country);
  return (
    <Field label="Invoice" fault={typed.fault('invoice')}>
      <select
        class="select"
        name="invoice"
        required={all === undefined}
        aria-invalid={typed.fault('invoice') === undefined ? undefined : 'true'}
      >
        <option value="">{all ?? 'Choose…'}</option>
        {view.positions.flatMap((position) =>
          position.lines.map((line) => (
            <option key={line.invoiceId} value={line.invoiceId} selected={line.invoiceId === chosen}>
              {line.number ?? 'No number'}, {formatMoney(line.openMinor, position.currency, locale)} open
              {line.dueOn === null ? '' : `, due ${formatDay(line.dueOn, locale)}`}
            </option>
          )),
        )}
      </select>
    </Field>
  );
}
