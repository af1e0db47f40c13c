import { type BusinessCalendar, businessCalendar } from '../../../src/domain/calendar.ts';
import { addDays, type Day, dayAt, instantAt } from '../../../src/domain/day.ts';
import type { Reason } from '../../../src/domain/reason.ts';
import { emptyHistory, type History, withTouch } from '../../../src/dunning/history.ts';
import { type NextStep, type NextStepInput, nextStep } from '../../../src/dunning/next-step.ts';
import { noPlans } from '../../../src/dunning/payment-plan.ts';
import type { Policy } from '../../../src/policies/policy.ts';
import type { Channel, Step } from '../../../src/policies/step.ts';
import { hold, owed, position, usd } from '../../receivables/support.ts';
import { currency } from '../../support/values.ts';
import { LENGTH, type World } from './world.ts';

type Due = Extract<NextStep, { kind: 'step' }>;

/** A touch that was made, with all that it rested on. */
export interface Sent {
  readonly at: Date;
  readonly on: Day;
  readonly step: Step;
  readonly steps: readonly { readonly invoiceId: string; readonly step: Step; readonly times: number }[];
  readonly listed: readonly string[];
  readonly askMinor: number;
  readonly policy: Policy;
  readonly reasons: readonly Reason[];
}

/** A step that a person passed over. */
export interface Skipped {
  readonly on: Day;
  readonly invoiceId: string;
  readonly step: Step;
}

export interface Lived {
  readonly sent: readonly Sent[];
  readonly skipped: readonly Skipped[];
  /** How often it was decided. */
  readonly decisions: number;
}

export type Decider = (input: NextStepInput) => NextStep;

const other = currency('EUR');

/**
 * Lives through the days with nothing but the decision. `daily`: it wakes every day, and at the instant that was
 * decided. `when_told`: only on days that the decision named, or on which something happened, as the plan does.
 */
export function live(
  world: World,
  wakes: 'daily' | 'when_told',
  decide: Decider = nextStep,
  days = LENGTH,
): Lived {
  const life = new Life(world, decide);
  let look: Day | null = world.start;
  let wasDown = false;
  for (let index = 0; index < days; index += 1) {
    const today = addDays(world.start, index);
    life.hear(today, index);
    if (world.outages.some(([from, days]) => index >= from && index < from + days)) {
      wasDown = true;
      continue;
    }
    const told = wasDown || life.happens(index, today) || (look !== null && look <= today);
    // its day begins at midnight, unless nobody listened then
    const hour = wasDown ? world.hour : 0;
    wasDown = false;
    if (wakes === 'daily' || told) look = life.liveThrough(today, index, hour);
  }
  return life;
}

class Life implements Lived {
  readonly sent: Sent[] = [];
  readonly skipped: Skipped[] = [];
  decisions = 0;
  readonly #calendar: BusinessCalendar;
  #history: History = emptyHistory;

  readonly world: World;
  readonly decide: Decider;

  constructor(world: World, decide: Decider) {
    this.world = world;
    this.decide = decide;
    this.#calendar = businessCalendar(...world.debtor);
  }

  /** Something other than time changes what is decided. */
  happens(index: number, today: Day): boolean {
    const { world } = this;
    return (
      [...world.payments, ...world.otherCurrency, ...world.skips, world.changed?.on].includes(index) ||
      world.clockBack.some(([on]) => on === index) ||
      world.pause?.includes(index) === true ||
      world.invoices.some(({ dueOn, paidOn }) => addDays(dueOn, 1) === today || paidOn === today)
    );
  }

  /** One day of a scheduler; returns the day on which it wants to look again. */
  liveThrough(today: Day, index: number, hour: number): Day | null {
    const { world } = this;
    const woken = instantAt(today, `${String(hour).padStart(2, '0')}:00`, world.companyZone);
    let next = this.#ask(today, index, woken);
    if (world.skips.includes(index) && next.kind === 'step') {
      this.#skip(today, next);
      next = this.#ask(today, index, woken);
    }
    if (next.kind === 'step' && dayAt(next.at, world.companyZone) === today) {
      const at = next.at > woken ? next.at : woken;
      next = this.#ask(today, index, at);
      if (next.kind === 'step' && next.at <= at) {
        this.#send(today, at, next, index);
        next = this.#ask(today, index, at);
        // whatever the clock says for a moment: nothing goes twice
        for (const [on, hours] of world.clockBack)
          if (on === index) this.#tryEarlier(index, new Date(at.getTime() - hours * 3_600_000));
      }
    }
    return next.lookAgainOn !== null && next.lookAgainOn <= today ? addDays(today, 1) : next.lookAgainOn;
  }

