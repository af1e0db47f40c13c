import { addDays, type Day, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { Reason } from '../../../domain/reason.ts';
import type { Explanation } from '../../../dunning/explain.store.ts';
import type { Branch } from '../../../dunning/explain.ts';
import { Page } from '../../layout.view.tsx';
import { nothingWords } from '../../parts/next-step.ts';
import { capital, daysInWords, stepWords, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';

/** The day that was asked for, or what was typed and why nothing is told about it. */
export type AskedDay =
  | { readonly day: Day; readonly fault: null }
  | { readonly text: string; readonly fault: string };

interface Props {
  readonly frame: CompanyFrame;
  readonly customerId: string;
  readonly name: string;
  readonly wish: AskedDay;
  readonly today: Day;
  /** The last day that can be asked for. */
  readonly last: Day;
  readonly explanations: readonly Explanation[];
}

/** Why something was, is or would be done for a customer on a day: every question with its answer (promise 5). */
export function WhyPage({ frame, customerId, name, wish, today, last, explanations }: Props) {
  const locale = localeOf(frame.company.country);
  const customer = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(customerId)}`;
  const day = wish.fault === null ? wish.day : today;
  return (
    <Page {...frame} title={`Why: ${name}`} active="receivables">
      <div class="stack-lg">
        <div class="stack">
          <p class="t-small">
            <a href={customer}>{name}</a> · <a href={`${customer}/policy`}>their policy</a> ·{' '}
            <a href={`${customer}/law`}>their law</a>
          </p>
          <h1>{headOf(wish, today, locale)}</h1>
          <OtherDay at={`${customer}/why`} wish={wish} last={last} />
        </div>
        {wish.fault === null ? (
          <>
            {explanations.length === 0 ? <NothingOwed locale={locale} day={day} ahead={day > today} /> : null}
            {explanations.map((explanation) => (
              <Explained
                key={explanation.currency}
                frame={frame}
                explanation={explanation}
                several={explanations.length > 1}
              />
            ))}
          </>
        ) : null}
      </div>
    </Page>
  );
}

function headOf(wish: AskedDay, today: Day, locale: string): string {
  if (wish.fault !== null) return 'Why, on which day?';
  return wish.day === today ? 'Why, today' : `Why, on ${formatDay(wish.day, locale, true)}`;
}

/** The day before, the day after, or any; a day that cannot be shown stays in its field, with the reason below. */
function OtherDay({ at, wish, last }: { readonly at: string; readonly wish: AskedDay; readonly last: Day }) {
  const { fault } = wish;
  return (
    <form method="get" action={at} class="stack">
      <div class="flex flex-wrap items-end gap-3">
        {wish.fault === null ? (
          <>
            <a href={`?day=${addDays(wish.day, -1)}`}>Day before</a>
            {wish.day < last ? <a href={`?day=${addDays(wish.day, 1)}`}>Day after</a> : null}
          </>
        ) : (
          <a href={at}>Today</a>
        )}
        <label class="field">
          <span class="t-small">Another day</span>
          <input
            class="input"
            type="date"
            name="day"
            value={wish.fault === null ? wish.day : wish.text}
            aria-invalid={fault === null ? undefined : 'true'}
            aria-describedby={fault === null ? undefined : 'day-fault'}
            autofocus={fault !== null}
          />
        </label>
        <button class="btn btn-plain" type="submit">
          Show the day
        </button>
      </div>
      {fault === null ? null : (
        <p id="day-fault" class="t-late" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}

function NothingOwed({
  locale,
  day,
  ahead,
}: {
  readonly locale: string;
  readonly day: Day;
  readonly ahead: boolean;
}) {
  return (
    <div class="empty">
      <h2>Nothing is owed</h2>
      <p class="t-2">
        {ahead
          ? `As the books stand, this customer owes nothing on ${formatDay(day, locale)}, so there is nothing to decide.`
          : 'This customer owes nothing in these books, so there is nothing to decide.'}
      </p>
    </div>
  );
}

const verdicts: Readonly<Record<Exclude<Explanation['verdict'], null | 'nothing_due'>, string>> = {
  touch: 'A message is due',
  wait: 'Not yet',
  held: 'Held: nothing is sent',
};

function verdictWords({ verdict, branches }: Explanation): string {
  if (verdict === null) return 'Nothing decided yet';
  if (verdict !== 'nothing_due') return verdicts[verdict];
  return nothingWords(branches.find(({ settles }) => settles)?.answers[0]?.rule);
}

function Explained({
  frame,
  explanation,
  several,
}: {
  readonly frame: CompanyFrame;
  readonly explanation: Explanation;
  readonly several: boolean;
}) {
  const { time_zone: zone, country } = frame.company;
  const locale = localeOf(country);
  const { stepKey, stepName, nextAt, currency } = explanation;
  const [unasked = [], asked = []] = [true, false].map((skipped) =>
    explanation.branches.filter((branch) => branch.skipped === skipped),
  );
  return (
    <section class="stack" aria-label={currency === '' ? 'Decision' : `Decision in ${currency}`}>
      <div>
        <h2>
          {several ? `${currency}: ` : ''}
          {verdictWords(explanation)}
          {stepKey === null ? '' : `: ${stepName ?? stepWords(stepKey)}`}
          {nextAt === null ? '' : `, ${timeWords(nextAt, zone, locale)}`}
        </h2>
        <p class="t-2">{daysInWords(explanation.about, locale)}</p>
      </div>
      {explanation.branches.length === 0 ? null : (
        <ol class="tree">
          {asked.map((branch) => (
            <BranchItem key={branch.question} branch={branch} locale={locale} />
          ))}
          {unasked.length === 0 ? null : (
            <li>
              <p class="t-2">Not asked any more: {unasked.map(({ words }) => words).join(' ')}</p>
            </li>
          )}
        </ol>
      )}
    </section>
  );
}

function BranchItem({ branch, locale }: { readonly branch: Branch; readonly locale: string }) {
  return (
    <li class={branch.settles ? 'settles' : undefined}>
      <h3>
        {branch.words}
        {branch.settles ? <span class="t-small t-2"> This settled it.</span> : null}
      </h3>
      <ul>
        {branch.answers.map((answer, index) => (
          <Answer key={`${index}${answer.rule}`} answer={answer} locale={locale} />
        ))}
      </ul>
    </li>
  );
}

function Answer({ answer, locale }: { readonly answer: Reason; readonly locale: string }) {
  return (
    <li>
      {capital(daysInWords(answer.words, locale))}{' '}
      {answer.rule === '' ? null : <span class="rule">Rule {answer.rule}</span>}
      {answer.source === undefined ? null : <span class="t-small t-2"> Source: {answer.source}</span>}
    </li>
  );
}
