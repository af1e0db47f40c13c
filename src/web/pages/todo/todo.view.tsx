import { may } from '../../../companies/roles.ts';
import { dayAt, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { Page } from '../../layout.view.tsx';
import { Fold } from '../../parts/form.view.tsx';
import { readerZone } from '../../parts/next-step.ts';
import { capital, counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { TouchChanges } from '../touch/change.view.tsx';
import { PrintForm } from '../touch/mail.view.tsx';
import type { Task, Tasks } from './todo.store.ts';

export interface TodoProps {
  readonly frame: CompanyFrame;
  readonly tasks: Tasks;
}

/** What people do: calls with their sheet, letters with their page, and one click to say how it went. */
export function TodoPage({ frame, tasks: { shown: tasks, count } }: TodoProps) {
  return (
    <Page {...frame} title="To do" active="todo">
      <div class="stack-lg">
        <div class="stack">
          <h1>To do</h1>
          <p class="prose-duly">
            {leadWords(frame, tasks)}
            {count > tasks.length ? ` These are the first ${tasks.length} of ${count}.` : ''}{' '}
            {tasks.length > 0 ? null : <WhatIsAhead frame={frame} />}
          </p>
        </div>
        <TaskList frame={frame} words="Calls" tasks={tasks.filter(({ channel }) => channel === 'call')} />
        <TaskList frame={frame} words="Letters" tasks={tasks.filter(({ channel }) => channel === 'letter')} />
        {tasks.length > 0 && !may(frame.signedIn.role, 'approve') ? (
          <p>
            Your role does not include calls and letters. The owner, the accountant or the bookkeeper makes
            them.
          </p>
        ) : null}
      </div>
    </Page>
  );
}

function leadWords({ company }: CompanyFrame, tasks: readonly Task[]): string {
  if (tasks.length > 0)
    return 'These are yours to do; Duly goes on when you have said how it went. A task that nobody does in its time is passed over; a printed letter is waited for.';
  return company.mode === 'preview'
    ? 'Nothing is to be done in preview. Calls and letters appear here once you choose another mode.'
    : 'No call is to be made and no letter to be posted. They appear here on their day.';
}

/** Nobody is left before an empty list: where to choose a mode, or when something comes. */
function WhatIsAhead({ frame: { company } }: Pick<TodoProps, 'frame'>) {
  const at = `/companies/${company.company_id}`;
  return company.mode === 'preview' ? (
    <a href={`${at}/settings`}>Choose a mode</a>
  ) : (
    <a href={`${at}/preview`}>See the next 30 days</a>
  );
}

function TaskList({
  frame,
  words,
  tasks,
}: {
  readonly frame: CompanyFrame;
  readonly words: string;
  readonly tasks: readonly Task[];
}) {
  if (tasks.length === 0) return null;
  const later = tasks.filter((task) => isLater(task, frame));
  const now = tasks.filter((task) => !later.includes(task));
  const panels = (some: readonly Task[]) =>
    some.map((task) => <TaskPanel key={task.touchId} frame={frame} task={task} />);
  return (
    <section class="stack" aria-label={words}>
      <h2>
        {words} <span class="t-2 font-normal">{tasks.length}</span>
      </h2>
      {panels(now)}
      {later.length === 0 ? null : (
        <Fold summary={laterWords(later)} open={now.length === 0}>
          <div class="stack">{panels(later)}</div>
        </Fold>
      )}
    </section>
  );
}

/** S1, S3: its hours have not begun, or the customer heard of us today already. */
function isLater({ plannedFor, printed }: Task, { now }: CompanyFrame): boolean {
  return printed === null && plannedFor > now;
}

function laterWords(tasks: readonly Task[]): string {
  const what = counted(tasks.length, tasks[0]?.channel === 'letter' ? 'letter' : 'call');
  return `${what} for later: ${tasks.length === 1 ? 'its' : 'their'} hours have not begun, or another contact comes first`;
}

function TaskPanel({ frame, task }: { readonly frame: CompanyFrame; readonly task: Task }) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const at = `/companies/${company.company_id}`;
  const call = task.channel === 'call';
  const page = `${at}/touches/${task.touchId}/mail`;
  const title = call ? `The call sheet for ${task.customerName}` : `The letter to ${task.customerName}`;
  const touch = {
    touchId: task.touchId,
    state: 'approved',
    channel: task.channel,
    repeats: false,
    recipientEmail: '',
    plannedFor: task.plannedFor,
    isPrinted: task.printed !== null,
  };
  return (
    <article class="panel stack" aria-label={title}>
      <div>
        <h3>
          <a href={`${at}/customers/${encodeURIComponent(task.customerId)}`}>{task.customerName}</a>
        </h3>
        <p>
          <strong>{call ? <Phone task={task} /> : <Address task={task} />}</strong>
        </p>
        {task.caller === null ? null : <p>{ownerWords(task, frame)}</p>}
        <p class="t-2 t-small">
          {capital(task.stepName)}: {formatMoney(task.askMinor, task.currency, locale)} on{' '}
          {counted(task.invoiceCount, 'invoice')}. {whenWords(task, frame)} {dueWords(task, frame)}
        </p>
      </div>
      <div class="flex flex-wrap gap-x-4">
        <Fold summary={call ? 'See the call sheet' : 'See the letter'}>
          <div class="stack">
            <iframe class="mail" src={page} title={title} loading="lazy" sandbox="" />
          </div>
        </Fold>
        {call || task.printed !== null ? (
          <p class="py-0.75">
            <a href={page} target="_blank" rel="noopener">
              {call ? 'Open the sheet to print it' : 'Open the printed letter'}
            </a>
          </p>
        ) : (
          <PrintForm frame={frame} touchId={task.touchId} />
        )}
      </div>
      <TouchChanges frame={frame} touch={touch} from="todo" />
    </article>
  );
}

function Phone({ task: { phone, recipientName } }: { readonly task: Task }) {
  if (phone === null) return <>No telephone number in the books</>;
  return (
    <>
      Call <bdi>{recipientName}</bdi>,{' '}
      <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} dir="ltr">
        {phone}
      </a>
    </>
  );
}

