import type { Currency } from '../../../domain/currency.ts';
import { type Day, daysBetween, formatDay } from '../../../domain/day.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { InvoiceInterest } from '../../../dunning/interest-of.store.ts';
import type { InterestSum } from '../../../policies/law/interest.ts';
import {
  type CellProps,
  InvoiceCells,
  SumCells,
  SumHeads,
  SumTotals,
  sumsOf,
  WhyNoSum,
} from './interest-cells.view.tsx';

interface TableProps extends Omit<CellProps, 'withFixed'> {
  readonly currency: Currency;
  readonly rows: readonly InvoiceInterest[];
  /** The day reckoned up to. */
  readonly asOf: Day;
}

/** One currency's past-due invoices (R3): base, rate and its ground, interest, fixed sum, and their totals. */
export function InterestTable({ rows, asOf, ...given }: TableProps) {
  const { currency, locale } = given;
  const sums = sumsOf(rows);
  const cell: CellProps = { ...given, withFixed: sums.some(({ fixedMinor }) => fixedMinor > 0) };
  return (
    <div class="panel-flush">
      <table class="sheet cards">
        <caption class="sr-only">
          Late-payment interest and fixed sums in {currency} up to {formatDay(asOf, locale)}
        </caption>
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Due</th>
            <th scope="col" class="num">
              Days
            </th>
            <th scope="col" class="num">
              Base, {currency}
            </th>
            <SumHeads withFixed={cell.withFixed} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.invoiceId} row={row} asOf={asOf} {...cell} />
          ))}
        </tbody>
        {sums.length === 0 ? null : (
          <SumTotals sums={sums} without={rows.length - sums.length} span={5} words="Total" {...cell} />
        )}
      </table>
    </div>
  );
}

function Row({ row, asOf, ...cell }: CellProps & { readonly row: InvoiceInterest; readonly asOf: Day }) {
  const { locale, currency } = cell;
  const { answer } = row;
  const days = answer.kind === 'sum' ? countedDays(answer) : null;
  return (
    <tr>
      <InvoiceCells invoice={row} locale={locale} />
      <td class="num" data-label="Days">
        {(days ?? daysBetween(row.dueOn, asOf)).toLocaleString(locale)}
      </td>
      {answer.kind === 'sum' ? (
        <>
          <td class="num" data-label="Base">
            {formatAmount(answer.pieces.at(-1)?.balanceMinor ?? row.openMinor, currency, locale)}
          </td>
          <SumCells sum={answer} {...cell} />
        </>
      ) : (
        <WhyNoSum answer={answer} more={1} {...cell} />
      )}
    </tr>
  );
}

/** Null: it is by the month, and each month begun counts whole. */
function countedDays({ pieces }: InterestSum): number | null {
  return pieces.length === 0 ? null : pieces.reduce((sum, { days }) => sum + days, 0);
}
