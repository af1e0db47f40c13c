import { addDays, type Day } from '../../domain/day.ts';
import { sumMinor } from '../../domain/money.ts';
import { type AgreementState, type AgreementTerms, isLive } from './agreement.ts';
import { type Evidence, type Received, received, receivedByDates, stillOpen } from './received.ts';

export interface Verdict {
  readonly state: AgreementState;
  /** What of it was received, at most the debt: for an offer money only. Minor units. */
  readonly receivedMinor: number;
  /** What is still open on its invoices. */
  readonly openMinor: number;
  /** The next day on which it changes by itself; null: only the books can change it. */
  readonly nextEventOn: Day | null;
}

/** By when how much must have come in, all in all. */
export interface Milestone {
  /** The last day that a payment may have. */
  readonly through: Day;
  /** The morning after this day it is judged. */
  readonly graceUntil: Day;
  readonly sumMinor: number;
}

type Measure = (through: Day) => Received;

/**
 * What became of an agreement by the books as they were read on `today`, a day in the company's zone. Pure, and the same
 * question always has the same answer: what was settled is judged anew, so that a payment that bounced or was entered
 * late is seen. What a person withdrew stays withdrawn.
 */
export function judge(
  terms: AgreementTerms,
  stored: AgreementState,
  evidence: Evidence,
  today: Day,
): Verdict {
  const openMinor = stillOpen(evidence);
  const last = milestonesOf(terms).at(-1)?.through ?? terms.dueOn;
  const byBooks: Measure = (through) => received(evidence, through);
  const verdict = (state: AgreementState, measure = byBooks): Verdict => ({
    state,
    receivedMinor: countedFor(terms, measure(last)),
    openMinor,
    nextEventOn: isLive(state) ? nextEvent(terms, measure, today) : null,
  });
  if (stored === 'withdrawn') return verdict(stored);
  const state = isFailed(stored) ? stored : stateOf(terms, byBooks, today);
  if (isFailed(state)) {
    const byDates: Measure = (through) => receivedByDates(evidence, through);
    const again = stateOf(terms, byDates, today);
    // of what was kept in part, the payment bounced
    const fell = state === 'part_kept' && again === 'broken' && stateOf(terms, byBooks, today) === 'broken';
    return verdict(rank[again] > rank[state] || fell ? again : state, byDates);
  }
  const ended = endedByItself(terms, state, byBooks(last), openMinor);
  if (isLive(stored)) return verdict(ended ?? state);
  // what was kept stays kept when its invoice is voided afterwards
  return verdict(ended === null ? state : stored);
}

/** An offer is taken up with money; a promise and a plan are also served by what the books settle otherwise. */
export function countedFor(terms: AgreementTerms, { settledMinor, moneyMinor }: Received): number {
  return terms.kind === 'offer' ? moneyMinor : settledMinor;
}

/** A promise is waited for until its grace ends; an offer's deadline is its day, grace only delays the judging. */
export function milestonesOf(terms: AgreementTerms): readonly Milestone[] {
  const { amountMinor, dueOn, graceUntil } = terms;
  if (terms.kind === 'promise') return [{ through: graceUntil, graceUntil, sumMinor: amountMinor }];
  if (terms.kind === 'offer') return [{ through: dueOn, graceUntil, sumMinor: amountMinor }];
  return terms.instalments.map((instalment, index) => ({
    through: instalment.graceUntil,
    graceUntil: instalment.graceUntil,
    sumMinor: sumMinor(terms.instalments.slice(0, index + 1).map((other) => other.amountMinor)),
  }));
}

const words = {
  promise: { live: 'pending', done: 'kept', failed: 'broken' },
  plan: { live: 'active', done: 'completed', failed: 'breached' },
  offer: { live: 'open', done: 'accepted', failed: 'lapsed' },
} as const;

/** A later, better evidence may only raise what failed. */
const rank: Readonly<Record<AgreementState, number>> = {
  broken: 0,
  breached: 0,
  lapsed: 0,
  part_kept: 1,
  pending: 2,
  active: 2,
  open: 2,
  kept: 3,
  completed: 3,
  accepted: 3,
  withdrawn: 3,
};

/** Settled without success: its invoices are chased again. */
function isFailed(state: AgreementState): boolean {
  return rank[state] < 2;
}

function stateOf(terms: AgreementTerms, measure: Measure, today: Day): AgreementState {
  const { live, done, failed } = words[terms.kind];
  const milestones = milestonesOf(terms);
  const short = milestones.filter((each) => countedFor(terms, measure(each.through)) < each.sumMinor);
  if (short.length === 0) return done;
  if (short.every((each) => today <= each.graceUntil)) return live;
  return terms.kind === 'promise' && measure(terms.graceUntil).moneyMinor > 0 ? 'part_kept' : failed;
}

/**
 * What it was about may be owed no longer: voided, credited, moved to another customer. Then it ends: with success when
 * money came for what was owed, otherwise without anybody having kept or broken anything.
 */
function endedByItself(
  { kind }: AgreementTerms,
  state: AgreementState,
  { settledMinor, moneyMinor }: Received,
  openMinor: number,
): AgreementState | null {
  const { done } = words[kind];
  const over = state === done || (isLive(state) && openMinor === 0 && settledMinor > 0);
  if (!over) return null;
  return moneyMinor > 0 ? done : 'withdrawn';
}

function nextEvent(terms: AgreementTerms, measure: Measure, today: Day): Day | null {
  const open = milestonesOf(terms).find(
    (each) => today <= each.graceUntil && countedFor(terms, measure(each.through)) < each.sumMinor,
  );
  return open === undefined ? null : addDays(open.graceUntil, 1);
}
