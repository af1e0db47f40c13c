/** How long Intuit's codes and tokens live. Durations in seconds, moments in milliseconds since 1970. */
export const CODE_SECONDS = 600;
export const ACCESS_SECONDS = 3600;
export const DAY_SECONDS = 86_400;
/** 101 days, counted from the day on which the refresh token's string was given out. */
const REFRESH_SECONDS = 8_726_400;
/** Five years from consent, however often the token was refreshed. */
const HARD_SECONDS = 157_788_000;

/** What a person's consent gave to the app: one refresh token at a time, any number of access tokens. */
export interface Grant {
  readonly id: string;
  readonly sub: string;
  /** Absent: the person only signed in. */
  readonly realmId?: string;
  readonly scopes: readonly string[];
  readonly startedAt: number;
  readonly refreshToken: string;
  readonly refreshIssuedAt: number;
  readonly dead: boolean;
}

export function accessExpiresAt(now: number): number {
  return now + ACCESS_SECONDS * 1000;
}

export function hardExpiresAt(grant: Grant): number {
  return grant.startedAt + HARD_SECONDS * 1000;
}

/** The roll of 101 days, cut off by the hard end. */
export function refreshExpiresAt(grant: Grant): number {
  return Math.min(grant.refreshIssuedAt + REFRESH_SECONDS * 1000, hardExpiresAt(grant));
}

export function secondsLeft(moment: number, now: number): number {
  return Math.max(0, Math.floor((moment - now) / 1000));
}
