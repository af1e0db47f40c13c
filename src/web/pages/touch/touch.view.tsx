import { localeOf } from '../../../domain/locale.ts';
import { outcomeWords } from '../../../dunning/done.ts';
import { Page } from '../../layout.view.tsx';
import { FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import { capital, daysInWords, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { TouchChanges } from './change.view.tsx';
import { isPrinted, isTask, MailPart } from './mail.view.tsx';
import type { TouchMail, TouchPageView } from './touch.store.ts';

export interface TouchProps {
  readonly frame: CompanyFrame;
  readonly touch: TouchPageView;
  /** The mail, or why there is none to show, in words. */
  readonly mail: TouchMail | string;
  /** The form that was refused just now, with what was typed. */
  readonly refused?: Refused | null;
}

/** One contact: the exact mail, letter or sheet, who it went to, what became of it, and what a person may do with it. */
export function TouchPage({ frame, touch, mail, refused }: TouchProps) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const at = `/companies/${company.company_id}`;
  const name = capital(touch.stepName);
  const changeable = { ...touch, repeats: touch.resendOf !== null, isPrinted: isPrinted(touch) };
  return (
    <Page {...frame} title={`${name}, ${touch.customerName}`} active="receivables">
      <div class="stack-lg max-w-4xl">
        <div class="stack">
          <div>
            <p class="t-small">
              <a href={`${at}/customers/${encodeURIComponent(touch.customerId)}`}>{touch.customerName}</a>
            </p>
            <h1>{name}</h1>
            <p>
              {daysInWords(
                stateSentence(touch, (instant) => timeWords(instant, company.time_zone, locale)),
                locale,
              )}
            </p>
            {touch.resendOf === null ? null : (
              <p>
                It repeats <a href={`${at}/touches/${touch.resendOf}`}>this message</a>, word for word.
              </p>
            )}
          </div>
          <FormFault words={new Typed('print', refused).rest([])} />
          <TouchChanges frame={frame} touch={changeable} from="touch" refused={refused} />
        </div>
        {typeof mail === 'string' ? (
          <p class="trouble">{mail}</p>
        ) : (
          <MailPart frame={frame} touch={touch} mail={mail} at={at} />
        )}
      </div>
    </Page>
  );
}

function stateSentence(touch: TouchPageView, at: (instant: Date) => string): string {
  const why = touch.stateReason === null ? '' : ` ${capital(touch.stateReason)}`;
  switch (touch.state) {
    case 'sent':
      if (touch.outcome !== null) return `${capital(outcomeWords(touch.outcome))} (${touch.doneBy}).`;
      return `Sent ${touch.sentAt === null ? '' : at(touch.sentAt)}${released(touch)}.${deliveryWords(touch, at)}`;
    case 'planned':
      return `Planned for ${at(touch.plannedFor)}${forWhom(touch)}.${why}`;
    case 'awaiting_approval':
      return `Waits for a person; would ${isTask(touch) ? 'be to do' : 'leave'} ${at(touch.plannedFor)}${forWhom(touch)}.${why}`;
    case 'approved':
      if (touch.printed !== null)
        return `Printed ${at(touch.printed.at)} by ${touch.printed.by}, to be paid by ${touch.printed.payBy}; it may be in the post.`;
      if (isTask(touch)) return `To do from ${at(touch.plannedFor)}${forWhom(touch)}.`;
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

/** P5: whose task a call is. */
function forWhom({ caller }: TouchPageView): string {
  return caller === null ? '' : `, for ${caller}`;
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
