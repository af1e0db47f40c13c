import type { HttpClient } from '../../src/platform/http.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Where Intuit is and who we are there. Empty client id or secret: QuickBooks is not offered. */
export interface QuickBooksSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Verifier token of the webhook; empty: every webhook is refused. */
  readonly webhookToken: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly userinfoUrl: string;
  readonly jwksUrl: string;
  /** `/v3/company/{realmId}/…` lies below it. */
  readonly apiUrl: string;
  /** Where a person sees the books when that isn't QuickBooks itself: `{appUrl}/{realmId}/invoices/{id}`. */
  readonly appUrl?: string;
}

export interface QuickBooksDeps {
  readonly clock: Clock;
  readonly http: HttpClient;
}

/** Basic authorisation of this client, as Intuit's token and revocation addresses want it. */
export function basicAuth(settings: QuickBooksSettings): string {
  return `Basic ${Buffer.from(`${settings.clientId}:${settings.clientSecret}`).toString('base64')}`;
}
