/** What an app asks of Intuit's consent page. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly nonce?: string;
}

/** Either the request is good, or the person sees why not, or the app is told by a redirect. */
export type AuthorizeCheck =
  | { readonly kind: 'good'; readonly request: AuthorizeRequest }
  | { readonly kind: 'page'; readonly words: string }
  | { readonly kind: 'redirect'; readonly to: string };

export const ACCOUNTING = 'com.intuit.quickbooks.accounting';

const SCOPES: readonly string[] = [
  ACCOUNTING,
  'com.intuit.quickbooks.payment',
  'openid',
  'profile',
  'email',
  'phone',
  'address',
];

/**
 * Checks the parameters as Intuit does. Without a known client and a usable redirect address nothing may be
 * sent anywhere: the person is told instead.
 */
export function checkAuthorize(query: Readonly<Record<string, unknown>>, clientId: string): AuthorizeCheck {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const redirectUri = text('redirect_uri');
  if (text('client_id') !== clientId)
    return { kind: 'page', words: 'The app that sent you here is not known.' };
  if (!usable(redirectUri)) {
    return { kind: 'page', words: 'The redirect_uri query parameter value is invalid.' };
  }
  const state = text('state');
  if (state === '') return { kind: 'page', words: 'The state query parameter is missing.' };
  const refuse = (error: string): AuthorizeCheck => ({
    kind: 'redirect',
    to: withQuery(redirectUri, { error, state }),
  });
  if (text('response_type') !== 'code') return refuse('unsupported_response_type');
  const scopes = text('scope').split(/\s+/).filter(Boolean);
  if (scopes.length === 0 || scopes.some((one) => !SCOPES.includes(one))) return refuse('invalid_scope');
  const nonce = text('nonce');
  return { kind: 'good', request: { clientId, redirectUri, scopes, state, ...(nonce && { nonce }) } };
}

/** Absolute, http or https, and without query or fragment: Intuit takes no others. */
function usable(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol } = new URL(redirectUri);
  return /^https?:$/.test(protocol) && !/[?#]/.test(redirectUri);
}

export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  return `${address}?${new URLSearchParams(query)}`;
}
