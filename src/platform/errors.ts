/**
 * The closed list of ways in which a ledger can refuse. Judged from status and code, never from message text;
 * 429 is judged before anything else.
 */
export type LedgerErrorKind =
  | 'rate_limited'
  | 'reconnect_needed'
  | 'forbidden'
  | 'invalid'
  | 'gone'
  | 'conflict'
  | 'closed_period'
  | 'unavailable';

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly kind: LedgerErrorKind;
  /** The vendor's own words, for the page; never a token, never a body. */
  readonly vendorSays: string;
  /** Seconds to wait before the next attempt, when the vendor said so. */
  readonly retryAfterSeconds: number | null;
  /** The vendor's id of the exchange (`intuit_tid`, `Xero-Correlation-Id`), for their support. */
  readonly traceId: string | null;
  /** True when the request may have been carried out although no answer came. */
  readonly outcomeUnknown: boolean;
  /** True when only our own budget of reads stands in the way: no fault of anybody's, it is done later. */
  readonly deferred: boolean;

  constructor(
    kind: LedgerErrorKind,
    vendorSays: string,
    more: {
      retryAfterSeconds?: number | null;
      traceId?: string | null;
      outcomeUnknown?: boolean;
      deferred?: boolean;
    } = {},
  ) {
    super(`${kind}: ${vendorSays}`);
    this.kind = kind;
    this.vendorSays = vendorSays;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.traceId = more.traceId ?? null;
    this.outcomeUnknown = more.outcomeUnknown ?? false;
    this.deferred = more.deferred ?? false;
  }
}

/** The closed list of errors that a person or an API client can meet, each with its HTTP status. */
export const userErrors = {
  bad_input: 400,
  not_signed_in: 401,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  stale_form: 419,
  too_many_requests: 429,
  connect_refused: 400,
  state_invalid: 400,
  already_connected: 409,
  books_not_fresh: 409,
  ledger_unavailable: 502,
  not_ready: 503,
} as const;

export type UserErrorCode = keyof typeof userErrors;

/** An error whose words are meant for the person: what happened, what it means, what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;
  readonly status: number;
  /** What to do, as a sentence. */
  readonly action: string;
  /** The one value of what was asked that has to change, by its name; null: none in particular. */
  readonly field: string | null;

  constructor(code: UserErrorCode, message: string, action: string, field: string | null = null) {
    super(message);
    this.code = code;
    this.status = userErrors[code];
    this.action = action;
    this.field = field;
  }
}
