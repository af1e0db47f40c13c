import type { ReadsOfMonth } from '../../../companies/call-budget.store.ts';
import type { ConnectionRow } from '../../../companies/connection.store.ts';
import { daysUntil, type Expiry } from '../../../companies/expiry.ts';
import { may } from '../../../companies/roles.ts';
import { dayAt, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf, Fold } from '../../parts/form.view.tsx';
import { ago, capital, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { ReadsFacts } from './reads.view.tsx';

export interface ConnectionProps {
  readonly frame: CompanyFrame;
  readonly connection: Pick<ConnectionRow, 'state' | 'state_since' | 'problem' | 'connected_at'> | null;
  /** The ledger's name for people. */
  readonly ledger: string;
  readonly counts: BooksCounts;
  /** What reading costs this month; null: not connected. */
  readonly reads: ReadsOfMonth | null;
  /** When and why the connection ends by itself, if that is near. */
  readonly expiry: Expiry | null;
}

/** What the mirror holds, and what it could not read. */
export interface BooksCounts {
  readonly customers: number;
  readonly invoices: number;
  readonly openInvoices: number;
  readonly payments: number;
  readonly rejected: readonly { readonly kind: string; readonly reason: string }[];
}

/** Whether the books can be read, when they were, and what to do when they can't. */
export function ConnectionPage(props: ConnectionProps) {
  const { frame, connection, ledger, counts } = props;
  const { company } = frame;
  const locale = localeOf(company.country);
  const at = (instant: Date): string => timeWords(instant, company.time_zone, locale);
  const read = company.books_read_at;
  return (
    <Page {...frame} title="Connection" active="connection">
      <div class="stack-lg max-w-3xl">
        <div class="stack">
          <h1>Connection to {ledger}</h1>
          <StateWords {...props} at={at} />
        </div>
        <section class="panel">
          <h2>The books</h2>
          <dl class="facts">
            <dt>Last read</dt>
            <dd>{read === null ? 'not yet' : `${ago(read, frame.now)} (${at(read)})`}</dd>
            <dt>Now</dt>
            <dd>{syncWords(frame)}</dd>
            <dt>Known to Duly</dt>
            <dd>
              {counts.customers.toLocaleString(locale)} customers, {counts.invoices.toLocaleString(locale)}{' '}
              invoices ({counts.openInvoices.toLocaleString(locale)} open),{' '}
              {counts.payments.toLocaleString(locale)} payments
            </dd>
            <dt>Could not be read</dt>
            <dd>{counts.rejected.length === 0 ? 'nothing' : `${counts.rejected.length} rows`}</dd>
            {props.reads === null ? null : <ReadsFacts reads={props.reads} at={at} />}
            {connection === null ? null : (
              <>
                <dt>Connected</dt>
                <dd>{at(connection.connected_at)}</dd>
              </>
            )}
          </dl>
          <RejectedRows counts={counts} />
          {connection?.state === 'healthy' ? (
            <p class="t-2 t-small">
              Duly reads the books when the ledger tells of a change, once a day, and right before each
              reminder leaves. A reminder leaves only on books read without error in the last 15 minutes.
            </p>
          ) : null}
          {connection?.state === 'healthy' && may(frame.signedIn.role, 'hold') ? (
            <form method="post" action={`/companies/${company.company_id}/read`}>
              <Csrf token={frame.signedIn.csrfToken} />
              <button class="btn btn-primary" type="submit">
                Read the books now
              </button>
            </form>
          ) : null}
        </section>
        <Ending {...props} />
      </div>
    </Page>
  );
}

function syncWords({ company, connection }: CompanyFrame): string {
  if (company.sync_state === 'failed')
    return `The last reading failed: ${company.sync_problem ?? 'the ledger gave no reason'}. No reminders go out until one succeeds.`;
  if (company.sync_state === 'running')
    return `Reading ${company.sync_stage ?? 'the books'}, ${company.sync_rows} rows so far`;
  // a lost connection is said above, and nothing tries again
  if (company.sync_problem !== null && connection === 'healthy')
    return 'The last reading failed. Duly tries again by itself, and no reminders go out until one succeeds.';
  return 'Nothing is being read';
}

function StateWords({
  frame,
  connection,
  ledger,
  expiry,
  at,
}: ConnectionProps & { readonly at: (instant: Date) => string }) {
  const { company, signedIn } = frame;
  if (connection?.state === 'healthy')
    return (
      <>
        <p>
          <span class="t-paid font-semibold">Connected.</span> Duly reads {company.name}'s books in {ledger}{' '}
          and writes notes on its invoices.
        </p>
        {expiry === null ? null : <EndsSoon frame={frame} ledger={ledger} expiry={expiry} />}
      </>
    );
  const lost = connection?.state === 'reconnect_needed';
  return (
    <div class={lost ? 'trouble bad' : 'trouble'} role={lost ? 'alert' : undefined}>
      <p>
        <strong>{lost ? 'The connection is lost.' : 'This company is disconnected.'}</strong>{' '}
        {connection === null ? '' : `Since ${at(connection.state_since)}. `}
        {capital(connection?.problem ?? '')}
      </p>
      <p>No reminders go out until you connect it again. Settings, holds and history are kept.</p>
      <ReconnectButton company={company} signedIn={signedIn} ledger={ledger} />
    </div>
  );
}

/** The last weeks of a connection that the vendor ends: what happens, when, and that one click now spares it. */
function EndsSoon({ frame, ledger, expiry }: Pick<ConnectionProps, 'frame' | 'ledger'> & { expiry: Expiry }) {
  const { company, signedIn, now } = frame;
  const day = formatDay(dayAt(expiry.at, company.time_zone), localeOf(company.country));
  const left = daysUntil(expiry.at, now);
  const when = left <= 1 ? 'within a day' : `in ${left} days`;
  return (
    <div class="trouble">
      <p>
        <strong>
          It ends on {day}, {when}.
        </strong>{' '}
        {expiry.why === 'fixed'
          ? `${ledger} lets a connection live for a fixed time, however well it works.`
          : `${ledger} ends a connection that nobody uses. The next reading renews it; reconnect if none succeeds.`}
      </p>
      <p>
        From then on no reminders go out. Reconnect before that day and nothing stops: settings, holds and
        history are kept.
      </p>
      <ReconnectButton company={company} signedIn={signedIn} ledger={ledger} />
    </div>
  );
}

function ReconnectButton({
  company,
  signedIn,
  ledger,
}: Pick<CompanyFrame, 'company' | 'signedIn'> & { readonly ledger: string }) {
  if (!may(signedIn.role, 'connect')) return <p>The owner of the account can reconnect it.</p>;
  return (
    <form method="post" action={`/companies/${company.company_id}/reconnect`} class="mt-3">
      <Csrf token={signedIn.csrfToken} />
      <button class="btn btn-primary" type="submit">
        Reconnect {ledger}
      </button>
    </form>
  );
}

function RejectedRows({ counts }: { readonly counts: BooksCounts }) {
  if (counts.rejected.length === 0) return null;
  return (
    <Fold summary="Which rows, and why">
      <ul class="rows t-small">
        {counts.rejected.slice(0, 50).map((row, index) => (
          <li key={`${index}${row.kind}`}>
            {row.kind}: {row.reason}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function Ending({ frame, connection, ledger }: ConnectionProps) {
  const over = connection === null || connection.state === 'disconnected';
  if (over || !may(frame.signedIn.role, 'connect')) return null;
  return (
    <Fold summary={`Disconnect from ${ledger}`}>
      <form method="post" action={`/companies/${frame.company.company_id}/disconnect`} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <p>
          Duly stops reading the books at once and sends nothing more for this company. The notes in the
          ledger stay. You can connect it again later; its settings and history are kept.
        </p>
        <button class="btn btn-plain" type="submit">
          Disconnect {frame.company.name}
        </button>
      </form>
    </Fold>
  );
}
