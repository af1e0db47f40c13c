import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { SignJWT } from 'jose';
import type { DocStore } from '../../store.ts';
import { ACCESS_SECONDS, type Grant } from './token-life.ts';

export const INTUIT_ISSUER = 'https://oauth.platform.intuit.com/op/v1';

/** Intuit's signing key: made once, kept, so that id_tokens stay valid over a restart. */
export class IdTokenKey {
  private readonly key: KeyObject;
  readonly kid: string;

  constructor(store: DocStore) {
    const kept = store.all<string>('intuit.key').get('id_token');
    const pem = kept ?? newKey();
    if (kept === undefined) store.put('intuit.key', 'id_token', pem);
    this.key = createPrivateKey(pem);
    this.kid = createHash('sha256').update(pem).digest('base64url').slice(0, 16);
  }

  /** The public half as the JWKS address answers it. */
  jwks(): { keys: Record<string, unknown>[] } {
    const { n, e } = createPublicKey(this.key).export({ format: 'jwk' });
    return { keys: [{ kty: 'RSA', e, use: 'sig', kid: this.kid, alg: 'RS256', n }] };
  }

  /** `aud` is an array, and `realmid` is there only when books were asked for too. `now` in milliseconds. */
  async sign(grant: Grant, clientId: string, nonce: string | undefined, now: number): Promise<string> {
    const seconds = Math.floor(now / 1000);
    return await new SignJWT({
      sub: grant.sub,
      aud: [clientId],
      ...(grant.realmId !== undefined && { realmid: grant.realmId }),
      auth_time: Math.floor(grant.startedAt / 1000),
      iss: INTUIT_ISSUER,
      exp: seconds + ACCESS_SECONDS,
      iat: seconds,
      ...(nonce !== undefined && { nonce }),
    })
      .setProtectedHeader({ kid: this.kid, typ: 'JWT', alg: 'RS256' })
      .sign(this.key);
  }
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
