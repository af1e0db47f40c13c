import { dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Reason } from '../domain/reason.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import { type CloseReason, newCase, type OpenCase } from './case.store.ts';
import { decide } from './decide.ts';
import type { DecisionToSave } from './decision.store.ts';
import type { Draft, Missing } from './draft.ts';
import type { Finished, Forbidden } from './finished.store.ts';
import {
  type Busy,
  fromTomorrow,
  givesWay,
  inTurnToday,
  isInHandToday,
  putOffBy,
  putOnList,
  takeDay,
  waiting,
} from './in-hand.ts';
import { underMinimum } from './minimum.ts';
import type { Dropped } from './move-touches.store.ts';
import { decisionOf, isToday } from './plan.ts';
import { closeOne, keepPrinted, keepThanks } from './plan-over.store.ts';
import { historyOf, isPursued, livePlans, lookOn } from './plan-pursued.ts';
import { keyOf, type Planning, type StandingTouch } from './plan-read.store.ts';
import { caseToReopen } from './reopen.store.ts';
import { repetitionNow } from './repetition.ts';
import { thankYousOf } from './thank-you.store.ts';
import { whyDropped } from './why-dropped.store.ts';

/** What a plan is going to write, in the order in which it was decided. */
export interface Work {
  readonly decisions: DecisionToSave[];
  /** S9: something is next for them, and there is no address for it. */
  readonly unreached: { readonly position: Position; readonly missing: Missing }[];
  readonly opened: OpenCase[];
  readonly reopened: { readonly closed: OpenCase; readonly why: string }[];
  readonly nextAts: { readonly caseId: string; readonly nextAt: Date | null }[];
  readonly closed: { readonly closing: OpenCase; readonly reason: CloseReason }[];
  readonly dropped: Dropped[];
  readonly kept: { readonly touch: StandingTouch; readonly draft: Draft | null }[];
  /** Letters that may be in the post: they stay, and a person is told what speaks against them now. */
  readonly printed: { readonly touch: StandingTouch; readonly why: string | null }[];
  /** Repetitions that wait for another day. */
  readonly postponed: { readonly touchId: string; readonly until: Date }[];
  readonly drafts: { readonly draft: Draft; readonly case: OpenCase }[];
  readonly finished: Finished[];
  /** The law leaves nothing of what is left of their sequence. */
  readonly forbidden: Forbidden[];
  /** Cases whose sequence goes on, or that are over. */
  readonly unfinished: OpenCase[];
  readonly looks: { readonly customerId: string; readonly at: Date }[];
}

/** Decides for everybody that was read (S11), and works out what that changes. Writes nothing. */
export async function workOf(tx: Tx, planning: Planning): Promise<Work> {
  const work: Work = {
    decisions: [],
    unreached: [],
    opened: [],
    reopened: [],
    nextAts: [],
    closed: [],
    dropped: [],
    kept: [],
    printed: [],
    postponed: [],
    drafts: [],
    finished: [],
    forbidden: [],
    unfinished: [],
    looks: [],
  };
  const pursued = new Set<string>();
  // S3: one touch a customer a day; the other currency follows on its next day, or after a call in hand had its time
  const busy: Busy = { taken: new Map(), calls: new Map() };
  for (const position of inTurnToday(planning))
    if (await decideFor(tx, planning, position, work, busy)) pursued.add(keyOf(position));
  for (const [key, closing] of planning.cases)
    if (!pursued.has(key)) await closeOne(tx, planning, key, closing, work);
  const paid = work.closed.filter(({ reason }) => reason === 'paid').map(({ closing }) => closing);
  const thanks = await thankYousOf(tx, planning, paid);
  work.drafts.push(...thanks);
  work.looks.push(...thanks.map(({ draft }) => lookOn(planning, draft, planning.today)));
  const ownerless = [...planning.standing].filter(([key]) => !pursued.has(key) && !planning.cases.has(key));
  await keepThanks(
    tx,
    planning,
    ownerless.flatMap(([, touches]) => touches),
    work,
  );
  return work;
}

