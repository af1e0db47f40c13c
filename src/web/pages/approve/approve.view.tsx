import { may } from '../../../companies/roles.ts';
import { localeOf } from '../../../domain/locale.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf } from '../../parts/form.view.tsx';
import { counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { PREVIEW_DAYS } from '../preview/preview.ts';
import type { Batch, WaitingTouch } from './approve.store.ts';
import { ReleasedTable } from './released.view.tsx';
import { type AskedRelease, isTicked, RELEASE_FORM, StepTable } from './table.view.tsx';

export interface ApproveProps {
  readonly frame: CompanyFrame;
  readonly batch: Batch;
  /** A release that was refused, shown again as it was asked for. */
  readonly asked?: AskedRelease | undefined;
}

/** The batch, grouped by step, the strictest first; nothing leaves without the button (S4). */
export function ApprovePage({ frame, batch, asked }: ApproveProps) {
  return (
    <Page {...frame} title="Approve" active="approve">
      <div class="stack-lg">
        <div class="stack">
          <h1>Approve</h1>
          <p class="prose-duly">{leadWords(frame, batch)}</p>
          {batch.waiting.length + batch.released.length === 0 ? (
            <Ahead frame={frame} next={batch.next} />
          ) : null}
        </div>
        {batch.waiting.length === 0 ? null : <WaitingForm {...{ frame, batch, asked }} />}
        {batch.released.length === 0 ? null : (
          <section class="stack">
            <h2>Released, not gone yet</h2>
            <ReleasedTable frame={frame} touches={batch.released} />
          </section>
        )}
      </div>
    </Page>
  );
}

/** Nothing waits: when and for whom that ends, or what would end it. */
function Ahead({ frame, next }: { readonly frame: CompanyFrame; readonly next: Batch['next'] }) {
  const { company } = frame;
  const at = `/companies/${company.company_id}`;
  if (next === null)
    return <p class="prose-duly t-2">When an invoice falls past due, its first reminder appears here.</p>;
  return (
    <p class="prose-duly">
      The next reminder falls due on {timeWords(next.at, company.time_zone, localeOf(company.country))}, for{' '}
      <a href={`${at}/customers/${encodeURIComponent(next.customerId)}`}>{next.customerName}</a> (
      {next.stepName})
      {company.mode === 'preview' ? '; in preview you only see it here, and nothing leaves' : ''}.{' '}
      <a href={`${at}/preview`}>See the next {PREVIEW_DAYS} days</a>
    </p>
  );
}

function leadWords(frame: CompanyFrame, batch: Batch): string {
  const { company } = frame;
  const count = batch.waiting.length;
  if (count === 0) {
    if (batch.released.length > 0) return 'Nothing waits for your approval.';
    if (batch.next === null) return `Nothing waits, and nothing is planned in the next ${PREVIEW_DAYS} days.`;
    return company.mode === 'preview' ? 'Nothing is due yet.' : 'Nothing waits for your approval.';
  }
  if (frame.connection !== 'healthy')
    return `${counted(count, 'reminder')} ${count === 1 ? 'waits' : 'wait'}. None can be released while the books cannot be read: connect the company again first. What is paid meanwhile is not asked for.`;
  if (company.mode === 'preview')
    return `${counted(count, 'reminder')} would be due now. In preview nothing leaves: read them, then choose a mode in the settings.`;
  if (company.first_batch_released_at === null)
    return `This is the first batch. Each e-mail is checked against the books once more right before it leaves; what was paid in between is not sent.`;
  return 'Each e-mail is checked against the books once more right before it leaves; what was paid in between is not sent.';
}

function WaitingForm({ frame, batch, asked }: ApproveProps) {
  const at = `/companies/${frame.company.company_id}/approve`;
  const allowed = may(frame.signedIn.role, 'approve');
  const sends = allowed && frame.company.mode !== 'preview' && frame.connection === 'healthy';
  const selectable = batch.waiting.filter((touch) => touch.state === 'awaiting_approval');
  const ticked = selectable.filter((touch) => isTicked(touch, asked));
  return (
    <div class="stack-lg">
      {sends ? (
        <form id={RELEASE_FORM} method="post" action={at} data-select-all>
          <Csrf token={frame.signedIn.csrfToken} />
          <div data-all-place />
        </form>
      ) : null}
      {groupsOf(batch.waiting).map((touches) => (
        <StepTable key={touches[0]?.stepName} frame={frame} touches={touches} selects={sends} asked={asked} />
      ))}
      {sends && selectable.length > 0 ? (
        <p class="sendbar flex flex-wrap items-center gap-4">
          <button class="btn btn-primary" type="submit" form={RELEASE_FORM} data-send>
            Send {counted(ticked.length, 'reminder')}
          </button>
          <span class="t-2 t-small max-md:hidden">
            Each one leaves at the time in its line; a letter goes to your To do page, to be printed and
            posted.
          </span>
        </p>
      ) : null}
      {allowed ? null : (
        <p>
          Your role does not include approving. The owner, the accountant or the bookkeeper of the account
          can.
        </p>
      )}
      {frame.company.mode === 'preview' && may(frame.signedIn.role, 'change_settings') ? (
        <p>
          <a class="btn btn-primary" href={`/companies/${frame.company.company_id}/settings`}>
            Choose a mode
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** Steps from the strictest down, as they came sorted. */
function groupsOf(touches: readonly WaitingTouch[]): readonly (readonly WaitingTouch[])[] {
  return [...Map.groupBy(touches, (touch) => touch.stepName).values()];
}
