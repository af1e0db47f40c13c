import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import type { DocStore } from '../../store.ts';
import type { AuthorizeRequest } from './authorize.ts';
import {
  accessExpiresAt,
  CODE_SECONDS,
  DAY_SECONDS,
  type Grant,
  hardExpiresAt,
  refreshExpiresAt,
  secondsLeft,
} from './token-life.ts';

interface CodeDoc extends AuthorizeRequest {
  readonly sub: string;
  readonly realmId?: string;
  readonly issuedAt: number;
  readonly grantId?: string;
}

interface AccessDoc {
  readonly grantId: string;
  readonly expiresAt: number;
}

export interface Issued {
  readonly grant: Grant;
  readonly accessToken: string;
  readonly nonce?: string;
}

/** Every code, grant and token Intuit has given out. All times are milliseconds of the sandbox's clock. */
export class TokenStore {
  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
  ) {}

  private now(): number {
    return this.clock.now().getTime();
  }

  issueCode(request: AuthorizeRequest, sub: string, realmId: string | undefined): string {
    const code = `XAB${this.now()}${letters(36)}`;
    const doc: CodeDoc = { ...request, sub, issuedAt: this.now(), ...(realmId !== undefined && { realmId }) };
    this.store.put('intuit.code', code, doc);
    return code;
  }

  /** Undefined: invalid_grant. A code that comes a second time also kills what the first time gave out. */
  exchange(code: string, redirectUri: string): Issued | undefined {
    const doc = this.store.all<CodeDoc>('intuit.code').get(code);
    if (doc === undefined || doc.redirectUri !== redirectUri) return undefined;
    if (doc.grantId !== undefined) {
      this.kill(doc.grantId);
      return undefined;
    }
    const now = this.now();
    if (now >= doc.issuedAt + CODE_SECONDS * 1000) return undefined;
    const grant: Grant = {
      id: randomUUID(),
      sub: doc.sub,
      scopes: doc.scopes,
      startedAt: now,
      refreshToken: refreshToken(),
      refreshIssuedAt: now,
      dead: false,
      ...(doc.realmId !== undefined && { realmId: doc.realmId }),
    };
    return this.store.transaction(() => {
      this.store.put('intuit.grant', grant.id, grant);
      this.store.put('intuit.refresh', grant.refreshToken, grant.id);
      this.store.put('intuit.code', code, { ...doc, grantId: grant.id });
      return { grant, accessToken: this.accessToken(grant), ...(doc.nonce && { nonce: doc.nonce }) };
    });
  }

  /**
   * Undefined: invalid_grant. The refresh token stays the same string for 24 hours; the first use after that
   * brings a new one, and the old one is dead at once.
   */
  refresh(token: string): Issued | undefined {
    const grant = this.grantOfRefresh(token);
    if (grant === undefined || grant.refreshToken !== token || !this.alive(grant)) return undefined;
    const now = this.now();
    const rolls = now - grant.refreshIssuedAt >= DAY_SECONDS * 1000;
    const next: Grant = rolls ? { ...grant, refreshToken: refreshToken(), refreshIssuedAt: now } : grant;
    return this.store.transaction(() => {
      if (rolls) {
        this.store.put('intuit.grant', grant.id, next);
        this.store.put('intuit.refresh', next.refreshToken, grant.id);
      }
      return { grant: next, accessToken: this.accessToken(next) };
    });
  }

  /** The grant of an access token; `expired` and `dead` say why it is no good, undefined that it is unknown. */
  lookUp(accessToken: string): { grant: Grant; expired: boolean; dead: boolean } | undefined {
    const doc = this.store.all<AccessDoc>('intuit.access').get(accessToken);
    const grant = doc && this.store.all<Grant>('intuit.grant').get(doc.grantId);
    if (doc === undefined || grant === undefined) return undefined;
    return { grant, expired: this.now() >= doc.expiresAt, dead: grant.dead };
  }

  grantOfRefresh(token: string): Grant | undefined {
    const id = this.store.all<string>('intuit.refresh').get(token);
    return id === undefined ? undefined : this.store.all<Grant>('intuit.grant').get(id);
  }

  /** Revokes by either token; false when it is not known. */
  revoke(token: string): boolean {
    const grant = this.grantOfRefresh(token) ?? this.lookUp(token)?.grant;
    if (grant === undefined) return false;
    this.kill(grant.id);
    return true;
  }

  /** Inside QuickBooks: Apps, Disconnect. All tokens of the company die and nobody is told. */
  disconnect(realmId: string): void {
    for (const grant of this.store.all<Grant>('intuit.grant').values()) {
      if (grant.realmId === realmId && !grant.dead) this.kill(grant.id);
    }
  }

  /** All access tokens of the company end at once, before their hour; refreshing goes on. */
  expireAccess(realmId: string): void {
    for (const [token, doc] of [...this.store.all<AccessDoc>('intuit.access')]) {
      const grant = this.store.all<Grant>('intuit.grant').get(doc.grantId);
      if (grant?.realmId === realmId)
        this.store.put('intuit.access', token, { ...doc, expiresAt: this.now() });
    }
  }

  /** All refresh tokens of the company end, as after 101 days of silence; access tokens live out their hour. */
  expireRefresh(realmId: string): void {
    for (const grant of [...this.store.all<Grant>('intuit.grant').values()]) {
      if (grant.realmId === realmId)
        this.store.put('intuit.grant', grant.id, { ...grant, refreshIssuedAt: 0 });
    }
  }

  /** Whether an app is connected to the company now: only then are webhooks sent. */
  connected(realmId: string): boolean {
    for (const grant of this.store.all<Grant>('intuit.grant').values()) {
      if (grant.realmId === realmId && this.alive(grant)) return true;
    }
    return false;
  }

  private alive(grant: Grant): boolean {
    return !grant.dead && secondsLeft(refreshExpiresAt(grant), this.now()) > 0;
  }

  private kill(grantId: string): void {
    const grant = this.store.all<Grant>('intuit.grant').get(grantId);
    if (grant !== undefined) this.store.put('intuit.grant', grantId, { ...grant, dead: true });
  }

  private accessToken(grant: Grant): string {
    const now = this.now();
    for (const [token, doc] of this.store.all<AccessDoc>('intuit.access')) {
      if (doc.grantId === grant.id && doc.expiresAt < now - DAY_SECONDS * 1000) {
        this.store.remove('intuit.access', token);
      }
    }
    const header = Buffer.from('{"enc":"A128CBC-HS256","alg":"dir"}').toString('base64url');
    const token = `${header}..${letters(22)}.${letters(700)}.${letters(22)}`;
    const doc: AccessDoc = {
      grantId: grant.id,
      expiresAt: Math.min(accessExpiresAt(now), hardExpiresAt(grant)),
    };
    this.store.put('intuit.access', token, doc);
    return token;
  }
}

function refreshToken(): string {
  return `AB11${Math.floor(Date.now() / 1000)}${letters(36)}`;
}

function letters(count: number): string {
  return randomBytes(count).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, count);
}
