import { createRemoteJWKSet, customFetch, type JWTPayload, jwtVerify } from 'jose';
import { LedgerError } from '../../src/platform/errors.ts';
import type { VendorIdentity } from '../../src/ports/ledger.ts';
import type { XeroDeps, XeroSettings } from './deps.ts';
import { refusal, unreachable } from './refusal.ts';

const issuer = 'https://identity.xero.com';

export interface IdentityProof {
  /** Throws LedgerError `invalid` when the token isn't Xero's, isn't for us, is old or answers another nonce. */
  verify(idToken: string | null, nonce: string): Promise<VendorIdentity>;
}

/** Checks id tokens against Xero's published keys, which are fetched once and again when a new key id turns up. */
export function identityProof(settings: XeroSettings, deps: XeroDeps): IdentityProof {
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null;
  return {
    async verify(idToken, nonce) {
      if (idToken === null) throw unproven('it was missing');
      keys ??= createRemoteJWKSet(new URL(settings.jwksUrl), {
        [customFetch]: (url: string) => fetchKeys(url, deps),
      });
      const payload = await verified(idToken, keys, settings.clientId, deps.clock.now());
      if (nonce !== '' && payload.nonce !== nonce) throw unproven('it answers another request');
      return identity(payload);
    },
  };
}

async function fetchKeys(url: string, deps: XeroDeps): Promise<Response> {
  const result = await deps.http.send({ method: 'GET', url, headers: { accept: 'application/json' } });
  if (!result.ok) throw unreachable(result, 'read');
  if (result.answer.status !== 200) throw refusal(result.answer, 'read', deps.clock.now());
  return new Response(result.answer.text, { status: 200, headers: { 'content-type': 'application/json' } });
}

async function verified(
  idToken: string,
  keys: ReturnType<typeof createRemoteJWKSet>,
  audience: string,
  currentDate: Date,
): Promise<JWTPayload> {
  try {
    const checked = await jwtVerify(idToken, keys, {
      issuer,
      audience,
      currentDate,
      algorithms: ['RS256'],
      // clocks differ; the token lives five minutes
      clockTolerance: 60,
      requiredClaims: ['sub', 'exp'],
    });
    return checked.payload;
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    // only the library's code: its message may quote the token's claims
    throw unproven(String((error as { code?: unknown }).code ?? 'unreadable'));
  }
}

function unproven(why: string): LedgerError {
  return new LedgerError('invalid', `Xero's proof of who signed in was refused: ${why}`);
}

function identity(payload: JWTPayload): VendorIdentity {
  const claim = (name: string) => (typeof payload[name] === 'string' ? payload[name].trim() : '');
  const email = claim('email');
  const given = [claim('given_name'), claim('family_name')].filter((part) => part !== '').join(' ');
  return {
    subject: claim('sub'),
    email,
    emailVerified: payload.email_verified === true || payload.email_verified === 'true',
    name: claim('name') || given || email,
  };
}
