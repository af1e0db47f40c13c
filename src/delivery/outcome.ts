import { MOST_ATTEMPTS } from '../dunning/touch-state.ts';
import type { SendOutcome } from '../ports/mailer.ts';

/** What an attempt means for the touch (S8, S9). */
export type AfterAttempt =
  | { readonly kind: 'sent'; readonly providerMessageId: string }
  | { readonly kind: 'again'; readonly at: Date; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** `address`: this one does not take it; `inactive`: the provider takes nothing more for it; `outage`: nobody was asked. */
      readonly cause: 'address' | 'inactive' | 'outage';
    }
  /** Our own account is refused: nobody's message leaves before `at`, and no address is at fault. */
  | { readonly kind: 'blocked'; readonly at: Date; readonly reason: string }
  | { readonly kind: 'uncertain'; readonly reason: string };

const FIRST_WAIT_MS = 5 * 60_000;
const BLOCKED_WAIT_MS = 30 * 60_000;

/** `attempts` counts this one. Waits grow 5, 10, 20, 40 minutes. */
export function afterAttempt(outcome: SendOutcome, attempts: number, now: Date): AfterAttempt {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'sent', providerMessageId: outcome.providerMessageId };
    case 'refused':
      return {
        kind: 'failed',
        reason: outcome.reason,
        cause: outcome.recipientInactive ? 'inactive' : 'address',
      };
    case 'blocked':
      return { kind: 'blocked', at: new Date(now.getTime() + BLOCKED_WAIT_MS), reason: outcome.reason };
    case 'uncertain':
      return { kind: 'uncertain', reason: outcome.reason };
    case 'later':
      if (attempts >= MOST_ATTEMPTS) return { kind: 'failed', reason: outcome.reason, cause: 'outage' };
      return {
        kind: 'again',
        at: new Date(now.getTime() + FIRST_WAIT_MS * 2 ** (attempts - 1)),
        reason: outcome.reason,
      };
  }
}

export interface UncertainTouch {
  readonly uncertainAt: Date;
  readonly lookups: number;
  readonly lastLookupAt: Date | null;
  /** Final notices go to a person instead of being sent again by a machine. */
  readonly needsPerson: boolean;
}

const FIRST_LOOKUP_MS = 60_000;
const BETWEEN_LOOKUPS_MS = 10 * 60_000;
const MISSES_NEEDED = 2;

/** When an uncertain touch is looked up next: a minute after, then ten minutes after each look-up. */
export function nextLookup(touch: Omit<UncertainTouch, 'needsPerson'>): Date {
  if (touch.lastLookupAt === null) return new Date(touch.uncertainAt.getTime() + FIRST_LOOKUP_MS);
  return new Date(touch.lastLookupAt.getTime() + BETWEEN_LOOKUPS_MS);
}

/** What a look-up that found nothing means: two misses ten minutes apart before a machine may send again (S8). */
export function afterMiss(touch: UncertainTouch): 'look_again' | 'send_again' | 'ask_person' {
  if (touch.lookups + 1 < MISSES_NEEDED) return 'look_again';
  return touch.needsPerson ? 'ask_person' : 'send_again';
}
