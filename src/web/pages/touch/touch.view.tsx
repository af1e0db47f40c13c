import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { Page } from '../../layout.view.tsx';
import { Fold } from '../../parts/form.view.tsx';
import { capital, stepWords, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { TouchMail, TouchPageView } from './touch.store.ts';

export interface TouchProps {
  readonly frame: CompanyFrame;
  readonly touch: TouchPageView;
  /** The mail, or why there is none to show, in words. */
  readonly mail: TouchMail | string;
}

/** One contact: the exact mail, who it went to, and what became of it. */
export function TouchPage({ frame, touch, mail }: TouchProps) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const at = `/companies/${company.company_id}`;
  return (
    <Page
      {...frame}
      title={`${capital(stepWords(touch.stepKey))}, ${touch.customerName}`}
      active="receivables"
    >
      <div class="stack-lg max-w-4xl">
        <div>
          <p class="t-small">
            <a href={`${at}/customers/${encodeURIComponent(touch.customerId)}`}>{touch.customerName}</a>
          </p>
          <h1>{capital(stepWords(touch.stepKey))}</h1>
          <p>{stateSentence(touch, (instant) => timeWords(instant, company.time_zone, locale))}</p>
        </div>
        {typeof mail === 'string' ? (
          <p class="trouble">{mail}</p>
        ) : (
          <>
            <dl class="facts">
              <dt>From</dt>
              <dd>
                {mail.fromName} ({mail.fromEmail})
              </dd>
              <dt>To</dt>
              <dd>
                {touch.recipientName} ({touch.recipientEmail})
              </dd>
              <dt>Answers go to</dt>
              <dd>{mail.replyTo}</dd>
              <dt>Subject</dt>
              <dd>{mail.subject}</dd>
              <dt>Asks for</dt>
              <dd>{formatMoney(touch.askMinor, touch.currency, locale)}</dd>
              <dt>Reference</dt>
              <dd>{touch.reference}</dd>
            </dl>
            <div class="stack">
              <p class="t-2 t-small">
                {mail.kept
                  ? 'This is the exact e-mail, as it was received.'
                  : 'This is the e-mail as it would leave now. Right before it leaves, the amounts are read from the ledger again, and “View and pay” is put in where the ledger shows the invoice online.'}
              </p>
              <iframe
                class="mail"
                src={`${at}/touches/${touch.touchId}/mail`}
                title={`The e-mail: ${mail.subject}`}
                sandbox=""
              />
              <Fold summary="The same as plain text">
                <pre class="panel t-small whitespace-pre-wrap">{mail.text}</pre>
              </Fold>
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

function stateSentence(touch: TouchPageView, at: (instant: Date) => string): string {
  const why = touch.stateReason === null ? '' : ` ${capital(touch.stateReason)}`;
  switch (touch.state) {
    case 'sent':
      return `Sent ${touch.sentAt === null ? '' : at(touch.sentAt)}${released(touch)}.${deliveryWords(touch, at)}`;
    case 'planned':
      return `Planned for ${at(touch.plannedFor)}.${why}`;
    case 'awaiting_approval':
      return `Waits for a person; would leave ${at(touch.plannedFor)}.${why}`;
    case 'approved':
      return `Leaves ${at(touch.plannedFor)}${released(touch)}.`;
    case 'reserved':
      return 'Leaving now.';
    case 'uncertain':
      return `It may or may not have left; we are asking the mail service. It is not sent again by itself.${why}`;
    case 'failed':
      return `It did not leave.${why} The step stays open.`;
    default:
      return `Not sent.${why}`;
  }
}

function released(touch: TouchPageView): string {
  return touch.approvedBy === null ? '' : `, released by ${touch.approvedBy}`;
}

function deliveryWords(touch: TouchPageView, at: (instant: Date) => string): string {
  if (touch.delivery === null) return '';
  const when = touch.deliveryAt === null ? '' : ` ${at(touch.deliveryAt)}`;
  if (touch.delivery === 'bounced') return ` It came back${when}: the address does not take mail.`;
  if (touch.delivery === 'complained') return ` Its reader marked it as unwanted${when}.`;
  return ` ${capital(touch.delivery)}${when}.`;
}
