import { type Day, parseDay } from '../domain/day.ts';

export type HoldKind = 'dispute' | 'promise' | 'pause' | 'do_not_contact' | 'reply' | 'stopped';
export type HoldScope = 'company' | 'customer' | 'invoice';

/** A reason not to chase, as somebody stated it. Days in the company's zone, both ends included. */
export interface HoldFact {
  readonly holdId: string;
  readonly kind: HoldKind;
  readonly scope: HoldScope;
  readonly customerId: string | null;
  readonly invoiceId: string | null;
  readonly reason: string;
  readonly setBy: string;
  readonly startsOn: Day;
  /** The last day; null: until somebody lifts it. */
  readonly endsOn: Day | null;
}

/** A hold as it stands today, stated or derived. */
export interface HoldReason {
  readonly kind: string;
  /** The rule of the design that holds: R4, R8, R10, R11, R15, R16, S9. */
  readonly rule: string;
  /** Null: it follows from the figures and ends with them. */
  readonly holdId: string | null;
  readonly words: string;
  readonly until: Day | null;
}

const kindWords: Readonly<Record<HoldKind, string>> = {
  dispute: 'Disputed',
  promise: 'Promised',
  pause: 'Paused',
  do_not_contact: 'Not to be contacted',
  reply: 'A reply is waiting',
  stopped: 'Stopped by a person',
};

/** A hold whose days cannot be read, or contradict one another, counts as in force (R10, EXC-06). */
export function isInForce(hold: HoldFact, today: Day): boolean {
  const readable =
    parseDay(hold.startsOn) !== null && (hold.endsOn === null || parseDay(hold.endsOn) !== null);
  if (!readable || (hold.endsOn !== null && hold.endsOn < hold.startsOn)) return true;
  return hold.startsOn <= today && (hold.endsOn === null || today <= hold.endsOn);
}

export function holdReason(hold: HoldFact): HoldReason {
  const until = hold.endsOn === null ? 'until it is lifted' : `until ${hold.endsOn}`;
  return {
    kind: hold.kind,
    rule: hold.kind === 'dispute' || hold.kind === 'promise' ? 'R11' : 'R10',
    holdId: hold.holdId,
    words: `${kindWords[hold.kind] ?? 'On hold'} ${until}: ${hold.reason} (${hold.setBy}).`,
    until: hold.endsOn,
  };
}
