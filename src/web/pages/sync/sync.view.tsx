import { Page } from '../../layout.view.tsx';
import { Csrf } from '../../parts/form.view.tsx';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';

export interface SyncProps {
  readonly frame: CompanyFrame;
  /** False while the positions of the books just read are not worked out yet. */
  readonly reconciled: boolean;
}

/** The first reading of the books, with numbers; it updates itself, with and without script. */
export function SyncPage({ frame, reconciled }: SyncProps) {
  const waits =
    frame.company.sync_state !== 'failed' && !(frame.company.sync_state === 'ready' && reconciled);
  return (
    <Page
      {...frame}
      title="Reading the books"
      active={null}
      head={
        waits ? (
          <noscript>
            <meta http-equiv="refresh" content="2" />
          </noscript>
        ) : null
      }
    >
      <div class="stack max-w-xl">
        <h1>Reading the books of {frame.company.name}</h1>
        <SyncProgress frame={frame} reconciled={reconciled} />
      </div>
    </Page>
  );
}

/** The part that is fetched again every second until the books are read. */
export function SyncProgress({ frame, reconciled }: SyncProps) {
  const { company } = frame;
  const at = `/companies/${company.company_id}`;
  if (company.sync_state === 'failed') return <SyncFailed frame={frame} />;
  if (company.sync_state === 'ready' && reconciled)
    return (
      <div id="progress" class="stack">
        <p>The books are read, from the first row to the last.</p>
        <p>
          <a class="btn btn-primary" href={`${at}/receivables`}>
            See who is past due
          </a>
        </p>
      </div>
    );
  const { sync_rows: rows, sync_rows_total: total } = company;
  const counted =
    total === null
      ? `${rows.toLocaleString('en')} rows so far`
      : `${rows.toLocaleString('en')} of ${total.toLocaleString('en')} rows`;
  return (
    <div id="progress" class="stack" hx-get={`${at}/sync/progress`} hx-trigger="every 1s" hx-swap="outerHTML">
      <p role="status">
        {rows === 0 && total === null ? `${stageWords(frame)}.` : `${stageWords(frame)}: ${counted}.`}
      </p>
      <ProgressBar rows={rows} total={total} />
      <p class="t-2">
        Duly reads customers, invoices, payments and credits. It changes nothing in your books, and nothing is
        sent: every company starts in preview. You may close this page; reading goes on.
      </p>
    </div>
  );
}

function stageWords({ company }: CompanyFrame): string {
  if (company.sync_state === 'ready') return 'Working out who is past due';
  return company.sync_stage === null ? 'Waiting for the ledger' : capital(company.sync_stage);
}

function ProgressBar({ rows, total }: { readonly rows: number; readonly total: number | null }) {
  if (total === null || total <= 0) return null;
  const done = Math.min(1000, Math.round((rows / total) * 1000));
  return (
    <svg
      class="progress-duly"
      viewBox="0 0 1000 8"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${Math.round(done / 10)} % read`}
    >
      <rect width={done} height="8" />
    </svg>
  );
}

function SyncFailed({ frame }: { readonly frame: CompanyFrame }) {
  const { company } = frame;
  return (
    <div id="progress" class="stack">
      <div class="trouble bad" role="alert">
        <p>
          <strong>We could not read the books.</strong> {company.sync_problem ?? 'The ledger gave no reason.'}
        </p>
        <p>
          No reminders go out until they are read. What was read so far is kept, and reading goes on from
          there.
        </p>
      </div>
      <form method="post" action={`/companies/${company.company_id}/read`}>
        <Csrf token={frame.signedIn.csrfToken} />
        <button class="btn btn-primary" type="submit">
          Try again
        </button>
      </form>
    </div>
  );
}
