import { addBusinessDays, type BusinessCalendar } from '../../domain/calendar.ts';
import type { Day } from '../../domain/day.ts';
import type { ConsequenceKind } from '../../policies/consequences/consequence.ts';

/** `not_needed`: the customer paid, so nothing had to be done. `unheard`: its message came back, so nobody was told. */
export const announcementStates = [
  'announced',
  'done',
  'withdrawn',
  'broken',
  'not_needed',
  'unheard',
] as const;
export type AnnouncementState = (typeof announcementStates)[number];

/** What was announced to a customer, and what became of it (P8). Days in the company's zone. */
export interface Announcement {
  readonly announcementId: string;
  readonly kind: ConsequenceKind;
  readonly caseId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly touchId: string;
  /** The clause as the customer read it. */
  readonly words: string;
  readonly announcedOn: Day;
  readonly actOn: Day;
  readonly ownerName: string;
  readonly doing: string;
  readonly state: AnnouncementState;
  /** Whether it was held when it was last looked at. */
  readonly held: boolean;
  /** The day on which it was first seen free after a hold; null: it never was held. */
  readonly freeOn: Day | null;
  readonly settledOn: Day | null;
  readonly settledBy: string | null;
  readonly note: string | null;
}

/** How long after its day a consequence may be done without counting as broken. */
export const LATE_BUSINESS_DAYS = 5;

export interface Standing {
  readonly actOn: Day;
  /** The first day after the last hold of it that is over; null: there was none. */
  readonly freeOn: Day | null;
  /** Whether anything that the message named is still open. */
  readonly open: boolean;
  /** Whether the customer is held, or all of it that is open: nobody acts against somebody who disputes, promised or agreed a plan. */
  readonly held: boolean;
}

/**
 * What an announced consequence is today, and when that can change by itself: nobody acts before its day; then it is due
 * for the business; five business days later it is broken. Paid: nothing has to be done any more. Held: its day waits
 * with the customer, and the business has its five days from the end of the hold.
 */
export function follow(
  standing: Standing,
  today: Day,
  calendar: BusinessCalendar,
): { readonly is: 'waiting' | 'due' | 'broken' | 'not_needed'; readonly lookOn: Day | null } {
  if (!standing.open) return { is: 'not_needed', lookOn: null };
  if (today < standing.actOn) return { is: 'waiting', lookOn: standing.actOn };
  const { actOn, freeOn } = standing;
  const from = freeOn !== null && freeOn > actOn ? freeOn : actOn;
  const brokenFrom = addBusinessDays(from, LATE_BUSINESS_DAYS, calendar);
  if (standing.held) return { is: 'waiting', lookOn: null };
  if (today < brokenFrom) return { is: 'due', lookOn: brokenFrom };
  return { is: 'broken', lookOn: null };
}
