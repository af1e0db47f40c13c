import { createRemoteJWKSet, customFetch, type JWTPayload, jwtVerify } from 'jose';
import { LedgerError } from '../../src/platform/errors.ts';
import { at, flag, readJson, text } from '../../src/platform/json.ts';
import type { TokenGrant, VendorIdentity } from '../../src/ports/ledger.ts';
import type { QuickBooksDeps, QuickBooksSettings } from './settings.ts';

const issuer = 'https://oauth.platform.intuit.com/op/v1';
const toleranceSeconds = 120;

/** Proves who signed in and to which company: `realmId` is the one the id token names, if it names one. */
export type IdentityReader = (
  grant: TokenGrant,
  nonce: string,
) => Promise<{ readonly identity: VendorIdentity; readonly realmId: string | null }>;

/** Checks id tokens against Intuit's published keys (kept in memory) and reads the person's e-mail and name. */
export function identityReader(settings: QuickBooksSettings, deps: QuickBooksDeps): IdentityReader {
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null;
  return async (grant, nonce) => {
    if (grant.idToken === null) throw new LedgerError('invalid', 'Intuit sent no proof of who signed in');
    keys ??= createRemoteJWKSet(new URL(settings.jwksUrl), { [customFetch]: keyFetch(deps) });
    const claims = await verify(grant.idToken, keys, settings.clientId, deps.clock.now());
    // Intuit's discovery names no nonce claim: compared when it is there; `state` binds the flow in any case
    const echoed = claims.nonce;
    if (echoed !== undefined && echoed !== nonce) throw unproven();
    const subject = claims.sub;
    if (subject === undefined || subject === '') throw unproven();
    const identity = await userInfo(settings, deps, grant.accessToken, subject);
    const realm = claims.realmid;
    return { identity, realmId: typeof realm === 'string' && realm !== '' ? realm : null };
  };
}

function unproven(): LedgerError {
  return new LedgerError('invalid', "Intuit's proof of who signed in could not be verified");
}

async function verify(
  idToken: string,
  keys: ReturnType<typeof createRemoteJWKSet>,
  audience: string,
  currentDate: Date,
): Promise<JWTPayload> {
  try {
    const checks = { issuer, audience, currentDate, clockTolerance: toleranceSeconds, algorithms: ['RS256'] };
    return (await jwtVerify(idToken, keys, checks)).payload;
  } catch (error) {
    // the library's errors carry the claims, so they go no further
    if (error instanceof LedgerError) throw error;
    throw unproven();
  }
}

/** Keys are fetched through our own client, so that they come from the configured address and nowhere else. */
function keyFetch(deps: QuickBooksDeps) {
  return async (url: string): Promise<Response> => {
    const result = await deps.http.send({ method: 'GET', url, headers: { accept: 'application/json' } });
    if (!result.ok || result.answer.status !== 200) {
      throw new LedgerError('unavailable', "Intuit's keys could not be read");
    }
    return new Response(result.answer.text, { status: 200 });
  };
}

async function userInfo(
  settings: QuickBooksSettings,
  deps: QuickBooksDeps,
  accessToken: string,
  subject: string,
): Promise<VendorIdentity> {
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
  const result = await deps.http.send({ method: 'GET', url: settings.userinfoUrl, headers });
  if (!result.ok) throw new LedgerError('unavailable', `Intuit ${result.reason}`);
  const { status, traceId } = result.answer;
  const body = readJson(result.answer.text);
  if (status !== 200 || body === undefined) {
    const kind = status === 429 ? 'rate_limited' : 'unavailable';
    throw new LedgerError(kind, `Intuit did not say who signed in (status ${status})`, { traceId });
  }
  if (text(at(body, 'sub')) !== subject) throw unproven();
  const email = text(at(body, 'email')) ?? '';
  // camelCase is Intuit's own spelling, not OpenID's
  const names = [text(at(body, 'givenName')), text(at(body, 'familyName'))].filter((name) => name !== null);
  return {
    subject,
    email,
    emailVerified: flag(at(body, 'emailVerified')) === true,
    name: names.join(' ') || email,
  };
}
