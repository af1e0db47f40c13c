import type { Day } from '../../../domain/day.ts';
import type { TouchAhead } from '../../../messages/tasks-ahead.store.ts';
import { type Channel, channels } from '../../../policies/step.ts';
import { counted } from '../../words.ts';

/** How far the page looks ahead, today included. */
export const PREVIEW_DAYS = 30;

/** A day on which something would be said. */
export interface PreviewDay {
  readonly day: Day;
  readonly touches: readonly TouchAhead[];
  /** S4: so much more than usual that a person releases it. */
  readonly braked: boolean;
}

export function byDay(touches: readonly TouchAhead[], braked: readonly Day[] = []): readonly PreviewDay[] {
  return [...Map.groupBy(touches, (touch) => touch.day)]
    .map(([day, its]) => ({ day, touches: its, braked: braked.includes(day) }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}

const channelWords: Readonly<Record<Channel, readonly [one: string, many: string]>> = {
  email: ['e-mail', 'e-mails'],
  letter: ['letter', 'letters'],
  call: ['call', 'calls'],
  statement: ['statement', 'statements'],
};

/** `3 e-mails, 1 call`; nothing for no touch. */
export function channelCounts(touches: readonly { readonly step: { readonly channel: Channel } }[]): string {
  const of = Map.groupBy(touches, (touch) => touch.step.channel);
  return channels
    .flatMap((channel) => {
      const count = of.get(channel)?.length ?? 0;
      return count === 0 ? [] : [counted(count, ...channelWords[channel])];
    })
    .join(', ');
}

/** A step with how it reaches its reader, which many a name says already: `first reminder, e-mail`; `formal letter`. */
export function stepByChannel(stepName: string, channel: Channel): string {
  const [word] = channelWords[channel];
  return stepName.toLowerCase().includes(word) ? stepName : `${stepName}, ${word}`;
}
