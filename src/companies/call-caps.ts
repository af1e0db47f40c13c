import type { CallLimits, CallPurpose } from '../ports/call-gate.ts';

/** What of the limits holds for one caller; null: nothing stands in the way. The database compares (0010_calls.sql). */
export interface CallCaps {
  readonly atOnce: number;
  /** Calls in a minute, whoever made them, at which this caller stops; a write may stop sooner. */
  readonly perMinute: number;
  readonly writesPerMinute: number;
  /** The vendor's own minute, which the two above may stay below. */
  readonly perMinuteInAll: number;
  readonly perDay: readonly number[];
  readonly appPerMinute: number | null;
  /** The part of the vendor's day that is kept for others. */
  readonly dayShareKept: number;
  readonly appReadsPerMonth: number | null;
  /** The vendor's own limit, which the one above may stay below. */
  readonly appReadsInAll: number | null;
  readonly readsPerMonth: number | null;
  readonly readsPerDay: number | null;
  /** Whether a read counts against the company's own budget. */
  readonly charged: boolean;
}

/** RATE-08: background work stops at this part of a budget, and leaves as much of the vendor's day. */
const BACKGROUND_SHARE = 0.8;
const DAY_SHARE_KEPT = 0.2;
/** Of the app's month a twentieth is kept for the reads right before sending. */
const PERSON_APP_SHARE = 0.95;

/**
 * Of the vendor's minute: a page takes its two thirds at most, background work its half, and a note leaves a fifth, so
 * that the read right before sending always finds a place.
 */
const MINUTE_SHARE: Readonly<Record<CallPurpose, number>> = {
  send: 1,
  first: 1,
  person: 2 / 3,
  background: 1 / 2,
};
const WRITE_SHARE = 0.8;

/**
 * Who may go: the vendor's own limits hold for everybody. Our budget of a company stops background work at four
 * fifths and a person when it is used up; a first reading is not charged to it, and a read before sending or a note is
 * never refused by it.
 */
export function capsFor(limits: CallLimits, purpose: CallPurpose): CallCaps {
  const { atOnce, perMinute, perDay, appPerMinute, appReadsPerMonth } = limits;
  const company = { send: null, first: null, person: 1, background: BACKGROUND_SHARE }[purpose];
  const app = { send: 1, first: PERSON_APP_SHARE, person: PERSON_APP_SHARE, background: BACKGROUND_SHARE };
  return {
    atOnce,
    perMinute: shareOf(perMinute, MINUTE_SHARE[purpose]),
    writesPerMinute: shareOf(perMinute, Math.min(WRITE_SHARE, MINUTE_SHARE[purpose])),
    perMinuteInAll: perMinute,
    perDay,
    appPerMinute,
    dayShareKept: purpose === 'background' ? DAY_SHARE_KEPT : 0,
    appReadsPerMonth: part(appReadsPerMonth, app[purpose]),
    appReadsInAll: appReadsPerMonth,
    readsPerMonth: part(limits.readsPerMonth, company),
    readsPerDay: part(limits.readsPerDay, company),
    charged: purpose !== 'first',
  };
}

/** Never nothing: a share of very little is one call. */
function shareOf(limit: number, share: number): number {
  return Math.max(1, Math.floor(limit * share));
}

function part(limit: number | null, share: number | null): number | null {
  return limit === null || share === null ? null : Math.floor(limit * share);
}

/** What the database says to a call. */
export type CallVerdict =
  | 'go'
  | 'at_once'
  | 'minute'
  | 'minute_share'
  | 'asked_to_wait'
  | 'day'
  | 'day_share'
  | 'app_month'
  | 'app_share'
  | 'budget_month'
  | 'budget_day';

/** A wait that is this short is waited for in place, in seconds; a longer one is for the job's next run. */
const SHORT_WAIT_S = 20;

/** How long to wait in place, in seconds, before the place is asked for again; null: it is refused. */
export function waitInPlace(
  verdict: CallVerdict,
  seconds: number | null,
  waitedSeconds: number,
): number | null {
  // somebody's call ends any moment; all of them end within the minute that a call may take
  if (verdict === 'at_once') return waitedSeconds > 90 ? null : 0.05;
  if (!['minute', 'minute_share', 'asked_to_wait'].includes(verdict)) return null;
  if (seconds === null || waitedSeconds + seconds > SHORT_WAIT_S) return null;
  return Math.max(seconds, 0.05);
}

/** Only our own budget stands in the way: no fault, it is done later. */
export function isDeferred(verdict: CallVerdict): boolean {
  return ['budget_month', 'budget_day', 'day_share', 'app_share', 'minute_share'].includes(verdict);
}

/** Why a call was refused, for a person. `label` names the ledger. */
export function refusalWords(verdict: CallVerdict, label: string): string {
  switch (verdict) {
    case 'budget_month':
      return `this month's reads of ${label} are used up for this purpose; what is left is kept for sending`;
    case 'budget_day':
      return `today's reads of ${label} are used up for this purpose; what is left is kept for sending`;
    case 'minute_share':
      return `what is left of this minute's calls to ${label} is kept for sending`;
    case 'day_share':
      return `what is left of today's calls to ${label} is kept for sending`;
    case 'app_month':
      return `the reads of ${label} that this installation of Duly has in a month are used up until the 1st; whoever runs it can ask ${label} for more`;
    case 'app_share':
      return `what is left of this month's reads of ${label} is kept for sending`;
    case 'day':
      return `today's calls to ${label} are used up`;
    case 'asked_to_wait':
      return `${label} asked us to wait`;
    default:
      return `${label} takes no more calls at this moment`;
  }
}
