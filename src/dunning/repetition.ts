import type { Currency } from '../domain/currency.ts';
import { dayAt } from '../domain/day.ts';
import {
  type Announced,
  clauseOf,
  whyNotAnnounced,
  whyNotToDebtor,
} from '../policies/consequences/consequence.ts';
import { interestClause } from '../policies/law/interest-clause.ts';
import type { Law } from '../policies/law/law.ts';
import type { LateFee } from '../policies/policy.ts';
import type { Channel } from '../policies/step.ts';
import { styleUnder } from '../policies/style.ts';
import type { Position } from '../receivables/position.ts';
import { calendarOf, type Known } from './decide.ts';
import { onAnotherDay } from './earliest.ts';
import { concerns } from './limit.ts';
import { whyNotAgain } from './resend.ts';
import type { NewTouch, TouchRow } from './touch.store.ts';

export type Repetition = Pick<
  TouchRow,
  'channel' | 'style' | 'announces' | 'ask_minor' | 'created_at' | 'planned_for' | 'customer_id' | 'currency'
> & { readonly invoices: NewTouch['invoices'] };

/** What becomes of a repetition that stands; `busy`: it is the customer's one message of today (S3). */
export type RepetitionNow =
  | { readonly kind: 'dropped'; readonly why: string }
  | { readonly kind: 'later'; readonly until: Date }
  | { readonly kind: 'stays'; readonly busy: boolean };

/**
 * IDM-11: what a person sends once more stays while every figure in it is true, nobody paused the customer (S6) and the
 * law lets it go to them as it is. It is no step of the sequence, yet one message a customer a day holds (S3): when
 * another one left since, it goes on another day. Pure.
 */
export function repetitionNow(known: Known, position: Position, touch: Repetition): RepetitionNow {
  const { company, now } = known;
  const zone = company.time_zone;
  const today = dayAt(now, zone);
  const why =
    whyNotAgain({ askMinor: touch.ask_minor, invoices: touch.invoices }, position) ??
    whyNotToThem(known, touch);
  if (why !== null) return { kind: 'dropped', why };
  const members = known.membersOf.get(position.customerId) ?? [position.customerId];
  const { contacts } = known.historyOf(position.customerId, position.currency, members);
  // the one it repeats was before it, and was looked at then
  const since = contacts.findLast((contact) => contact.at > touch.created_at);
  const theirs = calendarOf(company, known.debtors.get(position.customerId)).timeZone;
  const next = since === undefined ? null : onAnotherDay(since, [zone, theirs]).at;
  if (next !== null && next > now) return { kind: 'later', until: next };
  return { kind: 'stays', busy: dayAt(touch.planned_for, zone) <= today };
}

/** Why these bytes may not go to this customer now, whatever their figures; null: they may. */
export function whyNotToThem(
  known: Known,
  touch: Pick<Repetition, 'customer_id' | 'channel' | 'style' | 'announces' | 'currency'>,
): string | null {
  const { paused, lateFee } = known.policyOf(touch.customer_id);
  if (paused !== null) return paused;
  const law = known.lawOf(touch.customer_id, dayAt(known.now, known.company.time_zone));
  const against = law.blocked.find(({ what }) => concerns([what], touch.channel as Channel));
  if (against !== undefined) return against.rule.words;
  const said = touch.announces as unknown as Announced | null;
  if (said !== null) {
    const [forbidden] = whyNotToDebtor(said.kind, law, lateFee);
    const why = forbidden ?? whyNotAnnounced(said.kind, known.announcing);
    const whyNot = why?.words ?? whyOtherTerms(said, law, lateFee, touch.currency as Currency);
    if (whyNot !== null) return `It says that ${said.words}. ${whyNot}`;
  }
  const [other] = styleUnder(law, touch.style === 'service' ? 'service' : 'own').reasons;
  return other === undefined ? null : other.words;
}

/** P8: its bytes name the rate, the days of grace and fixed sums, which have to be those in force now; null: they are. */
function whyOtherTerms(
  said: Announced,
  law: Law,
  lateFee: LateFee | null,
  currency: Currency,
): string | null {
  // an older message names no terms, so that none of them can have changed
  if (said.kind !== 'interest' || said.words === clauseOf('interest')) return null;
  const reckoned = (said.accrued ?? null) !== null;
  const now = lateFee === null ? null : interestClause(law.parties, lateFee, currency, reckoned);
  return said.words === now ? null : 'Its terms of interest have changed.';
}
