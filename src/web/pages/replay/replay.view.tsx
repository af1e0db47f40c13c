import { type Day, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { type PlayedKey, playedKeys, playedName } from '../../../insights/played.ts';
import type { ReplayResult } from '../../../insights/replay.store.ts';
import { replayCaveats } from '../../../insights/replay-words.ts';
import { Page } from '../../layout.view.tsx';
import { Fold } from '../../parts/form.view.tsx';
import { counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { WeeksChart } from './chart.view.tsx';
import { Compared, Weeks, WrongOnes } from './results.view.tsx';

export interface ReplayWish {
  readonly from: Day;
  readonly to: Day;
  readonly policy: PlayedKey;
  /** Beside it; null: nothing. */
  readonly against: PlayedKey | null;
  /** False: the page was only opened. */
  readonly asked: boolean;
  /** What stands in the fields of the days. */
  readonly typed: { readonly from: string; readonly to: string };
  /** Why these days cannot be played; null: they can. */
  readonly fault: string | null;
}

interface Props {
  readonly frame: CompanyFrame;
  readonly wish: ReplayWish;
  /** Whoever looks has changes of the policy that could be saved. */
  readonly draft: boolean;
  readonly result: ReplayResult | null;
}

/** What a policy would have done with the company's own books of the last twelve months. */
export function ReplayPage({ frame, wish, draft, result }: Props) {
  const at = `/companies/${frame.company.company_id}`;
  return (
    <Page {...frame} title="Replay" active="preview">
      <div class="stack-lg">
        <div class="stack">
          <p class="t-small">
            <a href={`${at}/preview`}>The next 30 days</a>
          </p>
          <h1>Replay of your own books</h1>
          <p class="prose-duly t-2">
            What would have gone to whom, had these books been chased under a policy, and what of it would
            have been wrong. Nothing is sent and nothing is written.
          </p>
          <Form wish={wish} draft={draft} />
        </div>
        {result === null ? null : <Result frame={frame} result={result} />}
      </div>
    </Page>
  );
}

function Form({ wish, draft }: Pick<Props, 'wish' | 'draft'>) {
  return (
    <form method="get" class="stack">
      <div class="flex flex-wrap items-end gap-3">
        <Choice name="policy" label="Policy" chosen={wish.policy} none={false} draft={draft} />
        <Choice
          name="against"
          label="Beside it"
          chosen={wish.asked ? wish.against : 'letter_first'}
          none={true}
          draft={draft}
        />
        <DayField name="from" label="From" wish={wish} />
        <DayField name="to" label="To" wish={wish} />
        <button class="btn btn-primary" type="submit">
          Play these days
        </button>
      </div>
      {wish.fault === null ? null : (
        <p id="days-fault" class="t-late" role="alert">
          {wish.fault}
        </p>
      )}
    </form>
  );
}

function DayField({
  name,
  label,
  wish,
}: { readonly name: 'from' | 'to'; readonly label: string } & Pick<Props, 'wish'>) {
  const wrong = wish.fault !== null;
  return (
    <label class="field">
      <span class="t-small">{label}</span>
      <input
        class="input"
        type="date"
        name={name}
        value={wish.typed[name]}
        required
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'days-fault' : undefined}
      />
    </label>
  );
}

function Choice({
  name,
  label,
  chosen,
  none,
  draft,
}: {
  readonly name: string;
  readonly label: string;
  readonly chosen: PlayedKey | null;
  readonly none: boolean;
  readonly draft: boolean;
}) {
  const keys: readonly PlayedKey[] = draft ? ['in_force', 'draft', ...playedKeys.slice(1)] : playedKeys;
  return (
    <label class="field">
      <span class="t-small">{label}</span>
      <select class="select" name={name}>
        {none ? (
          <option value="" selected={chosen === null}>
            Nothing
          </option>
        ) : null}
        {keys.map((key) => (
          <option key={key} value={key} selected={key === chosen}>
            {playedName(key)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Result({ frame, result }: { readonly frame: CompanyFrame; readonly result: ReplayResult }) {
  const locale = localeOf(frame.company.country);
  if (result.invoices === 0)
    return (
      <div class="empty">
        <h2>There is nothing to play.</h2>
        <p class="t-2">
          The books have no invoice with a due date from {formatDay(result.from, locale)} to{' '}
          {formatDay(result.to, locale)}.
        </p>
      </div>
    );
  return (
    <>
      <section class="stack">
        <h2>
          {formatDay(result.from, locale)} to {formatDay(result.to, locale)}
        </h2>
        <p class="t-2">
          {counted(result.invoices, 'invoice')} of {counted(result.customers, 'customer')}.{' '}
          {leftOutWords(result)}
        </p>
        <Compared result={result} />
      </section>
      <section class="stack">
        <h2>Week by week</h2>
        <WeeksChart result={result} locale={locale} />
        <Fold summary="The same as a table">
          <Weeks result={result} locale={locale} />
        </Fold>
      </section>
      {result.policies.map((policy) => (
        <WrongOnes key={policy.key} frame={frame} policy={policy} />
      ))}
      <section class="stack">
        <h2>What this cannot know</h2>
        <ul class="list-disc pl-5 prose-duly t-2">
          {replayCaveats.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

function leftOutWords({ leftOut }: ReplayResult): string {
  const parts = [
    ...(leftOut.voided > 0 ? [`${leftOut.voided} voided or deleted`] : []),
    ...(leftOut.settledOtherwise > 0
      ? [`${leftOut.settledOtherwise} settled by something without a day`]
      : []),
    ...(leftOut.withoutDueDate > 0 ? [`${leftOut.withoutDueDate} without a due date`] : []),
  ];
  return parts.length === 0 ? 'None is left out.' : `Left out: ${parts.join(', ')}.`;
}
