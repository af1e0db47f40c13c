/** Which faults there are, and what each may happen to. Pure. */

export type FaultVendor = 'intuit' | 'xero' | 'postmark';

/** Done for any vendor by the sandbox itself. */
type GeneralKind = 'delay' | 'drop' | 'drop_after_commit' | 'status' | 'html' | 'truncate';

/** Said by the vendor's stand-in in its own words, on its token address. */
type TokenKind = 'token_invalid_grant' | 'token_invalid_client';

/** Said by the vendor's stand-in in its own words, on its accounting API. */
type ApiKind =
  | 'api_401'
  | 'api_403'
  | 'api_401_xml'
  | 'api_403_xml'
  | 'throttle'
  | 'stale'
  | 'closed_period'
  | 'suspended'
  | 'gone'
  | 'system'
  | 'fault_200';

/** Happens to the next webhook call. */
export type HookKind =
  | 'webhook_duplicate'
  | 'webhook_reverse'
  | 'webhook_hold'
  | 'webhook_lose'
  | 'webhook_delay';

/** Not ordered for later: done when it is asked for. */
export const ACTS = ['disconnect', 'expire_tokens', 'expire_refresh'] as const;
export type ActKind = (typeof ACTS)[number];

/** A vendor's stand-in may know more kinds; it finds them in `request.sandboxFault`. */
export type FaultKind = GeneralKind | TokenKind | ApiKind | HookKind | (string & {});

const GENERAL: ReadonlySet<string> = new Set<GeneralKind>([
  'delay',
  'drop',
  'drop_after_commit',
  'status',
  'html',
  'truncate',
]);
const TOKEN_ADDRESS = /\/tokens\/bearer|\/connect\/token/;
const API_ADDRESS = /\/v3\/company\/|\/api\.xro\/|\/connections/;

/** Whether a fault of this kind can happen to a request of that path: so that none is used up for nothing. */
export function fitsRequest(kind: FaultKind, vendor: FaultVendor, path: string): boolean {
  if (kind.startsWith('webhook_')) return false;
  if (GENERAL.has(kind) || vendor === 'postmark') return true;
  return (kind.startsWith('token_') ? TOKEN_ADDRESS : API_ADDRESS).test(path);
}

export function isAct(kind: FaultKind): kind is ActKind {
  return (ACTS as readonly string[]).includes(kind);
}
