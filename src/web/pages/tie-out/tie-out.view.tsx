import { may } from '../../../companies/roles.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatAmount } from '../../../domain/money.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf } from '../../parts/form.view.tsx';
import type { TieOutTotals } from '../../tie-out-totals.store.ts';
import { ago, counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { type Difference, MOST_DIFFERENCES, type TieOut } from './tie-out.ts';

interface Props {
  readonly frame: CompanyFrame;
  readonly tieOut: TieOut;
}

/** Our sums beside the ledger's own: whether the figures that reminders go by are the books' (R15). */
export function TieOutPage({ frame, tieOut }: Props) {
  const { company } = frame;
  const { totals, trouble } = tieOut;
  const currencies = [...new Set(tieOut.differences.map((row) => row.currency))];
  return (
    <Page {...frame} title="Tie-out" active="receivables">
      <div class="stack-lg">
        <div class="stack">
          <h1>Tie-out</h1>
          <State frame={frame} tieOut={tieOut} />
          {trouble === null ? null : (
            <div class="trouble">
              <p>{trouble.what}</p>
              <p>{trouble.meaning}</p>
            </div>
          )}
          <CompareNow frame={frame} />
        </div>
        {company.tied_out_at === null || totals.length === 0 ? null : (
          <Totals frame={frame} totals={totals} />
        )}
        {currencies.map((currency) => (
          <Differences
            key={currency}
            frame={frame}
            rows={tieOut.differences.filter((row) => row.currency === currency)}
          />
        ))}
        <p class="prose-duly t-small t-2">
          A customer’s sum is what is open on its invoices, less credits and payments that are not applied.
          Duly compares it with the ledger’s own figure after the first reading, once a day when something
          changed, and every week.
        </p>
      </div>
    </Page>
  );
}

/** The whole page in one sentence or two. */
function State({ frame, tieOut }: Props) {
  const { tied_out_at: at, time_zone: zone, country } = frame.company;
  if (at === null)
    return (
      <p class="prose-duly">
        Not compared yet. When the books are read, Duly asks the ledger what each customer owes and lays that
        beside its own sums.
      </p>
    );
  const sum = (of: (row: TieOutTotals) => number): number =>
    tieOut.totals.reduce((count, row) => count + of(row), 0);
  const differing = sum((row) => row.differing);
  const compared = sum((row) => row.compared);
  const waiting = sum((row) => row.notCompared);
  const when = <span title={timeWords(at, zone, localeOf(country))}>{ago(at, frame.now)}</span>;
  return (
    <>
      <p class="prose-duly">
        {differing > 0 ? (
          <>
            <strong>
              {counted(differing, 'sum')} {differing === 1 ? 'differs' : 'differ'} from the ledger’s.
            </strong>{' '}
            {differing === 1 ? 'This customer gets' : 'These customers get'} no reminder until both agree;
            everybody else goes on.
          </>
        ) : compared > 0 ? (
          <>
            <strong class="t-paid">{waiting === 0 ? 'Everything' : 'All that was compared'} ties out.</strong>{' '}
            {counted(compared, 'sum')} of customers {compared === 1 ? 'is' : 'are'} the ledger’s own, to the
            cent.
          </>
        ) : waiting > 0 ? (
          'No sum is compared at the moment.'
        ) : (
          'Nobody owes anything, and the ledger says the same.'
        )}{' '}
        Last compared {when}.
      </p>
      {waiting === 0 ? null : (
        <p class="prose-duly t-2">
          {counted(waiting, 'sum')} {waiting === 1 ? 'is' : 'are'} not compared: changed since then, or part
          of it could not be read. The next comparison has {waiting === 1 ? 'it' : 'them'}.
        </p>
      )}
    </>
  );
}

function CompareNow({ frame }: { readonly frame: CompanyFrame }) {
  if (frame.connection !== 'healthy' || frame.company.books_read_at === null) return null;
  if (!may(frame.signedIn.role, 'hold')) return null;
  return (
    <form method="post" action={`/companies/${frame.company.company_id}/tie-out`}>
      <Csrf token={frame.signedIn.csrfToken} />
      <button class="btn btn-primary" type="submit">
        Compare the sums now
      </button>
    </form>
  );
}

function Totals({
  frame,
  totals,
}: {
  readonly frame: CompanyFrame;
  readonly totals: readonly TieOutTotals[];
}) {
  const locale = localeOf(frame.company.country);
  return (
    <section class="stack">
      <h2>All customers</h2>
      <div class="panel-flush">
        <table class="sheet cards">
          <caption class="sr-only">Sums per currency</caption>
          <thead>
            <tr>
              <th scope="col">Currency</th>
              <th scope="col" class="num">
                Our sum
              </th>
              <th scope="col" class="num">
                The ledger’s
              </th>
              <th scope="col" class="num">
                Difference
              </th>
              <th scope="col" class="num">
                Compared
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map((row) => (
              <tr key={row.currency}>
                <td>
                  <strong>{row.currency}</strong>
                </td>
                <td class="num" data-label="Our sum">
                  {formatAmount(row.ours, row.currency, locale)}
                </td>
                <td class="num" data-label="The ledger’s">
                  {formatAmount(row.ledger, row.currency, locale)}
                </td>
                <td class={row.ours === row.ledger ? 'num' : 'num t-soon'} data-label="Difference">
                  {formatAmount(row.ours - row.ledger, row.currency, locale)}
                </td>
                <td class="num" data-label="Compared">
                  {row.compared} of {row.compared + row.notCompared}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Differences({
  frame,
  rows,
}: {
  readonly frame: CompanyFrame;
  readonly rows: readonly Difference[];
}) {
  const [first] = rows;
  if (first === undefined) return null;
  const { company_id: companyId, time_zone: zone, country } = frame.company;
  const amount = (minor: number): string => formatAmount(minor, first.currency, localeOf(country));
  return (
    <section class="stack">
      <h2>Differences in {first.currency}</h2>
      <div class="panel-flush">
        <table class="sheet cards" data-keys>
          <caption class="sr-only">Customers whose sums differ, in {first.currency}</caption>
          <thead>
            <tr>
              <th scope="col">Customer</th>
              <th scope="col" class="num">{`Our sum, ${first.currency}`}</th>
              <th scope="col" class="num">{`The ledger’s, ${first.currency}`}</th>
              <th scope="col" class="num">
                Difference
              </th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.customerId} data-row>
                <td>
                  {row.name === null ? (
                    <>A customer that was not read ({row.customerId})</>
                  ) : (
                    <a
                      class="rowlink"
                      href={`/companies/${companyId}/customers/${encodeURIComponent(row.customerId)}`}
                    >
                      {row.name}
                    </a>
                  )}
                </td>
                <td class="num" data-label="Our sum">
                  {amount(row.ours)}
                </td>
                <td class="num" data-label="The ledger’s">
                  {amount(row.ledger)}
                </td>
                <td class="num t-soon" data-label="Difference">
                  <strong>{amount(row.ours - row.ledger)}</strong>
                </td>
                <td data-label="Since">
                  {row.since === null ? '' : timeWords(row.since, zone, localeOf(country))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < MOST_DIFFERENCES ? null : (
        <p class="t-small t-2">The {MOST_DIFFERENCES} largest are shown here; the API lists them all.</p>
      )}
    </section>
  );
}
