import { scopesOf } from './scopes.ts';

/** What an app asks for on the authorise address. */
export interface AuthorizeRequest {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state?: string;
  nonce?: string;
  challenge?: string;
  challengeMethod?: string;
}

/** Why an authorise request is refused, in OAuth's word and in a person's. */
export interface AuthorizeFault {
  error: 'unauthorized_client' | 'invalid_request' | 'unsupported_response_type' | 'invalid_scope';
  words: string;
}

/** Reads and judges the query of the authorise address for the app with this client id. */
export function readAuthorize(
  query: Record<string, string>,
  clientId: string,
): AuthorizeRequest | AuthorizeFault {
  const fault = (error: AuthorizeFault['error'], words: string): AuthorizeFault => ({ error, words });
  if (query.client_id !== clientId)
    return fault('unauthorized_client', 'Unknown client or client not enabled');
  const redirectUri = query.redirect_uri ?? '';
  if (!isAllowedRedirect(redirectUri)) {
    return fault('invalid_request', 'Invalid redirect_uri: https, or http://localhost, without a fragment');
  }
  if (query.response_type !== 'code') return fault('unsupported_response_type', 'response_type must be code');
  const scopes = scopesOf(query.scope ?? '');
  if (!scopes) return fault('invalid_scope', `Invalid scope for client: ${query.scope ?? ''}`);
  if (query.code_challenge && !['S256', 'plain', undefined].includes(query.code_challenge_method)) {
    return fault('invalid_request', 'Transform algorithm not supported');
  }
  return {
    clientId,
    redirectUri,
    scopes,
    ...(query.state !== undefined ? { state: query.state } : {}),
    ...(query.nonce !== undefined ? { nonce: query.nonce } : {}),
    ...(query.code_challenge ? { challenge: query.code_challenge } : {}),
    ...(query.code_challenge ? { challengeMethod: query.code_challenge_method ?? 'plain' } : {}),
  };
}

/** https anywhere, http only on localhost (127.0.0.1 is refused, as Xero does). */
function isAllowedRedirect(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
}

/** The app's address with the outcome added to its query. */
export function redirectWith(request: AuthorizeRequest, outcome: Record<string, string>): string {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  if (request.state !== undefined) url.searchParams.set('state', request.state);
  return url.toString();
}
