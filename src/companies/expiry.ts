import { EXPIRES_SOON_DAYS } from './notice.ts';

const DAY_MS = 86_400_000;

/** Why a connection ends by itself: `fixed`, a day beyond which no renewal helps; `unused`, nobody read for too long. */
export interface Expiry {
  readonly at: Date;
  readonly why: 'fixed' | 'unused';
}

/** Whole days from `now` to an instant, begun days counted as whole; 0 or less when it is over. */
export function daysUntil(at: Date, now: Date): number {
  return Math.ceil((at.getTime() - now.getTime()) / DAY_MS);
}

/** The end of a connection when it is near (30 days), the earlier of both reasons; null: there is time. */
export function expirySoon(
  tokens: { readonly hard_expires_at: Date | null; readonly refresh_expires_at: Date | null },
  now: Date,
): Expiry | null {
  const ends: Expiry[] = [];
  if (tokens.hard_expires_at !== null) ends.push({ at: tokens.hard_expires_at, why: 'fixed' });
  if (tokens.refresh_expires_at !== null) ends.push({ at: tokens.refresh_expires_at, why: 'unused' });
  const [first] = ends.sort((a, b) => a.at.getTime() - b.at.getTime());
  return first !== undefined && daysUntil(first.at, now) <= EXPIRES_SOON_DAYS ? first : null;
}
