import type { Currency } from '../../../domain/currency.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { Reason } from '../../../domain/reason.ts';
import { nextStepOf, readerZone } from '../../parts/next-step.ts';
import { Why } from '../../parts/why.view.tsx';
import { counted, daysInWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CurrencyTotals, ReceivableRow, Sort, Wish } from './receivables.ts';

interface TableProps {
  readonly frame: CompanyFrame;
  readonly currency: Currency;
  readonly rows: readonly ReceivableRow[];
  readonly wish: Wish;
  readonly total: CurrencyTotals;
}

/** One currency's customers: amounts right-aligned, the currency once in the heads, the next step in words. */
export function ReceivablesTable({ frame, currency, rows, wish, total }: TableProps) {
  if (rows.length === 0) return null;
  const amount = (minor: number): string => formatAmount(minor, currency, localeOf(frame.company.country));
  return (
    <div class="panel-flush">
      <table class="sheet cards" data-keys>
        <caption class="sr-only">Customers in {currency}</caption>
        <thead>
          <tr>
            <Head sort="customer" wish={wish} words="Customer" />
            <Head sort="past_due" wish={wish} words={`Past due, ${currency}`} num />
            <Head sort="oldest" wish={wish} words="Oldest" num />
            <Head sort="held" wish={wish} words="Held" num />
            <th scope="col" class="num">
              Credits
            </th>
            <th scope="col" class="next">
              What happens next
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.customerId} row={row} frame={frame} amount={amount} />
          ))}
        </tbody>
        {wish.filter === 'all' || wish.filter === 'past_due' ? (
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td class="num" data-label="Past due">
                {amount(total.pastDueMinor)}
              </td>
              <td class="none" />
              <td class="num" data-label="Held">
                {amount(total.heldMinor)}
              </td>
              <td class="num" data-label="Credits">
                {amount(total.creditsMinor)}
              </td>
              <td class="none" />
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

function Head({
  sort,
  wish,
  words,
  num = false,
}: {
  readonly sort: Sort;
  readonly wish: Wish;
  readonly words: string;
  readonly num?: boolean;
}) {
  const here = wish.sort === sort;
  const direction = sort === 'customer' || sort === 'oldest' ? 'ascending' : 'descending';
  return (
    <th scope="col" class={num ? 'num' : undefined} aria-sort={here ? direction : undefined}>
      <a href={`?show=${wish.filter}&sort=${sort}`}>
        {words}
        {here ? (direction === 'ascending' ? ' ↑' : ' ↓') : ''}
      </a>
    </th>
  );
}

function Row({
  row,
  frame,
  amount,
}: {
  readonly row: ReceivableRow;
  readonly frame: CompanyFrame;
  readonly amount: (minor: number) => string;
}) {
  const { company } = frame;
  const href = `/companies/${company.company_id}/customers/${encodeURIComponent(row.customerId)}`;
  return (
    <tr data-row>
      <td>
        <a class="rowlink" href={href}>
          {row.name}
        </a>
        {row.problem === null ? null : (
          <p class="t-soon t-small">{daysInWords(row.problem, localeOf(company.country))}</p>
        )}
      </td>
      <td class={row.daysLate > 30 ? 'num t-late' : 'num'} data-label="Past due">
        <strong>{amount(row.pastDueMinor)}</strong>
      </td>
      <td class="num" data-label="Oldest">
        {row.daysLate > 0 ? counted(row.daysLate, 'day') : 'not due'}
      </td>
      <td class={row.heldMinor > 0 ? 'num' : 'num none'} data-label="Held">
        {row.heldMinor > 0 ? amount(row.heldMinor) : ''}
      </td>
      <td class={row.creditsMinor > 0 ? 'num' : 'num none'} data-label="Credits">
        {row.creditsMinor > 0 ? amount(row.creditsMinor) : ''}
      </td>
      <td data-label="Next">
        <NextCell row={row} frame={frame} />
      </td>
    </tr>
  );
}

function NextCell({ row, frame }: { readonly row: ReceivableRow; readonly frame: CompanyFrame }) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const pastDue = row.pastDueMinor > 0;
  const next = nextStepOf(row.touch, row.decision, row.sent, company.mode, readerZone(row, company), pastDue);
  return (
    <div>
      <span class={next.goes ? 'font-semibold' : undefined}>{next.words}</span>
      {next.when === null ? null : <span class="t-2">, {next.when}</span>}
      {pastDue ? <Why reasons={reasonsOf(row)} locale={locale} whole={whyOf(company, row)} /> : null}
    </div>
  );
}

function whyOf(company: CompanyFrame['company'], { customerId }: ReceivableRow): string {
  return `/companies/${company.company_id}/customers/${encodeURIComponent(customerId)}/why`;
}

/** The decision's own reasons, or, before there is one, the holds as they stand. */
function reasonsOf(row: ReceivableRow): readonly Reason[] {
  if (row.reasons.length > 0) return row.reasons;
  return row.holds.map((hold) => ({ rule: '', words: hold.words }));
}
