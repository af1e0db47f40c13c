import type { Currency } from '../../../domain/currency.ts';
import { type Day, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Announcement } from '../../../dunning/announcements/announcement.ts';
import type { TouchAhead } from '../../../messages/tasks-ahead.store.ts';
import { asConsequenceKind, consequenceName } from '../../../policies/consequences/consequence.ts';
import { Page } from '../../layout.view.tsx';
import { capital, clockTime, counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { channelCounts, PREVIEW_DAYS, type PreviewDay, stepByChannel } from './preview.ts';

export interface PreviewProps {
  readonly frame: CompanyFrame;
  readonly days: readonly PreviewDay[];
  /** What was announced and is to be done by then. */
  readonly toDo: readonly (Announcement & { readonly customerName: string })[];
  readonly today: Day;
  /** The one customer that is looked at; null: all of them. */
  readonly only: string | null;
  /** It is what the draft of whoever looks would do. */
  readonly draft: boolean;
}

/** What would be said in the next 30 days, day by day, by the decision that also sends (S7). */
export function PreviewPage({ frame, days, toDo, today, only, draft }: PreviewProps) {
  const touches = days.flatMap((each) => each.touches);
  const at = `/companies/${frame.company.company_id}`;
  const name = touches[0]?.customerName ?? only;
  return (
    <Page {...frame} title="The next 30 days" active="preview">
      <div class="stack-lg">
        <div class="stack">
          {only === null ? null : (
            <p class="t-small">
              <a href={`${at}/customers/${encodeURIComponent(only)}`}>{name}</a> ·{' '}
              <a href={`${at}/preview`}>All customers</a>
            </p>
          )}
          <h1>{only === null ? 'The next 30 days' : `The next 30 days: ${name}`}</h1>
          {draft ? <DraftWords at={at} only={only} /> : <ModeWords frame={frame} />}
          {touches.length === 0 ? null : (
            <p class="prose-duly t-2">
              {capital(channelCounts(touches))} to {customersOf(touches)}, if nobody paid meanwhile. Whoever
              pays drops out at once: the books are read right before anything is sent.
            </p>
          )}
        </div>
        {days.length === 0 ? (
          <NothingAhead only={only} />
        ) : (
          <Calendar frame={frame} days={days} today={today} />
        )}
        <ToDo frame={frame} toDo={toDo} />
        <p class="t-small">
          <a href={`${at}/replay`}>What would the last twelve months have looked like?</a>
        </p>
      </div>
    </Page>
  );
}

/** S7: a policy is looked at before it is saved. */
function DraftWords({ at, only }: { readonly at: string; readonly only: string | null }) {
  const whom = only === null ? '' : `?customer=${encodeURIComponent(only)}`;
  return (
    <p class="prose-duly">
      <strong>This is your draft of the policy, which is not in force.</strong> Compare{' '}
      <a href={`${at}/preview${whom}`}>what comes by the policy in force</a>, or{' '}
      <a href={`${at}/policy/draft`}>check and save it</a>. What waits already keeps its own step.
    </p>
  );
}

/** P8: the days on which people do what customers were told. */
function ToDo({ frame, toDo }: Pick<PreviewProps, 'frame' | 'toDo'>) {
  if (toDo.length === 0) return null;
  const locale = localeOf(frame.company.country);
  const at = `/companies/${frame.company.company_id}`;
  return (
    <section class="stack" aria-label="What was announced">
      <h2>What was announced, and is done by people</h2>
      <ul class="panel said">
        {toDo.map((row) => (
          <li key={row.announcementId}>
            {formatDay(row.actOn, locale, true)}:{' '}
            <a href={`${at}/customers/${encodeURIComponent(row.customerId)}`}>{row.customerName}</a>,{' '}
            {consequenceName(row.kind).toLowerCase()}, if nothing is paid by then; {row.ownerName} answers for
            it. <a href={`${at}/consequences#${row.announcementId}`}>See it</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function customersOf(touches: readonly TouchAhead[]): string {
  return counted(new Set(touches.map((touch) => touch.draft.customerId)).size, 'customer');
}

function ModeWords({ frame }: Pick<PreviewProps, 'frame'>) {
  const settings = `/companies/${frame.company.company_id}/settings`;
  if (frame.company.mode === 'preview')
    return (
      <p class="prose-duly">
        <strong>Nothing leaves until you change the mode.</strong> This is what Duly would do. When it looks
        right, <a href={settings}>choose a mode</a>.
      </p>
    );
  if (frame.company.mode === 'approve')
    return <p class="prose-duly">Each day’s batch waits until a person releases it.</p>;
  return (
    <p class="prose-duly">
      Reminders leave by themselves at their time; calls, letters and final notices wait for a person.
    </p>
  );
}

function NothingAhead({ only }: Pick<PreviewProps, 'only'>) {
  return (
    <div class="empty">
      <h2>Nothing would be sent in the next {PREVIEW_DAYS} days.</h2>
      <p class="t-2">
        {only === null
          ? 'Nobody is past due by then, or everybody who is rests on a hold. When an invoice falls past due, its first reminder appears here.'
          : 'They owe nothing by then, are held, or have been through their whole sequence. “Why?” on their page says which.'}
      </p>
    </div>
  );
}

function Calendar({ frame, days, today }: Pick<PreviewProps, 'frame' | 'days' | 'today'>) {
  const locale = localeOf(frame.company.country);
  return (
    <div class="panel-flush">
      <table class="sheet cards" data-keys>
        <caption class="sr-only">What would be sent, day by day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">How</th>
            <th scope="col">To whom</th>
          </tr>
        </thead>
        <tbody>
          {days.map((each) => (
            <tr key={each.day} data-row>
              <td class="whitespace-nowrap">
                <strong>{each.day === today ? 'Today' : formatDay(each.day, locale, true)}</strong>
              </td>
              <td data-label="How">{channelCounts(each.touches)}</td>
              <td data-label="To whom">
                <div>
                  {each.braked ? <Braked mode={frame.company.mode} /> : null}
                  <DayTouches frame={frame} touches={each.touches} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** S4: a day on which the volume brake engages. */
function Braked({ mode }: { readonly mode: string }) {
  return (
    <p class="t-small t-soon">
      {mode === 'autopilot'
        ? 'On this day more is planned than usual: a person releases it.'
        : 'On this day more is planned than usual: on autopilot, too, a person would release it.'}
    </p>
  );
}

/** Named in the row; the others open below them. */
const NAMED = 4;

function DayTouches({
  frame,
  touches,
}: {
  readonly frame: CompanyFrame;
  readonly touches: readonly TouchAhead[];
}) {
  const first = touches.slice(0, NAMED).map((touch) => `${touch.customerName} (${touch.draft.stepName})`);
  const more = touches.length - NAMED;
  return (
    <details class="why">
      <summary>
        {first.join(', ')}
        {more > 0 ? ` and ${more} more` : ''}
      </summary>
      <ul>
        {touches.map((touch) => (
          <li key={`${touch.draft.customerId}${touch.draft.currency}`}>
            <TouchLine frame={frame} touch={touch} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** One touch in a line: who, which step, how much, when, whose a call is (P5), and why. `withName`: among others of its day. */
export function TouchLine({
  frame,
  touch,
  withName = true,
}: {
  readonly frame: CompanyFrame;
  readonly touch: TouchAhead;
  readonly withName?: boolean;
}) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const { draft, step, task } = touch;
  const customer = `/companies/${company.company_id}/customers/${encodeURIComponent(draft.customerId)}`;
  const announces = step.consequence === null ? null : asConsequenceKind(step.consequence);
  const how = stepByChannel(draft.stepName, step.channel);
  const asks = `asks for ${formatMoney(draft.askMinor, draft.currency as Currency, locale)}`;
  return (
    <>
      {withName ? (
        <>
          <a href={customer}>{touch.customerName}</a>:{' '}
        </>
      ) : null}
      {withName ? how : capital(how)}, {asks},{' '}
      {withName ? clockTime(touch.at, company.time_zone) : timeWords(touch.at, company.time_zone, locale)}
      {task === null ? '' : `, for ${task.for.words}`}
      {announces === null ? '' : `, announces “${consequenceName(announces).toLowerCase()}”`}
      {draft.needsPerson ? ', a person releases it' : ''}.{' '}
      <a href={`${customer}/why?day=${touch.day}`}>Why?</a>
    </>
  );
}
