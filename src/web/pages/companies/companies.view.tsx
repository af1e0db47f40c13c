import { expirySoon } from '../../../companies/expiry.ts';
import { dayAt, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { Page } from '../../layout.view.tsx';
import { ago, counted } from '../../words.ts';
import { ConnectButtons, type ProviderWords } from '../connect/connect.view.tsx';
import type { Frame } from '../frame.store.ts';
import type { CompanyListRow } from './companies.store.ts';

export interface CompaniesProps {
  readonly frame: Frame;
  readonly rows: readonly CompanyListRow[];
  readonly providers: readonly ProviderWords[];
  /** Whether the person may connect another one. */
  readonly connects: boolean;
}

/** The companies of an account: what each is doing, and the way to connect another. */
export function CompaniesPage({ frame, rows, providers, connects }: CompaniesProps) {
  const labelOf = new Map(providers.map((provider) => [provider.key, provider.label]));
  return (
    <Page {...frame} title="Companies" active="companies">
      <div class="stack-lg max-w-4xl">
        <div>
          <h1>Companies</h1>
          <p class="t-2">{rows.length === 0 ? 'None is connected yet.' : connectedWords(rows)}</p>
        </div>
        {rows.length === 0 ? null : (
          <div class="panel-flush">
            <table class="sheet cards" data-keys>
              <caption class="sr-only">Companies</caption>
              <thead>
                <tr>
                  <th scope="col">Company</th>
                  <th scope="col">Ledger</th>
                  <th scope="col">Mode</th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.companyId} data-row>
                    <td>
                      <a class="rowlink" href={`/companies/${row.companyId}`}>
                        {row.name}
                      </a>
                    </td>
                    <td data-label="Ledger">{labelOf.get(row.provider ?? '') ?? row.provider ?? 'none'}</td>
                    <td data-label="Mode">{row.mode}</td>
                    <td data-label="State">
                      <span>
                        {stateWords(row, frame.now)}
                        <MendLink row={row} now={frame.now} />
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {connects ? (
          <section class="stack">
            <h2>{rows.length === 0 ? 'Connect a company' : 'Connect another company'}</h2>
            <p class="t-2 prose-duly">
              Its books are read, nothing in them is changed, and nothing is sent: every company starts in
              preview.
            </p>
            <ConnectButtons providers={providers} />
          </section>
        ) : (
          <p class="t-2">The owner of the account can connect companies.</p>
        )}
      </div>
    </Page>
  );
}

/** How many are here, and how many of them need somebody. */
function connectedWords(rows: readonly CompanyListRow[]): string {
  const live = rows.filter((row) => row.connectionState === 'healthy').length;
  const rest = rows.length - live;
  const words = `${counted(live, 'company', 'companies')} connected`;
  return rest === 0 ? `${words}.` : `${words}, ${rest} not.`;
}

/** The way to what has to be done; nothing where nothing has. */
function MendLink({ row, now }: { readonly row: CompanyListRow; readonly now: Date }) {
  const mend = row.connectionState !== 'healthy' || endOf(row, now) !== null;
  if (!mend) return null;
  return (
    <>
      {' '}
      <a href={`/companies/${row.companyId}/connection`}>Reconnect</a>
    </>
  );
}

function endOf(row: CompanyListRow, now: Date) {
  return expirySoon({ hard_expires_at: row.hardExpiresAt, refresh_expires_at: row.refreshExpiresAt }, now);
}

function stateWords(row: CompanyListRow, now: Date) {
  if (row.connectionState === 'reconnect_needed')
    return <span class="t-late">Connection lost, nothing is sent until it is connected again</span>;
  if (row.connectionState === 'disconnected') return <span class="t-2">Disconnected, nothing is sent</span>;
  const expiry = endOf(row, now);
  if (expiry !== null) {
    const day = formatDay(dayAt(expiry.at, row.timeZone), localeOf(row.country));
    return <span class="t-soon">The connection ends on {day}; reconnect before</span>;
  }
  if (row.syncState === 'failed')
    return <span class="t-late">The books could not be read, nothing is sent</span>;
  if (row.booksReadAt === null)
    return <span class="t-soon">The books are being read for the first time</span>;
  return <span>Books read {ago(row.booksReadAt, now)}</span>;
}