/** One customer and currency. False: nothing of theirs is pursued. */
async function decideFor(
  tx: Tx,
  planning: Planning,
  position: Position,
  work: Work,
  busy: Busy,
): Promise<boolean> {
  const { company, known, now, today } = planning;
  const key = keyOf(position);
  const open = planning.cases.get(key) ?? null;
  const { next, draft, basis, missing } = decide(known, position);
  if (missing !== null) work.unreached.push({ position, missing });
  const dueToday = draft !== null && isToday(draft.plannedFor, now, company.time_zone);
  if (next.lookAgainOn !== null) work.looks.push(lookOn(planning, position, next.lookAgainOn));
  // R5: a payment that is dated ahead counts from each day anew
  if (historyOf(planning, position).lastPaymentOn === today)
    work.looks.push(lookOn(planning, position, today));
  if (!isPursued(planning, position, { open, draft, held: next.kind === 'held' })) return false;
  const policy = known.policyOf(position.customerId);
  const tooLittle = underMinimum(position, policy, localeOf(company.country));
  const against = tooLittle ?? (next.kind === 'held' ? (next.reasons[0] ?? null) : null);
  const { stands, putOff } = await judgeStanding(tx, planning, position, { draft, against }, work, busy);
  const taken = dueToday ? (stands ? putOff : busy.taken.get(position.customerId)) : undefined;
  const decision = waiting(planning, position, decisionOf(next, position, now, company), taken);
  work.decisions.push({ position, decision, today, now, basis });
  // a case is opened when something is asked for; whatever is said besides, early or while the rest is held, opens it, too
  const asks = dueToday || (position.pastDueMinor > 0 && position.askMinor > 0 && tooLittle === null);
  const owner = open ?? (asks ? await openAgain(tx, planning, position, work) : null);
  if (owner !== null && owner.nextAt?.getTime() !== decision.nextAt?.getTime())
    work.nextAts.push({ caseId: owner.caseId, nextAt: decision.nextAt });
  const finished = 'finished' in next && next.finished && position.pastDueMinor > 0;
  const why = next.kind === 'held' && position.pastDueMinor > 0 ? (next.forbidden ?? []) : [];
  if (owner !== null && finished) work.finished.push({ case: owner, position });
  else if (owner !== null && why.length > 0) work.forbidden.push({ case: owner, position, why });
  else if (owner !== null) work.unfinished.push(owner);
  if (stands || dueToday) work.looks.push(lookOn(planning, position, today));
  if (dueToday && !stands && owner !== null && taken === undefined) {
    takeDay(busy, position.customerId, { channel: draft.step.channel, currency: position.currency }, 'plan');
    work.drafts.push({ draft, case: owner });
    const later = givesWay(planning, busy, draft);
    if (later !== null) work.postponed.push(later);
  }
  return true;
}

/**
 * What becomes of the touches that stand for a customer and currency. `stands`: one of them stays, or waits as a printed
 * letter; `putOff`: why it is not for today (S3).
 */
async function judgeStanding(
  tx: Tx,
  planning: Planning,
  position: Position,
  { draft, against }: { readonly draft: Draft | null; readonly against: Reason | null },
  work: Work,
  busy: Busy,
): Promise<{ readonly stands: boolean; readonly putOff: Reason | undefined }> {
  const { company, today } = planning;
  const ofToday = (at: Date): boolean => dayAt(at, company.time_zone) === today;
  const plans = livePlans(planning, position);
  let stands = false;
  let putOff: Reason | undefined;
  for (const touch of planning.standing.get(keyOf(position)) ?? []) {
    if (touch.resend_of !== null) {
      keepRepetition(planning, position, touch, work, busy);
      continue;
    }
    const why = await whyDropped(tx, company, touch, draft, position, against, plans);
    if (touch.printed_at !== null) {
      stands = true;
      keepPrinted(work, touch, why);
      continue;
    }
    if (why !== null || stands) {
      work.dropped.push({ touch, why: why ?? 'it stood twice.' });
      continue;
    }
    stands = true;
    const inHand = isInHandToday(planning, touch, draft?.plannedFor ?? touch.planned_for);
    const other = inHand ? putOffBy(busy, touch) : null;
    if (other !== null) {
      putOff = other;
      work.kept.push({ touch, draft: null });
      work.postponed.push({ touchId: touch.touch_id, until: fromTomorrow(planning, position) });
      continue;
    }
    if (inHand) putOnList(planning, position, touch, busy);
    work.kept.push({ touch, draft });
    if (ofToday(touch.created_at)) takeDay(busy, position.customerId, touch, 'plan');
  }
  return { stands, putOff };
}

/** R6: the case that these invoices had, as it was; a new one for what was never asked for. */
async function openAgain(tx: Tx, planning: Planning, position: Position, work: Work): Promise<OpenCase> {
  const { company, closed, now } = planning;
  const earlier = closed.get(keyOf(position)) ?? [];
  const found = await caseToReopen(tx, company.company_id, earlier, position, company.time_zone);
  if (found !== null) {
    work.reopened.push(found);
    return found.closed;
  }
  const opened = newCase(position.customerId, position.currency, now);
  work.opened.push(opened);
  return opened;
}

function keepRepetition(
  { known }: Planning,
  position: Position,
  touch: StandingTouch,
  work: Work,
  busy: Busy,
): void {
  const now = repetitionNow(known, position, touch);
  if (now.kind === 'dropped') work.dropped.push({ touch, why: now.why });
  else if (now.kind === 'later') work.postponed.push({ touchId: touch.touch_id, until: now.until });
  else if (now.busy) takeDay(busy, position.customerId, touch, 'plan');
}
