import type { HttpClient } from '../../src/platform/http.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** What the connector needs from the house. */
export interface XeroDeps {
  readonly clock: Clock;
  readonly http: HttpClient;
}

/** Xero's addresses and our keys; every one may be '' when Xero isn't configured. */
export interface XeroSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookKey: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly jwksUrl: string;
  /** `/connections` and `/api.xro/2.0` lie below it. */
  readonly apiUrl: string;
  /** Where a person opens an invoice; absent or '': Xero's own site. */
  readonly appUrl?: string;
}
