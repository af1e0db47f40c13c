import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { DocStore } from '../../store.ts';

type Claims = Record<string, unknown>;

/** The RS256 key of the identity service, made once and kept in the store. */
export class SigningKey {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private readonly kid = 'XERO-SANDBOX-1';

  constructor(store: DocStore) {
    let pem = store.all<{ pem: string }>('xero-key').get('main')?.pem;
    if (pem === undefined) {
      const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
      pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      store.put('xero-key', 'main', { pem });
    }
    this.privateKey = createPrivateKey(pem);
    this.publicKey = createPublicKey(this.privateKey);
  }

  /** The key set as published. */
  jwks(): { keys: Claims[] } {
    const { n, e, kty } = this.publicKey.export({ format: 'jwk' });
    return { keys: [{ kty, use: 'sig', alg: 'RS256', kid: this.kid, n, e }] };
  }

  /** A signed JWT. */
  sign(claims: Claims): string {
    const head = encode({ alg: 'RS256', kid: this.kid, typ: 'JWT' });
    const body = `${head}.${encode(claims)}`;
    return `${body}.${sign('RSA-SHA256', Buffer.from(body), this.privateKey).toString('base64url')}`;
  }

  /** The claims of a JWT of ours, whatever its age; undefined when it is not ours. */
  read(token: string): Claims | undefined {
    const [head, body, mark] = token.split('.');
    if (!head || !body || !mark) return undefined;
    const good = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${body}`),
      this.publicKey,
      Buffer.from(mark, 'base64url'),
    );
    return good ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims) : undefined;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
