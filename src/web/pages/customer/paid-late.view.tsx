import type { Currency } from '../../../domain/currency.ts';
import { addDays, formatDay } from '../../../domain/day.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { PaidLateList } from '../../../dunning/paid-late.store.ts';
import type { PaidLate } from '../../../dunning/paid-late.ts';
import {
  type CellProps,
  InvoiceCells,
  SumCells,
  SumHeads,
  SumTotals,
  sumsOf,
  WhyNoSum,
} from './interest-cells.view.tsx';

interface PaidLateProps {
  readonly list: PaidLateList;
  readonly locale: string;
  /** The customer's pages. */
  readonly at: string;
}

/** D10: what was paid late, apart from what is open: a claim of its own, which no reminder asks for. */
export function PaidLatePart({ list, locale, at }: PaidLateProps) {
  const { since, until, invoices, cut } = list;
  const days = `from ${formatDay(addDays(since, 1), locale)} to ${formatDay(until, locale)}`;
  return (
    <div class="stack" id="paid-late">
      <div>
        <h3>Paid late</h3>
        {invoices.length === 0 ? (
          <p class="t-small t-2">Nothing that was paid {days} was paid late.</p>
        ) : (
          <p class="t-small t-2 prose-duly">
            Paid {days}. What a delay has cost stays owed after the payment, but no reminder asks for it and
            no total above has it in it: it is a claim of its own, which you make by an invoice for it. Each
            payment and each credit lowers what is owed from its own day on. By the terms of today.
          </p>
        )}
      </div>
      {[...Map.groupBy(invoices, (invoice) => invoice.currency)].map(([currency, rows]) => (
        <PaidLateTable key={currency} {...{ currency, rows, locale, at }} />
      ))}
      {cut ? (
        <p class="t-small t-soon">
          Only the {invoices.length} invoices paid last are listed and added up; choose an earlier day above
          to see those before.
        </p>
      ) : null}
    </div>
  );
}

interface TableProps extends Omit<CellProps, 'withFixed'> {
  readonly currency: Currency;
  readonly rows: readonly PaidLate[];
}

/** One currency's invoices (R3), with totals of their own. */
function PaidLateTable({ rows, ...given }: TableProps) {
  const { currency } = given;
  const sums = sumsOf(rows);
  const cell: CellProps = { ...given, withFixed: sums.some(({ fixedMinor }) => fixedMinor > 0) };
  return (
    <div class="panel-flush">
      <table class="sheet cards">
        <caption class="sr-only">
          Late-payment interest and fixed sums in {currency} on invoices that were paid late
        </caption>
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Due</th>
            <th scope="col">Paid on</th>
            <th scope="col" class="num">
              Days late
            </th>
            <th scope="col" class="num">
              Owed when late, {currency}
            </th>
            <SumHeads withFixed={cell.withFixed} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.invoiceId} row={row} {...cell} />
          ))}
        </tbody>
        {sums.length === 0 ? null : (
          <SumTotals
            {...cell}
            sums={sums}
            without={rows.length - sums.length}
            span={6}
            words="Total of what was paid late"
          />
        )}
      </table>
    </div>
  );
}

function Row({ row, ...cell }: CellProps & { readonly row: PaidLate }) {
  const { locale, currency } = cell;
  const { answer, lateMinor } = row;
  return (
    <tr>
      <InvoiceCells invoice={row} locale={locale} />
      <td data-label="Paid on" class="whitespace-nowrap">
        {row.paidOn === null ? <span class="t-2">not known</span> : formatDay(row.paidOn, locale)}
      </td>
      <td class={row.daysLate === null ? 'num none' : 'num'} data-label="Days late">
        {row.daysLate === null ? '' : row.daysLate.toLocaleString(locale)}
      </td>
      {answer.kind === 'sum' ? (
        <>
          <td class="num" data-label="Owed when late">
            {lateMinor === null ? '' : formatAmount(lateMinor, currency, locale)}
          </td>
          <SumCells sum={answer} {...cell} />
        </>
      ) : (
        <WhyNoSum answer={answer} more={1} {...cell} />
      )}
    </tr>
  );
}
