import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * Everything that is secret at rest goes through here. Sealed bytes are
 * `version (1) | key id (8) | nonce (12) | tag (16) | ciphertext`, AES-256-GCM, so that a key can be rotated:
 * the first key seals, every key opens what it sealed.
 */
export interface Crypto {
  seal(plain: string): Buffer;
  /** Throws when the bytes were changed or no known key sealed them. */
  open(sealed: Buffer): string;
  /** Keyed hash for looking up a secret reference without storing it readable. */
  lookupHash(text: string): Buffer;
}

interface Key {
  readonly id: Buffer;
  readonly key: Buffer;
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'duly', purpose, 32));
}

function keyOf(secret: string): Key {
  return {
    id: createHash('sha256').update(derive(secret, 'key-id')).digest().subarray(0, 8),
    key: derive(secret, 'seal'),
  };
}

const VERSION = 1;

/** `secrets` as in SECRET_KEY: the newest first; the lookup hash uses the last, which never changes. */
export function makeCrypto(secrets: readonly string[]): Crypto {
  const [newest] = secrets;
  const oldest = secrets.at(-1);
  if (newest === undefined || oldest === undefined) throw new Error('at least one secret key is needed');
  const keys = secrets.map(keyOf);
  const current = keyOf(newest);
  const hashKey = derive(oldest, 'lookup');
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), current.id, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const found = keys.find(({ id }) => id.equals(sealed.subarray(1, 9)));
      if (sealed[0] !== VERSION || found === undefined) throw new Error('no known key sealed these bytes');
      const decipher = createDecipheriv('aes-256-gcm', found.key, sealed.subarray(9, 21));
      decipher.setAuthTag(sealed.subarray(21, 37));
      return Buffer.concat([decipher.update(sealed.subarray(37)), decipher.final()]).toString('utf8');
    },
    lookupHash: (text) => createHmac('sha256', hashKey).update(text).digest(),
  };
}

/** Compares in constant time, whatever the lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** URL-safe random text with `bytes` bytes of entropy. */
export function randomText(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
