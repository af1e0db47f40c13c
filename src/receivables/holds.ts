import type { Currency } from '../domain/currency.ts';
import { type Day, parseDay } from '../domain/day.ts';
import { type HoldCategory, type HoldKind, type HoldScope, isOfAgreement } from '../domain/hold-kinds.ts';

/** A reason not to chase, as somebody stated it. Days in the company's zone, both ends included. */
export interface HoldFact {
  readonly holdId: string;
  readonly kind: HoldKind;
  readonly category: HoldCategory | null;
  readonly scope: HoldScope;
  readonly customerId: string | null;
  readonly invoiceId: string | null;
  /** Of a customer: the one currency in which it holds (R3); null or left out: in all of them. */
  readonly onlyCurrency?: Currency | null;
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
  readonly scope: HoldScope;
  readonly category: HoldCategory | null;
  /** A person's name; `Duly` for what follows from the figures. */
  readonly by: string;
  /** Its first day, in the company's zone. */
  readonly since: Day;
  readonly words: string;
  /** Its last day; null: until it is lifted, or its cause is gone. */
  readonly until: Day | null;
}

const kindWords: Readonly<Record<HoldKind, string>> = {
  dispute: 'Disputed',
  promise: 'Promised',
  plan: 'In a payment plan',
  offer: 'An offer stands',
  pause: 'Paused',
  do_not_contact: 'Not to be contacted',
  legal: 'In legal hands',
  reply: 'A reply is waiting',
  stopped: 'Stopped by a person',
};

/** A hold whose days cannot be read, or contradict one another, counts as in force (R10, EXC-06). */
export function isInForce(hold: Pick<HoldFact, 'startsOn' | 'endsOn'>, today: Day): boolean {
  const readable =
    parseDay(hold.startsOn) !== null && (hold.endsOn === null || parseDay(hold.endsOn) !== null);
  if (!readable || (hold.endsOn !== null && hold.endsOn < hold.startsOn)) return true;
  return hold.startsOn <= today && (hold.endsOn === null || today <= hold.endsOn);
}

const categoryWords: Readonly<Record<HoldCategory, string>> = {
  wrong_amount: 'the amount',
  goods_or_service: 'the goods or the service',
  not_received: 'nothing was received',
  already_paid: 'paid already, they say',
  duplicate: 'billed twice',
  other: 'for another reason',
  insolvency: 'insolvency',
  solicitor: 'a solicitor acts',
  deceased: 'deceased',
  collection: 'with a collection agency',
  court: 'before a court',
};

/** What a hold is called, with what it is about: `Paused`, `In legal hands (insolvency)`. Both as they are stored. */
export function heldWords(kind: string, category: string | null): string {
  const what = of(kindWords, kind) ?? 'On hold';
  return category === null ? what : `${what} (${of(categoryWords, category) ?? category})`;
}

function of(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

export function holdReason(hold: HoldFact): HoldReason {
  const until = hold.endsOn === null ? 'until it is lifted' : `until ${hold.endsOn}`;
  return {
    kind: hold.kind,
    rule: hold.kind === 'dispute' || isOfAgreement(hold.kind) ? 'R11' : 'R10',
    holdId: hold.holdId,
    scope: hold.scope,
    category: hold.category,
    by: hold.setBy,
    since: hold.startsOn,
    words: `${heldWords(hold.kind, hold.category)} ${until}: ${hold.reason} (${hold.setBy}).`,
    until: hold.endsOn,
  };
}

/** A hold of a customer that follows from the figures, and ends with its cause. */
export function derivedHold(kind: string, rule: string, words: string, since: Day): HoldReason {
  return {
    kind,
    rule,
    holdId: null,
    scope: 'customer',
    category: null,
    by: 'Duly',
    since,
    words,
    until: null,
  };
}
