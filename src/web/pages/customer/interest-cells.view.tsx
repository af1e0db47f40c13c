import type { Currency } from '../../../domain/currency.ts';
import { type Day, formatDay } from '../../../domain/day.ts';
import { formatAmount, sumMinor } from '../../../domain/money.ts';
import type { Piece } from '../../../policies/law/accrual.ts';
import { type InterestAnswer, type InterestSum, percent } from '../../../policies/law/interest.ts';
import { counted } from '../../words.ts';
import { Sourced } from './sourced.view.tsx';

/** What every cell needs. */
export interface CellProps {
  readonly currency: Currency;
  readonly locale: string;
  /** The customer's pages. */
  readonly at: string;
  /** Some invoice has a fixed sum; else interest is all there is, and needs no total beside it. */
  readonly withFixed: boolean;
}

export function sumsOf(rows: readonly { readonly answer: InterestAnswer }[]): readonly InterestSum[] {
  return rows.flatMap(({ answer }) => (answer.kind === 'sum' ? [answer] : []));
}

/** The heads over what `SumCells` shows. */
export function SumHeads({ withFixed }: Pick<CellProps, 'withFixed'>) {
  const amounts = withFixed ? ['Interest', 'Fixed sum', 'Total'] : ['Interest'];
  return (
    <>
      <th scope="col" class="next">
        Rate a year
      </th>
      {amounts.map((words) => (
        <th key={words} scope="col" class="num">
          {words}
        </th>
      ))}
    </>
  );
}

/** The rate with its ground, how it was reckoned where that changed on the way, and the amounts. */
export function SumCells({ sum, ...cell }: CellProps & { readonly sum: InterestSum }) {
  const { currency, locale, withFixed } = cell;
  const amount = (minor: number): string => formatAmount(minor, currency, locale);
  const rates = [...new Set(sum.pieces.map(({ yearlyRateBp }) => percent(yearlyRateBp)))];
  return (
    <>
      <td data-label="Rate a year">
        <div>
          {rates.join(', then ')} <span class="t-2">{sum.reference ?? 'your terms'}</span>
          {sum.pieces.length > 1 ? <Pieces pieces={sum.pieces} {...cell} /> : null}
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

/** Why there is no sum, in the place of the columns that would hold it; `more`: columns of the table besides them. */
export function WhyNoSum({
  answer,
  more,
  locale,
  at,
  withFixed,
}: CellProps & { readonly answer: Exclude<InterestAnswer, InterestSum>; readonly more: number }) {
  return (
    <td colSpan={more + (withFixed ? 4 : 2)} data-label="Interest">
      {answer.reasons.map((reason) => (
        <p key={reason.rule}>
          <Sourced reason={reason} locale={locale} at={at} />
        </p>
      ))}
    </td>
  );
}

/** Where the balance or the rate changed on the way. */
function Pieces({ pieces, currency, locale }: CellProps & { readonly pieces: readonly Piece[] }) {
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

/** The totals of one table; `without`: how many of its invoices have no sum, which the line says. */
export function SumTotals({
  sums,
  without,
  span,
  words,
  currency,
  locale,
  withFixed,
}: CellProps & {
  readonly sums: readonly InterestSum[];
  readonly without: number;
  readonly span: number;
  readonly words: string;
}) {
  const total = (of: (sum: InterestSum) => number): string =>
    formatAmount(sumMinor(sums.map(of)), currency, locale);
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={span}>
          {words}, {currency}
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

/** An invoice's number and due date, with which each row of interest begins. */
export function InvoiceCells({
  invoice,
  locale,
}: {
  readonly invoice: { readonly number: string | null; readonly dueOn: Day };
  readonly locale: string;
}) {
  return (
    <>
      <td>
        <strong>{invoice.number ?? 'No number'}</strong>
      </td>
      <td data-label="Due" class="whitespace-nowrap">
        {formatDay(invoice.dueOn, locale)}
      </td>
    </>
  );
}
