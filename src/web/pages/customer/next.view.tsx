import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { TouchAhead } from '../../../messages/tasks-ahead.store.ts';
import { Fold } from '../../parts/form.view.tsx';
import { nextStepOf, readerZone } from '../../parts/next-step.ts';
import { Why } from '../../parts/why.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import { channelCounts } from '../preview/preview.ts';
import { TouchLine } from '../preview/preview.view.tsx';
import { TouchChanges } from '../touch/change.view.tsx';
import type { CustomerPosition, CustomerView } from './customer.store.ts';

/** What happens next in each currency, and why. */
export function NextPart({
  frame,
  view,
  ahead = null,
}: {
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
  /** What would be said in the next 30 days; null: it was not asked. */
  readonly ahead?: readonly TouchAhead[] | null;
}) {
  const asked = view.positions.filter((position) => position.openMinor > 0);
  return (
    <div class="stack">
      <h2>What happens next</h2>
      {asked.length === 0 ? (
        <p>Nothing. When an invoice falls past due, the first reminder is planned and shown here.</p>
      ) : (
        asked.map((position) => (
          <NextInCurrency
            key={position.currency}
            frame={frame}
            position={position}
            customer={view.customer}
            several={asked.length > 1}
          />
        ))
      )}
      {view.replanned && frame.connection === 'healthy' && asked.length > 0 ? (
        <p class="t-small">
          Something changed here just now, and the next step is being worked out anew.{' '}
          <a
            href={`/companies/${frame.company.company_id}/customers/${encodeURIComponent(view.customer.customer_id)}`}
          >
            Look again
          </a>
        </p>
      ) : null}
      {ahead === null || asked.length === 0 ? null : <AheadPart frame={frame} ahead={ahead} />}
    </div>
  );
}

/** The next 30 days in short, by the decision that also sends (S7). */
function AheadPart({
  frame,
  ahead,
}: {
  readonly frame: CompanyFrame;
  readonly ahead: readonly TouchAhead[];
}) {
  return (
    <Fold
      summary={ahead.length === 0 ? 'The next 30 days: nothing' : `The next 30 days: ${channelCounts(ahead)}`}
    >
      {ahead.length === 0 ? (
        <p class="t-2">Held, or through the whole sequence, or nothing falls past due by then.</p>
      ) : (
        <>
          <p class="t-2 t-small">If nothing is paid meanwhile:</p>
          <ol class="stack">
            {ahead.map((touch) => (
              <li key={touch.at.toISOString()}>
                <TouchLine frame={frame} touch={touch} withName={false} />
              </li>
            ))}
          </ol>
        </>
      )}
    </Fold>
  );
}

function NextInCurrency({
  frame,
  position,
  customer,
  several,
}: {
  readonly frame: CompanyFrame;
  readonly position: CustomerPosition;
  readonly customer: CustomerView['customer'];
  readonly several: boolean;
}) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const next = nextStepOf(
    position.touch,
    position.decision,
    position.sent,
    company.mode,
    readerZone(customer, company),
    position.pastDueMinor > 0,
  );
  const at = `/companies/${company.company_id}/customers/${encodeURIComponent(customer.customer_id)}`;
  const asks = position.touch !== null && position.askMinor > 0;
  return (
    <div class="panel">
      <p>
        <strong>
          {several ? `${position.currency}: ` : ''}
          {next.words}
        </strong>
      </p>
      {next.when === null ? null : <p>{next.when}</p>}
      {asks ? <p>Asks for {formatMoney(position.askMinor, position.currency, locale)}.</p> : null}
      {position.touch === null ? null : (
        <p>
          <a href={`/companies/${company.company_id}/touches/${position.touch.touchId}`}>
            {seeWords(position.touch.channel)}
          </a>
        </p>
      )}
      {position.touch === null ? null : <TouchChanges frame={frame} touch={position.touch} from="customer" />}
      {position.pastDueMinor > 0 ? (
        <Why reasons={position.reasons} locale={locale} whole={`${at}/why`} />
      ) : null}
    </div>
  );
}

function seeWords(channel: string): string {
  if (channel === 'call') return 'See the call sheet';
  return channel === 'letter' ? 'See the letter' : 'See the e-mail';
}
