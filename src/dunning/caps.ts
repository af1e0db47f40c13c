import { addDays, type Day, dayAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Law } from '../policies/law/law.ts';
import type { Policy } from '../policies/policy.ts';
import type { Channel } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import type { Contact } from './history.ts';
import { beginOf, concerns, type Limit } from './limit.ts';

export interface CapsInput {
  readonly policy: Pick<Policy, 'caps'>;
  readonly law: Pick<Law, 'caps'>;
  readonly contacts: readonly Contact[];
  /** Due dates and histories are days of the company's zone; the debtor counts days of their own. */
  readonly companyZone: string;
  readonly debtorZone: string;
}

interface Cap {
  readonly counts: readonly Contact[];
  readonly days: number;
  readonly most: number;
  readonly because: (on: Day) => Reason;
}

/**
 * S3: until when the rolling caps of the policy and of the law keep a channel closed. A window of n days that is full
 * opens when its oldest touch leaves it, in the company's days and in the debtor's. Null: a cap of none at all.
 */
export function capLimits(channel: Channel, input: CapsInput): readonly Limit[] | { never: Reason } {
  const caps = [...policyCaps(input), ...lawCaps(channel, input)];
  const none = caps.find((cap) => cap.most <= 0);
  if (none !== undefined) return { never: none.because(dayAt(new Date(0), 'UTC')) };
  return caps.flatMap((cap) => {
    const oldest = cap.counts.at(-cap.most);
    if (oldest === undefined) return [];
    const on = addDays(oldest.on, cap.days);
    const ownDay = addDays(dayAt(oldest.at, input.debtorZone), cap.days);
    const begins = [beginOf(on, [input.companyZone]), beginOf(ownDay, [input.debtorZone])];
    const at = new Date(Math.max(...begins.map((each) => each.getTime())));
    return [{ at, reason: cap.because(on) }];
  });
}

function policyCaps({ policy, contacts }: CapsInput): readonly Cap[] {
  const { perWeek, perMonth } = policy.caps;
  return [
    { days: 7, most: perWeek },
    { days: 30, most: perMonth },
  ].map(({ days, most }) => ({
    counts: contacts,
    days,
    most,
    because: (on) => ({
      rule: 'S3',
      words: `At most ${most} messages in ${days} days: the next may follow on ${on}.`,
    }),
  }));
}

function lawCaps(channel: Channel, { law, contacts }: CapsInput): readonly Cap[] {
  return law.caps
    .filter((cap) => concerns(cap.channels, channel))
    .map(({ channels, days, most, rule }) => ({
      counts: contacts.filter((contact) => concerns(channels, contact.channel)),
      days,
      most,
      because: (on) =>
        lawReason(
          rule,
          most <= 0
            ? `${rule.words}`
            : `${rule.words} At most ${most} in ${days} days: the next may follow on ${on}.`,
        ),
    }));
}
