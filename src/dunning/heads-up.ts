import { type Day, dayAt } from '../domain/day.ts';
import type { Step } from '../policies/step.ts';
import { beginOf, type Limit } from './limit.ts';

/** So long whoever owns the relationship has to say a word before something leaves that nobody else looks at. */
export const LEAD_MS = 3_600_000;

/** P9: what whoever owns the relationship was told last about a step of a case. */
export interface Told {
  /** The touch that it was about then. */
  readonly touchId: string;
  readonly toldAt: Date;
  /** When it would leave at the earliest, as they were told. */
  readonly leavesAt: Date;
  /** They were told that it waits for a person. */
  readonly waits: boolean;
}

/** By customer, currency and step, of open cases; null: they were told nothing of it. */
export type ToldOf = (customerId: string, currency: string, stepKey: string) => Told | null;

/** A touch as far as what was told of it depends on it. */
export interface Ahead {
  /** Null: it is not written down yet. */
  readonly touchId: string | null;
  readonly leavesAt: Date;
  /** A person has, or had, to release it or does it: nothing leaves by itself. */
  readonly byPerson: boolean;
}

/**
 * P9: whether what was told of a step still holds, so that they are not told again: its day (in `zone`, the company's) is
 * the same, or it is the very touch, on which a person lets them wait. Never, once it leaves by itself and they were told
 * that it waits. Amounts and invoices are not told, so that a change of them changes nothing.
 */
export function stillTold(told: Told | null, of: Ahead, zone: string): boolean {
  if (told === null || (told.waits && !of.byPerson)) return false;
  const [before, now] = [dayAt(told.leavesAt, zone), dayAt(leavesAfter(told.toldAt, of), zone)];
  return before === now || (of.byPerson && of.touchId === told.touchId && before < now);
}

/** P9: when something can leave of which they hear at `toldAt`: they have an hour where nobody else looks at it. */
export function leavesAfter(toldAt: Date, of: Pick<Ahead, 'leavesAt' | 'byPerson'>): Date {
  return new Date(Math.max(of.leavesAt.getTime(), toldAt.getTime() + (of.byPerson ? 0 : LEAD_MS)));
}

/** P9: who is told of a customer's steps, as far as their time depends on it. */
export interface Informed {
  /** Whoever owns the relationship, by name or address. */
  readonly who: string;
  readonly toldOf: (stepKey: string) => Told | null;
  /** Whether a step would leave without a person. */
  readonly byItself: (step: Step) => boolean;
  /** The step's touch that is written down already; null: there is none. */
  readonly standing: { readonly touchId: string; readonly stepKey: string } | null;
}

/**
 * P9: before when a step may not leave that could at `at`, as they hear of it first: an hour from the telling, which is
 * when it is written down, at the beginning of its day in the company's zone. Null: nobody has to be told. Pure.
 */
export function leadOf(
  step: Step,
  at: Date,
  of: { readonly informed: Informed | null; readonly now: Date; readonly companyZone: string },
): Limit | null {
  const { informed, now, companyZone: zone } = of;
  if (informed === null || !step.recipients.informSales || !informed.byItself(step)) return null;
  const stands = informed.standing?.stepKey === step.key ? informed.standing : null;
  const told = informed.toldOf(step.key);
  const known = stillTold(told, { touchId: stands?.touchId ?? null, leavesAt: at, byPerson: false }, zone);
  const day: Day = dayAt(at, zone);
  const written = stands === null ? Math.max(now.getTime(), beginOf(day, [zone]).getTime()) : now.getTime();
  const toldAt = known && told !== null ? told.toldAt.getTime() : written;
  return {
    at: new Date(toldAt + LEAD_MS),
    reason: { rule: 'P9', words: `${informed.who} hears of it an hour before it leaves.` },
  };
}
