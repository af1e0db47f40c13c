import type { Currency } from '../../../domain/currency.ts';
import { type Day, daysBetween, formatDay } from '../../../domain/day.ts';
import { formatAmount, sumMinor } from '../../../domain/money.ts';
import type { InvoiceInterest } from '../../../dunning/interest-of.store.ts';
import type { Piece } from '../../../policies/law/accrual.ts';
import { type InterestSum, percent } from '../../../policies/law/interest.ts';
import { counted } from '../../words.ts';
import { Sourced } from './sourced.view.tsx';

interface TableProps {
  readonly currency: Currency;
  readonly rows: readonly InvoiceInterest[];
  readonly locale: string;
  /** The customer's pages. */
  readonly at: string;
  /** The day reckoned up to. */
  readonly asOf: Day;
}

/** What every part of a table needs. */
interface PartProps extends TableProps {
  /** Some invoice has a fixed sum; else interest is all there is, and needs no total beside it. */
  readonly withFixed: boolean;
}

/** One currency's past-due invoices (R3): base, rate and its ground, interest, fixed sum, and their totals. */
export function InterestTable(props: TableProps) {
  const { currency, rows, locale, asOf } = props;
  const sums = rows.flatMap(({ answer }) => (answer.kind === 'sum' ? [answer] : []));
  const parts: PartProps = { ...props, withFixed: sums.some(({ fixedMinor }) => fixedMinor > 0) };
  return (
    <div class="panel-flush">
      <table class="sheet cards">
        <caption class="sr-only">
          Late-payment interest and fixed sums in {currency} up to {formatDay(asOf, locale)}
        </caption>
        <Head {...parts} />
        <tbody>
          {rows.map((row) => (
            <Row key={row.invoiceId} row={row} {...parts} />
          ))}
        </tbody>
        {sums.length === 0 ? null : <Totals sums={sums} {...parts} />}
      </table>
    </div>
  );
}

function Head({ currency, withFixed }: PartProps) {
  const amounts = withFixed ? ['Interest', 'Fixed sum', 'Total'] : ['Interest'];
  return (
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
        <th scope="col" class="next">
          Rate a year
        </th>
        {amounts.map((words) => (
          <th key={words} scope="col" class="num">
            {words}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ row, ...parts }: PartProps & { readonly row: InvoiceInterest }) {
  const { locale, at, asOf, withFixed } = parts;
  const { answer } = row;
  const days = answer.kind === 'sum' ? countedDays(answer) : null;
  return (
    <tr>
      <td>
        <strong>{row.number ?? 'No number'}</strong>
      </td>
      <td data-label="Due" class="whitespace-nowrap">
        {formatDay(row.dueOn, locale)}
      </td>
      <td class="num" data-label="Days">
        {(days ?? daysBetween(row.dueOn, asOf)).toLocaleString(locale)}
      </td>
      {answer.kind === 'sum' ? (
        <Sum sum={answer} row={row} {...parts} />
      ) : (
        <td colSpan={withFixed ? 5 : 3} data-label="Interest">
          {answer.reasons.map((reason) => (
            <p key={reason.rule}>
              <Sourced reason={reason} locale={locale} at={at} />
            </p>
          ))}
        </td>
      )}
    </tr>
  );
}

function Sum({
  sum,
  row,
  ...parts
}: PartProps & { readonly row: InvoiceInterest; readonly sum: InterestSum }) {
  const { currency, locale, withFixed } = parts;
  const amount = (minor: number): string => formatAmount(minor, currency, locale);
  const rates = [...new Set(sum.pieces.map(({ yearlyRateBp }) => percent(yearlyRateBp)))];
  return (
    <>
      <td class="num" data-label="Base">
        {amount(sum.pieces.at(-1)?.balanceMinor ?? row.openMinor)}
      </td>
      <td data-label="Rate a year">
        <div>
          {rates.join(', then ')} <span class="t-2">{sum.reference ?? 'your terms'}</span>
          {sum.pieces.length > 1 ? <Pieces pieces={sum.pieces} {...parts} /> : null}
        </div>
      </td>
      <td class="num" data-label="Interest">
        {withFixed ? amount(sum.interestMinor) : <strong>{amount(sum.interestMinor)}</strong>}
      </td>
      {withFixed ? (
        <>
          <td class={sum.fixedMinor === 0 ? 'num none' : 'num'} data-label="Fixed sum">
            {sum.fixedMinor === 0 ? '' : amount(sum.fixedMinor)}
          </td>
          <td class="num" data-label="Total">
            <strong>{amount(sum.totalMinor)}</strong>
          </td>
        </>
      ) : null}
    </>
  );
}

/** Where the balance or the rate changed on the way. */
function Pieces({ pieces, currency, locale }: PartProps & { readonly pieces: readonly Piece[] }) {
  return (
    <details class="why">
      <summary>How?</summary>
      <ul>
        {pieces.map((piece) => (
          <li key={piece.from}>
            {formatDay(piece.from, locale)} to {formatDay(piece.to, locale)}: {counted(piece.days, 'day')} on{' '}
            {formatAmount(piece.balanceMinor, currency, locale)} at {percent(piece.yearlyRateBp)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Totals({
  sums,
  rows,
  currency,
  locale,
  withFixed,
}: PartProps & { readonly sums: readonly InterestSum[] }) {
  const total = (of: (sum: InterestSum) => number): string =>
    formatAmount(sumMinor(sums.map(of)), currency, locale);
  const without = rows.length - sums.length;
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={5}>
          Total, {currency}
          {without === 0
            ? ''
            : `, without ${counted(without, 'invoice')} that ${without === 1 ? 'has' : 'have'} no sum`}
        </th>
        <td class="num" data-label="Interest">
          {total((sum) => sum.interestMinor)}
        </td>
        {withFixed ? (
          <>
            <td class="num" data-label="Fixed sums">
              {total((sum) => sum.fixedMinor)}
            </td>
            <td class="num" data-label="Total">
              {total((sum) => sum.totalMinor)}
            </td>
          </>
        ) : null}
      </tr>
    </tfoot>
  );
}

/** Null: it is by the month, and each month begun counts whole. */
function countedDays({ pieces }: InterestSum): number | null {
  return pieces.length === 0 ? null : pieces.reduce((sum, { days }) => sum + days, 0);
}
