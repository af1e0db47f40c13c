import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import type { DocStore } from '../../store.ts';
import type { SigningKey } from './keys.ts';
import { findUser, type XeroUser } from './users.ts';

const MINUTE = 60_000;
/** Seconds an access token lives. */
const ACCESS_SECONDS = 1800;
const ID_TOKEN_SECONDS = 300;
const CODE_LIFE = 5 * MINUTE;
const GRACE = 30 * MINUTE;
const IDLE_DEATH = 60 * 24 * 60 * MINUTE;

/** What a person agreed to, waiting to be exchanged. Times in ms. */
export interface CodeDoc {
  redirectUri: string;
  userId: string;
  scopes: string[];
  authEventId: string;
  nonce?: string;
  challenge?: string;
  challengeMethod?: string;
  issuedAt: number;
  usedAt?: number;
}

/** One token set per user, over all the organisations that user connected. */
interface GrantDoc {
  userId: string;
  scopes: string[];
  authEventId: string;
  refresh: { token: string; issuedAt: number; usedAt?: number }[];
  authTime: number;
  revoked: boolean;
  /** Ids of the access tokens given out last, and of those that a test ended before their time. */
  given?: string[];
  ended?: string[];
}

/** What a valid access token says. */
export interface Access {
  userId: string;
  scopes: string[];
  authEventId: string;
}

export type TokenAnswer = Record<string, string | number>;

