import type { Currency } from '../../../domain/currency.ts';
import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { ReplayResult } from '../../../insights/replay.store.ts';
import type { Replayed } from '../../../insights/replay.ts';
import { counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { channelCounts, stepByChannel } from '../preview/preview.ts';

type Played = ReplayResult['policies'][number];

const rows: readonly { readonly words: string; readonly of: (policy: Replayed) => string }[] = [
  { words: 'Messages, letters, calls and statements', of: (policy) => String(policy.touches) },
  { words: 'E-mails', of: (policy) => String(policy.byChannel.email) },
  { words: 'Letters', of: (policy) => String(policy.byChannel.letter) },
  { words: 'Calls', of: (policy) => String(policy.byChannel.call) },
  { words: 'Statements', of: (policy) => String(policy.byChannel.statement) },
  { words: 'Customers reached', of: (policy) => String(policy.customersReached) },
  { words: 'Released by a person', of: (policy) => String(policy.needPerson) },
  { words: 'Calls a week', of: (policy) => String(policy.callsPerWeek) },
  { words: 'Letters a week', of: (policy) => String(policy.lettersPerWeek) },
  {
    words: 'Wrong, had the books been read once a night',
    of: (policy) => String(policy.wrongReadNightly.length),
  },
  {
    words: 'Wrong, as the books are read right before sending',
    of: (policy) => String(policy.wrongReadBeforeSending.length),
  },
];

/** The policies side by side, figure by figure. */
export function Compared({ result }: { readonly result: ReplayResult }) {
  return (
    <div class="panel-flush max-w-3xl">
      <table class="sheet wraps">
        <caption class="sr-only">The policies side by side</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {result.policies.map((policy) => (
              <th key={policy.key} scope="col" class="num">
                {policy.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.words}>
              <th scope="row">{row.words}</th>
              {result.policies.map((policy) => (
                <td key={policy.key} class="num">
                  {row.of(policy)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Shown at most; the command lists them all. */
const MOST_SHOWN = 20;

/** What would have asked for money that had come in already. */
export function WrongOnes({ frame, policy }: { readonly frame: CompanyFrame; readonly policy: Played }) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const wrong = policy.wrongReadNightly;
  const title = `${policy.name}: wrong with one reading a night`;
  if (wrong.length === 0)
    return (
      <section class="stack">
        <h2>{title}</h2>
        <p class="t-2">None: nobody paid on a day on which a message would have left.</p>
      </section>
    );
  return (
    <section class="stack">
      <h2>{title}</h2>
      <p class="prose-duly">
        {counted(wrong.length, 'message')} would have asked for money that had come in or been credited by
        then. Read right before sending,{' '}
        {policy.wrongReadBeforeSending.length === 0
          ? 'none'
          : counted(policy.wrongReadBeforeSending.length, 'message')}{' '}
        would.
      </p>
      <div class="panel-flush">
        <table class="sheet cards">
          <caption class="sr-only">Messages that would have been wrong</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Customer</th>
              <th scope="col">Step</th>
              <th scope="col" class="num">
                Too much
              </th>
              <th scope="col">Invoices</th>
            </tr>
          </thead>
          <tbody>
            {wrong.slice(0, MOST_SHOWN).map((each) => (
              <tr key={`${each.customerId} ${each.currency} ${each.day}`}>
                <td>{formatDay(each.day, locale, true)}</td>
                <td data-label="Customer">
                  <a
                    href={`/companies/${company.company_id}/customers/${encodeURIComponent(each.customerId)}`}
                  >
                    {each.customerName}
                  </a>
                </td>
                <td data-label="Step">{stepByChannel(each.stepName, each.channel)}</td>
                <td class="num" data-label="Too much">
                  {formatMoney(each.tooMuchMinor, each.currency as Currency, locale)}
                </td>
                <td data-label="Invoices">
                  {each.invoices.map((one) => one.number ?? 'no number').join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {wrong.length <= MOST_SHOWN ? null : (
        <p class="t-small t-2">
          The first {MOST_SHOWN} of {wrong.length}; <code>npm run replay</code> lists them all.
        </p>
      )}
    </section>
  );
}

/** How many of each, week by week. */
export function Weeks({ result, locale }: { readonly result: ReplayResult; readonly locale: string }) {
  const [first] = result.policies;
  if (first === undefined) return null;
  const quiet = first.weeks.findIndex((_, index) =>
    result.policies.some((policy) => inWords(policy, index) !== 'nothing'),
  );
  if (quiet < 0) return <p class="t-2">Nothing would have gone in any week.</p>;
  return (
    <div class="panel-flush max-w-3xl">
      <table class="sheet cards">
        <caption class="sr-only">What would have gone, by week</caption>
        <thead>
          <tr>
            <th scope="col">Week from</th>
            {result.policies.map((policy) => (
              <th key={policy.key} scope="col">
                {policy.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quiet === 0 ? null : (
            <tr>
              <th scope="row">{formatDay(first.weeks[0]?.from ?? result.from, locale)}</th>
              <td colSpan={result.policies.length} class="t-2">
                nothing for {counted(quiet, 'week')}
              </td>
            </tr>
          )}
          {first.weeks.slice(quiet).map((week, index) => (
            <tr key={week.from}>
              <th scope="row">{formatDay(week.from, locale)}</th>
              {result.policies.map((policy) => (
                <td key={policy.key} data-label={policy.name}>
                  {inWords(policy, quiet + index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inWords(policy: Played, index: number): string {
  const week = policy.weeks[index];
  if (week === undefined) return '';
  const touches = Object.entries(week.touches).flatMap(([channel, count]) =>
    Array.from({ length: count }, () => ({ step: { channel: channel as keyof typeof week.touches } })),
  );
  return channelCounts(touches) || 'nothing';
}