  #tryEarlier(index: number, now: Date): void {
    const today = dayAt(now, this.world.companyZone);
    const next = this.#ask(today, index, now);
    if (next.kind === 'step' && next.at <= now) this.#send(today, now, next, index);
  }

  #policy(index: number): Policy {
    const { policy, changed, pause } = this.world;
    const own = changed !== null && index >= changed.on ? changed.policy : policy;
    const paused = pause !== null && index >= pause[0] && index < pause[1];
    return paused ? { ...own, paused: 'The sequence is paused.' } : own;
  }

  #ask(today: Day, index: number, now: Date): NextStep {
    const { world } = this;
    this.decisions += 1;
    const open = world.invoices.filter((row) => row.paidOn === null || row.paidOn > today);
    return this.decide({
      position: position({
        today,
        invoices: open.map((row) => owed(row.id, { dueOn: row.dueOn })),
        holds: open
          .filter((row) => row.disputed)
          .map((row) =>
            hold({ kind: 'dispute', scope: 'invoice', invoiceId: row.id, startsOn: world.start }),
          ),
      }),
      policy: this.#policy(index),
      announcing: { catalogue: new Map(), broken: 0 },
      law: world.law,
      debtorType: world.debtorType,
      history: { ...this.#history, lastPaymentOn: lastPaymentOn(world, today) },
      plans: noPlans,
      standing: null,
      informed: null,
      calendar: this.#calendar,
      debtorZones: [world.debtor[2]],
      locale: 'en-US',
      companyZone: world.companyZone,
      now,
    });
  }

  /** What was said about the other currency, by whomever. */
  hear(today: Day, index: number): void {
    if (!this.world.otherCurrency.includes(index)) return;
    const at = instantAt(today, '00:00', this.world.companyZone);
    const contact = { at, on: today, channel: otherChannel(index), currency: other, stepKey: 'first' };
    const broken = this.#history.promiseBrokenOn;
    this.#history = { ...withTouch(this.#history, { ...contact, steps: [] }), promiseBrokenOn: broken };
  }

  #skip(today: Day, next: Due): void {
    for (const { line, step } of next.advances) {
      const { invoiceId } = line;
      this.skipped.push({ on: today, invoiceId, step });
      const done = { invoiceId, stepKey: step.key, stage: step.stage, on: today, skipped: true } as const;
      this.#history = { ...this.#history, stepsDone: [...this.#history.stepsDone, done] };
    }
  }

  #send(today: Day, at: Date, next: Due, index: number): void {
    const times = (invoiceId: string, key: string): number =>
      this.#history.stepsDone.filter((done) => done.invoiceId === invoiceId && done.stepKey === key).length +
      1;
    this.sent.push({
      at,
      on: today,
      step: next.step,
      steps: next.advances.map(({ line, step }) => ({
        invoiceId: line.invoiceId,
        step,
        times: times(line.invoiceId, step.key),
      })),
      listed: next.listed.map((line) => line.invoiceId),
      askMinor: next.askMinor,
      policy: this.#policy(index),
      reasons: next.reasons,
    });
    const { channel, key: stepKey } = next.step;
    const steps = next.advances.map(({ line: { invoiceId }, step }) => ({
      invoiceId,
      stepKey: step.key,
      stage: step.stage,
      on: today,
    }));
    this.#history = withTouch(this.#history, { at, on: today, channel, currency: usd, stepKey, steps });
  }
}

/** How it was said: every second time by a call. */
export function otherChannel(index: number): Channel {
  return index % 2 === 0 ? 'call' : 'email';
}

/** The last day on which money came in, as seen on a day. */
export function lastPaymentOn(world: World, today: Day): Day | null {
  const paid = world.invoices.flatMap(({ paidOn }) => (paidOn !== null && paidOn <= today ? [paidOn] : []));
  const others = world.payments.map((days) => addDays(world.start, days)).filter((on) => on <= today);
  return [...paid, ...others].sort().at(-1) ?? null;
}