/** Codes, token sets and their lives by the sandbox's clock; durable. */
export class Grants {
  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
    private readonly key: SigningKey,
    private readonly clientId: string,
  ) {}

  /** A fresh authorisation code. */
  issueCode(doc: Omit<CodeDoc, 'issuedAt'>): string {
    const code = randomBytes(24).toString('base64url');
    this.store.put('xero-code', code, { ...doc, issuedAt: this.now() });
    return code;
  }

  /** Exchanges a code; undefined (invalid_grant) when it is unknown, used, too old or not for this request. */
  exchange(code: string, redirectUri: string, verifier: string | undefined): TokenAnswer | undefined {
    const doc = this.store.all<CodeDoc>('xero-code').get(code);
    if (!doc || doc.usedAt !== undefined || doc.redirectUri !== redirectUri) return undefined;
    if (this.now() - doc.issuedAt > CODE_LIFE || !provesChallenge(doc, verifier)) return undefined;
    this.store.put('xero-code', code, { ...doc, usedAt: this.now() });
    const before = this.grant(doc.userId);
    if (before?.revoked === false && !doc.scopes.includes('offline_access')) {
      // only to know who somebody is: the token set that keeps connections alive stays as it was
      const passing = { ...before, scopes: doc.scopes, authEventId: doc.authEventId, authTime: this.now() };
      return this.answer(passing, undefined, doc.nonce);
    }
    const grant: GrantDoc = {
      userId: doc.userId,
      scopes: doc.scopes,
      authEventId: doc.authEventId,
      // logging in again rotates the set: what the user had before is good for the grace period only
      refresh: (before?.revoked ? [] : (before?.refresh ?? [])).map((r) => ({
        ...r,
        usedAt: r.usedAt ?? this.now(),
      })),
      authTime: this.now(),
      revoked: false,
    };
    return this.issue(grant, doc.nonce);
  }

  /** A new token set for a refresh token; undefined (invalid_grant) when it is dead. */
  refresh(token: string): TokenAnswer | undefined {
    const grant = [...this.store.all<GrantDoc>('xero-grant').values()].find((each) =>
      each.refresh.some((r) => r.token === token),
    );
    const own = grant?.refresh.find((r) => r.token === token);
    if (!grant || !own || grant.revoked) return undefined;
    const now = this.now();
    const alive = own.usedAt === undefined ? now - own.issuedAt <= IDLE_DEATH : now - own.usedAt <= GRACE;
    if (!alive) return undefined;
    const refresh = grant.refresh.map((r) => (r === own ? { ...r, usedAt: r.usedAt ?? now } : r));
    return this.issue({ ...grant, refresh });
  }

  /** Ends the whole token set that the refresh or access token belongs to; returns its user. */
  revoke(token: string): string | undefined {
    const claims = this.key.read(token);
    const grants = [...this.store.all<GrantDoc>('xero-grant').values()];
    const grant = grants.find(
      (g) => g.userId === claims?.xero_userid || g.refresh.some((r) => r.token === token),
    );
    if (!grant) return undefined;
    this.store.put('xero-grant', grant.userId, { ...grant, refresh: [], revoked: true });
    return grant.userId;
  }

  /** Reads an access token: its claims, or why it does not count. */
  access(token: string): Access | 'expired' | 'unknown' {
    const claims = this.key.read(token);
    if (!claims || !Array.isArray(claims.scope) || typeof claims.xero_userid !== 'string') return 'unknown';
    const grant = this.grant(claims.xero_userid);
    if (grant?.revoked !== false) return 'unknown';
    const ended = grant.ended?.includes(String(claims.jti)) === true;
    if (ended || this.now() >= Number(claims.exp) * 1000) return 'expired';
    return {
      userId: claims.xero_userid,
      scopes: claims.scope.map(String),
      authEventId: String(claims.authentication_event_id),
    };
  }

  /** All access tokens of the user end at once, before their half hour; refreshing goes on. */
  expireAccess(userId: string): void {
    const grant = this.grant(userId);
    if (grant) this.store.put('xero-grant', userId, { ...grant, given: [], ended: grant.given ?? [] });
  }

  /** The user's refresh tokens end, as after 60 days of silence; access tokens live out their half hour. */
  expireRefresh(userId: string): void {
    const grant = this.grant(userId);
    if (grant) this.store.put('xero-grant', userId, { ...grant, refresh: [] });
  }

  private issue(grant: GrantDoc, nonce?: string): TokenAnswer {
    const refreshToken = grant.scopes.includes('offline_access')
      ? randomBytes(32).toString('base64url')
      : undefined;
    const fresh = refreshToken ? [{ token: refreshToken, issuedAt: this.now() }] : [];
    this.store.put('xero-grant', grant.userId, {
      ...grant,
      refresh: [...grant.refresh, ...fresh].slice(-12),
    });
    return this.answer(grant, refreshToken, nonce);
  }

  private answer(grant: GrantDoc, refreshToken: string | undefined, nonce: string | undefined): TokenAnswer {
    const user = findUser(grant.userId);
    return {
      ...(user && grant.scopes.includes('openid') ? { id_token: this.idToken(user, grant, nonce) } : {}),
      access_token: this.accessToken(grant),
      expires_in: ACCESS_SECONDS,
      token_type: 'Bearer',
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
      scope: grant.scopes.join(' '),
    };
  }

  private accessToken(grant: GrantDoc): string {
    const now = Math.floor(this.now() / 1000);
    const jti = randomUUID().replaceAll('-', '');
    const kept = this.grant(grant.userId);
    if (kept)
      this.store.put('xero-grant', kept.userId, { ...kept, given: [...(kept.given ?? []), jti].slice(-50) });
    return this.key.sign({
      nbf: now,
      exp: now + ACCESS_SECONDS,
      iss: 'https://identity.xero.com',
      aud: 'https://identity.xero.com/resources',
      client_id: this.clientId,
      sub: findUser(grant.userId)?.sub,
      auth_time: Math.floor(grant.authTime / 1000),
      xero_userid: grant.userId,
      global_session_id: randomUUID().replaceAll('-', ''),
      jti,
      authentication_event_id: grant.authEventId,
      scope: grant.scopes,
      amr: ['pwd', 'mfa'],
    });
  }

  private idToken(user: XeroUser, grant: GrantDoc, nonce: string | undefined): string {
    const now = Math.floor(this.now() / 1000);
    const profile = grant.scopes.includes('profile')
      ? {
          given_name: user.givenName,
          family_name: user.familyName,
          name: `${user.givenName} ${user.familyName}`,
        }
      : {};
    const email = grant.scopes.includes('email') ? { email: user.email, preferred_username: user.email } : {};
    return this.key.sign({
      nbf: now,
      exp: now + ID_TOKEN_SECONDS,
      iss: 'https://identity.xero.com',
      aud: this.clientId,
      iat: now,
      ...(nonce ? { nonce } : {}),
      sub: user.sub,
      auth_time: Math.floor(grant.authTime / 1000),
      xero_userid: user.id,
      ...email,
      ...profile,
      amr: ['pwd', 'mfa'],
    });
  }

  private grant(userId: string): GrantDoc | undefined {
    return this.store.all<GrantDoc>('xero-grant').get(userId);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** PKCE: asked for at the start, it must be proven; not asked for, it is not looked at. */
function provesChallenge(doc: CodeDoc, verifier: string | undefined): boolean {
  if (doc.challenge === undefined) return true;
  if (verifier === undefined) return false;
  if (doc.challengeMethod === 'plain') return verifier === doc.challenge;
  return createHash('sha256').update(verifier).digest('base64url') === doc.challenge;
}
