import { type Day, formatDay } from '../../../domain/day.ts';
import type { ReplayResult } from '../../../insights/replay.store.ts';
import { type Channel, channels } from '../../../policies/step.ts';
import { counted } from '../../words.ts';

type Played = ReplayResult['policies'][number];

const names: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  letter: 'letter',
  call: 'call',
  statement: 'statement',
};

/** Wide as a stroke of a pen, one beside the other: where the view is stretched, the bars are too. */
const [STEP, BAR, HEIGHT] = [10, 8, 40];

/**
 * What would have gone week by week, as bars: a row for each channel, a column for each policy, all of a row on one
 * scale from zero, so that the policies can be compared. The table of weeks says the same in figures.
 */
export function WeeksChart({ result, locale }: { readonly result: ReplayResult; readonly locale: string }) {
  const used = channels.filter((channel) => result.policies.some((policy) => policy.byChannel[channel] > 0));
  if (used.length === 0) return null;
  return (
    <div class="weekcharts">
      {result.policies.map((policy) => (
        <div key={policy.key} class="panel stack">
          <h3>{policy.name}</h3>
          {used.map((channel) => (
            <ChannelBars
              key={channel}
              channel={channel}
              policy={policy}
              most={mostOf(result, channel)}
              locale={locale}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function ChannelBars({
  channel,
  policy,
  most,
  locale,
}: {
  readonly channel: Channel;
  readonly policy: Played;
  /** Of all policies: what a bar over the whole height stands for. */
  readonly most: number;
  readonly locale: string;
}) {
  const counts = policy.weeks.map(({ touches }) => touches[channel]);
  const [first, last] = [policy.weeks[0], policy.weeks.at(-1)];
  if (first === undefined || last === undefined) return null;
  const words = inWords(channel, policy, locale);
  const width = counts.length * STEP;
  return (
    <figure>
      <figcaption>{words}</figcaption>
      <svg
        class="weekbars"
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words} Week by week: ${counts.join(', ')}.`}
      >
        {counts.map((count, index) =>
          count === 0 ? null : (
            <rect
              key={policy.weeks[index]?.from}
              x={index * STEP + 1}
              y={HEIGHT - barHeight(count, most)}
              width={BAR}
              height={barHeight(count, most)}
            />
          ),
        )}
        <line class="axis" x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <p class="ends t-small t-2" aria-hidden="true">
        <span>{formatDay(first.from, locale)}</span>
        <span>{formatDay(last.from, locale)}</span>
      </p>
    </figure>
  );
}

/** Never nothing: one message of a hundred is still seen. */
function barHeight(count: number, most: number): number {
  return Math.max(1, Math.round((count * HEIGHT) / most));
}

/** `41 e-mails; at most 5 in a week, that of Nov 2, 2026.` */
function inWords(channel: Channel, policy: Played, locale: string): string {
  const total = policy.byChannel[channel];
  if (total === 0) return `No ${names[channel]}s.`;
  const top = busiest(policy, channel);
  const week = top === null ? '' : `; at most ${top.count} in a week, that of ${formatDay(top.from, locale)}`;
  return `${counted(total, names[channel])}${week}.`;
}

function busiest(policy: Played, channel: Channel): { readonly from: Day; readonly count: number } | null {
  return policy.weeks.reduce<{ readonly from: Day; readonly count: number } | null>(
    (top, { from, touches }) =>
      touches[channel] > (top?.count ?? 0) ? { from, count: touches[channel] } : top,
    null,
  );
}

function mostOf(result: ReplayResult, channel: Channel): number {
  return Math.max(1, ...result.policies.flatMap(({ weeks }) => weeks.map(({ touches }) => touches[channel])));
}
