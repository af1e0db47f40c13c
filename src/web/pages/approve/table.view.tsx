import { localeOf } from '../../../domain/locale.ts';
import { formatAmount, formatMoney } from '../../../domain/money.ts';
import { readerZone } from '../../parts/next-step.ts';
import { capital, counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { TouchChanges } from '../touch/change.view.tsx';
import type { WaitingTouch } from './approve.store.ts';
import { Warnings } from './warnings.view.tsx';

/** The form that releases; the boxes stand in the rows, beside forms of their own. */
export const RELEASE_FORM = 'release';

/** A release that was refused, as it was asked for: which were ticked, and the reasons given. */
export interface AskedRelease {
  readonly touchIds: ReadonlySet<string>;
  reasonFor(touchId: string): string;
}

/** What is ticked when the page opens: as it was asked for, or all but what is sent by name. */
export function isTicked(touch: WaitingTouch, asked: AskedRelease | undefined): boolean {
  return asked === undefined ? !touch.byName : asked.touchIds.has(touch.touchId);
}

interface StepTableProps {
  readonly frame: CompanyFrame;
  readonly touches: readonly WaitingTouch[];
  readonly selects: boolean;
  readonly asked?: AskedRelease | undefined;
}

/** One step's waiting touches: who, how much, on which invoices, when; the e-mail is one click away. */
export function StepTable({ frame, touches, selects, asked }: StepTableProps) {
  const step = capital(touches[0]?.stepName ?? '');
  const reasons = whyWords(touches);
  const byName = selects && touches.some((touch) => touch.byName && touch.state === 'awaiting_approval');
  return (
    <section class="stack" aria-label={step}>
      <h2>
        {step} <span class="t-2 font-normal">{touches.length}</span>
      </h2>
      {reasons.length === 1 ? <p class="t-2 t-small">{reasons[0]}</p> : null}
      {byName ? (
        <p class="t-2 t-small">
          A final notice, or a message that announces a consequence, is not sent along with the others. Tick
          each one that is to go.
        </p>
      ) : null}
      <div class="panel-flush">
        <table class="sheet cards" data-keys>
          <caption class="sr-only">{step}</caption>
          <thead>
            <tr>
              {selects ? (
                <th scope="col">
                  <span class="sr-only">Send</span>
                </th>
              ) : null}
              <th scope="col">Customer</th>
              <th scope="col">Goes to</th>
              <th scope="col">Invoices</th>
              <th scope="col" class="num">
                Asks for
              </th>
              <th scope="col">Leaves</th>
            </tr>
          </thead>
          <tbody>
            {touches.map((touch) => (
              <Row key={touch.touchId} {...{ frame, touch, selects, asked }} says={reasons.length > 1} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Why these wait for a person, each reason once; several are said with their rows. */
function whyWords(touches: readonly WaitingTouch[]): readonly string[] {
  return [...new Set(touches.flatMap((touch) => (touch.reason === null ? [] : [touch.reason])))];
}

function Row({
  frame,
  touch,
  selects,
  says,
  asked,
}: Omit<StepTableProps, 'touches'> & {
  readonly touch: WaitingTouch;
  /** It says itself why it waits, as others wait for another reason. */
  readonly says: boolean;
}) {
  const at = `/companies/${frame.company.company_id}`;
  const locale = localeOf(frame.company.country);
  return (
    <>
      <tr data-row>
        {selects ? (
          <td>
            {touch.state === 'awaiting_approval' ? (
              <input
                class="checkbox checkbox-sm"
                type="checkbox"
                name="touch"
                form={RELEASE_FORM}
                value={touch.touchId}
                checked={isTicked(touch, asked)}
                data-by-name={touch.byName ? '' : undefined}
                aria-label={`Send to ${touch.customerName}`}
              />
            ) : null}
          </td>
        ) : null}
        <td>
          <a class="rowlink" href={`${at}/customers/${encodeURIComponent(touch.customerId)}`}>
            {touch.customerName}
          </a>
          {touch.announces === null ? null : <p class="t-small">{touch.announces}</p>}
          {says && touch.reason !== null ? <p class="t-2 t-small">{touch.reason}</p> : null}
          <Warnings
            touch={touch}
            form={selects ? RELEASE_FORM : null}
            reason={asked?.reasonFor(touch.touchId)}
          />
          <div class="flex flex-wrap gap-x-4">
            <details class="fold see">
              <summary>See the {whatIt(touch)}</summary>
            </details>
            <TouchChanges frame={frame} touch={touch} from="approve" />
          </div>
        </td>
        <td data-label="Goes to" class="goes-to">
          <div>
            {touch.recipientName}
            <br />
            <span class="t-2 wrap-anywhere">{whereTo(touch)}</span>
          </div>
        </td>
        <td data-label="Invoices">
          <InvoiceLines touch={touch} locale={locale} />
        </td>
        <td class="num" data-label="Asks for">
          <div>
            <strong>{formatMoney(touch.askMinor, touch.currency, locale)}</strong>
            {touch.creditMinor === 0 ? null : (
              <p class="t-2 t-small">
                after {formatMoney(touch.creditMinor, touch.currency, locale)} of credit
              </p>
            )}
          </div>
        </td>
        <td data-label="Leaves">{leavesWords(touch, frame)}</td>
      </tr>
      <MailRow touch={touch} at={at} columns={selects ? 6 : 5} />
    </>
  );
}

/** Hidden until the row's "See the e-mail" is open; the frame loads only then. */
function MailRow({
  touch,
  at,
  columns,
}: {
  readonly touch: WaitingTouch;
  readonly at: string;
  readonly columns: number;
}) {
  const href = `${at}/touches/${touch.touchId}`;
  return (
    <tr class="mailrow">
      <td colSpan={columns}>
        <iframe
          class="mail"
          src={`${href}/mail`}
          title={`The ${whatIt(touch)} to ${touch.customerName}`}
          loading="lazy"
          sandbox=""
        />
        <a href={href}>Open on its own page</a>
      </td>
    </tr>
  );
}

function whatIt({ channel }: WaitingTouch): string {
  return channel === 'letter' || channel === 'call' ? channel : 'e-mail';
}

/** The address that it goes to. */
function whereTo({ channel, recipientEmail, recipientAddress, recipientPhone }: WaitingTouch): string {
  if (channel === 'letter') return (recipientAddress ?? '').replaceAll('\n', ', ');
  return channel === 'call' ? (recipientPhone ?? 'no telephone number') : recipientEmail;
}

const SHOWN_LINES = 4;

function InvoiceLines({ touch, locale }: { readonly touch: WaitingTouch; readonly locale: string }) {
  const more = touch.lines.length - SHOWN_LINES;
  return (
    <ul>
      {touch.lines.slice(0, SHOWN_LINES).map((line) => (
        <li key={`${line.number}${line.openMinor}`} class="whitespace-nowrap">
          {line.number ?? 'no number'}, {formatAmount(line.openMinor, touch.currency, locale)},{' '}
          <span class={line.daysLate > 30 ? 't-late' : 't-2'}>{lateWords(line.daysLate)}</span>
        </li>
      ))}
      {more > 0 ? <li class="t-2">and {more} more</li> : null}
    </ul>
  );
}

/** A courtesy note speaks of what is not late. */
function lateWords(daysLate: number): string {
  return daysLate > 0 ? counted(daysLate, 'day') : 'not past due';
}

/** When a touch leaves, in words and in its reader's own time. */
export function leavesWords(touch: WaitingTouch, frame: CompanyFrame): string {
  if (touch.state === 'uncertain') return 'We are finding out whether it left';
  if (touch.state === 'reserved') return 'Leaving now';
  if (frame.connection !== 'healthy') return 'Not while the books cannot be read';
  if (touch.plannedFor <= frame.now && frame.company.mode === 'preview') return 'It is due now';
  if (touch.plannedFor <= frame.now)
    return touch.state === 'approved' ? 'In the next minutes' : 'As soon as you release it';
  const { zone, locale, theirs } = readerZone(touch, frame.company);
  return `${timeWords(touch.plannedFor, zone, locale)}${theirs === true ? ' their time' : ''}`;
}
