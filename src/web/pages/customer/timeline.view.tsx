import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { Fold } from '../../parts/form.view.tsx';
import { capital, daysInWords, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerView } from './customer.store.ts';
import { NoteMarks } from './note-marks.view.tsx';
import type { TouchSeen } from './touches.store.ts';

type Activity = CustomerView['activities'][number];

const dots: Readonly<Record<string, string>> = {
  touch_sent: 'mine',
  payment_seen: 'money',
  credit_seen: 'money',
  payment_taken_back: 'trouble-dot',
  credit_taken_back: 'trouble-dot',
  case_closed: 'money',
  touch_failed: 'trouble-dot',
  touch_uncertain: 'trouble-dot',
  touch_bounced: 'trouble-dot',
};

/** Everything that happened with a customer, newest first; mails as they were received, notes with their mark. */
export function Timeline({ frame, view }: { readonly frame: CompanyFrame; readonly view: CustomerView }) {
  if (view.activities.length === 0)
    return <p class="t-2">Nothing yet. The first reminder, payment or hold will be the first line here.</p>;
  return (
    <ol class="timeline-duly">
      {view.activities.map((activity) => (
        <Entry key={activity.activity_id} activity={activity} frame={frame} view={view} />
      ))}
    </ol>
  );
}

function Entry({
  activity,
  frame,
  view,
}: {
  readonly activity: Activity;
  readonly frame: CompanyFrame;
  readonly view: CustomerView;
}) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const touch = activity.kind === 'touch_sent' ? view.touches.get(activity.touch_id ?? '') : undefined;
  return (
    <li class={dots[activity.kind]}>
      <p class="t-2 t-small">
        <time dateTime={activity.at.toISOString()}>{timeWords(activity.at, company.time_zone, locale)}</time>
        {activity.actor === 'Duly' ? '' : `, ${activity.actor}`}
      </p>
      {touch === undefined ? (
        <p>{daysInWords(aboutInvoice(activity, view), locale)}</p>
      ) : (
        <SentTouch touch={touch} companyId={company.company_id} locale={locale} />
      )}
    </li>
  );
}

/** What happened; a hold of one invoice says of which, the other lines name theirs themselves. */
function aboutInvoice({ kind, summary, invoice_id: invoiceId }: Activity, view: CustomerView): string {
  if (invoiceId === null || (kind !== 'hold_set' && kind !== 'hold_lifted')) return summary;
  const lines = view.positions.flatMap((position) => position.lines);
  const number = lines.find((line) => line.invoiceId === invoiceId)?.number ?? null;
  return number === null ? summary : `${summary.replace(/\.$/, '')} (invoice ${number}).`;
}

function SentTouch({
  touch,
  companyId,
  locale,
}: {
  readonly touch: TouchSeen;
  readonly companyId: string;
  readonly locale: string;
}) {
  const href = `/companies/${companyId}/touches/${touch.touchId}`;
  const title = `The e-mail: ${touch.subject ?? touch.stepName}`;
  return (
    <div class="stack">
      <p>
        <strong>{capital(touch.stepName)}</strong> sent to {touch.recipientName} ({touch.recipientEmail}
        ), asking for {formatMoney(touch.askMinor, touch.currency, locale)}
        {touch.delivery === null ? '.' : `; ${deliveryWords[touch.delivery] ?? touch.delivery}.`}
      </p>
      <Fold summary={touch.subject === null ? 'Read the e-mail' : `Read “${touch.subject}”`}>
        <div>
          <iframe class="mail short" src={`${href}/mail`} title={title} loading="lazy" sandbox="" />
          <p class="t-small">
            <a href={href}>Open with its details</a>
          </p>
        </div>
      </Fold>
      <NoteMarks notes={touch.notes} />
    </div>
  );
}

const deliveryWords: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  bounced: 'it came back',
  returned: 'it came back for now; the mail service may try again',
  complained: 'marked as unwanted by the reader',
};