function Address({ task: { address, recipientName } }: { readonly task: Task }) {
  return (
    <>
      <bdi>{recipientName}</bdi>
      {(address ?? '').split('\n').flatMap((line) => (line === '' ? [] : [`, ${line}`]))}
    </>
  );
}

/** P5: whose task a call is, and since or from when. */
function ownerWords({ caller, plannedFor }: Task, { company }: CompanyFrame): string {
  return `For ${caller}; due ${formatDay(dayAt(plannedFor, company.time_zone), localeOf(company.country))}.`;
}

/** By when it is to be done; nothing of what is waited for. */
function dueWords({ passedOverOn }: Task, { company }: CompanyFrame): string {
  if (passedOverOn === null) return '';
  return `Passed over on ${formatDay(passedOverOn, localeOf(company.country))} unless it is done before.`;
}

/** Their time, as a call reaches them there. */
function whenWords(task: Task, { company, now }: CompanyFrame): string {
  if (task.printed !== null) {
    const local = localeOf(company.country);
    const on = formatDay(dayAt(task.printed.at, company.time_zone), local);
    return `Printed on ${on} by ${task.printed.by}, to be paid by ${formatDay(task.printed.payBy, local)}. Say when it was posted, or that it was not.`;
  }
  if (task.plannedFor <= now) return task.channel === 'call' ? 'Now is a good time.' : 'Ready to be posted.';
  const { zone, locale, theirs } = readerZone(task, company);
  return `From ${timeWords(task.plannedFor, zone, locale)}${theirs === true ? ' their time' : ''}.`;
}
