import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { readSandboxConfig } from '../../../sandbox/config.ts';
import { buildSandbox } from '../../../sandbox/server.ts';
import { compose } from '../../../src/app.ts';
import { connectBooks } from '../../../src/companies/connect.store.ts';
import { readConfig } from '../../../src/platform/config.ts';
import type { Duly } from '../../../src/platform/context.ts';
import { inCompany, inSystem } from '../../../src/platform/db.ts';
import { makeLog } from '../../../src/platform/log.ts';
import { sandboxAddresses, sandboxKeys } from '../../../src/platform/sandbox-config.ts';
import { openGate } from '../open-gate.ts';
import type { Change, Vendor } from './ledger-state.ts';

const OFFICIAL = path.resolve('../shared/official');

/** A fresh set of books in the sandbox, connected with the product. */
export interface Firm {
  readonly vendor: Vendor;
  readonly companyId: string;
  readonly booksId: string;
  readonly zone: string;
}

/**
 * A sandbox that listens on a port of its own, and the product composed in this process with its real connectors: they
 * meet over HTTP only. One clock for both. For thousands of readings, where processes would cost more than the work.
 */
export class Stage {
  private constructor(
    readonly duly: Duly,
    readonly url: string,
    private readonly folder: string,
    private readonly closeSandbox: () => Promise<unknown>,
  ) {}

  static async open(pool: pg.Pool, databaseUrl: string, now: string): Promise<Stage> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'duly-model-'));
    const clockFile = path.join(folder, 'now');
    writeFileSync(clockFile, now);
    const env = {
      ...sandboxKeys,
      CLOCK_FILE: clockFile,
      // every answer is judged by the vendors' own schemas
      ...(existsSync(OFFICIAL) ? { SANDBOX_VALIDATE: OFFICIAL } : {}),
    };
    const sandbox = await buildSandbox(readSandboxConfig(env));
    const url = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
    sandbox.context.config.publicUrl = url;
    const config = readConfig({
      ...sandboxKeys,
      ...sandboxAddresses(url),
      CLOCK_FILE: clockFile,
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      SANDBOX: 'off',
      SECRET_KEY: 'a key for tests that is long enough to pass',
      POSTMARK_FROM: 'reminders@notices.duly.example',
    });
    const duly = compose(config, pool, makeLog(process.env.TEST_LOG_LEVEL ?? 'error'));
    return new Stage(duly, url, folder, () => sandbox.app.close());
  }

  now(): Date {
    return this.duly.clock.now();
  }

  setNow(instant: Date): void {
    const file = path.join(this.folder, 'now');
    writeFileSync(`${file}.new`, instant.toISOString());
    renameSync(`${file}.new`, file);
  }

  /** The sandbox's control interface. Throws with its words when it refuses. */
  async control<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/control${address}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  async change(firm: Firm, changes: readonly Change[]): Promise<void> {
    if (changes.length > 0) await this.control('POST', `/companies/${firm.booksId}/changes`, changes);
  }

  /**
   * New, empty books and their connection: consent and code as at the vendors, then what the product does with them.
   * Only the browser's way there is left out.
   */
  async firm(vendor: Vendor, baseCurrency: string): Promise<Firm> {
    // a day begins there when it is nearly over, or nearly begun, elsewhere
    const zone = vendor === 'intuit' ? 'America/Los_Angeles' : 'Pacific/Auckland';
    const country = vendor === 'intuit' ? 'US' : 'NZ';
    const books = await this.control<{ id: string }>('POST', '/companies', {
      vendor,
      country,
      timeZone: zone,
      baseCurrency,
    });
    const companyId = await this.connect(vendor === 'intuit' ? 'quickbooks' : 'xero', books.id);
    // the person confirms the zone, which one of the ledgers does not state
    await inCompany(this.duly.db, companyId, (tx) =>
      tx.updateTable('company').set({ time_zone: zone }).where('company_id', '=', companyId).execute(),
    );
    return { vendor, companyId, booksId: books.id, zone };
  }

  private async connect(key: 'quickbooks' | 'xero', booksId: string): Promise<string> {
    const provider = this.duly.ledgers.get(key);
    if (provider === undefined) throw new Error(`there is no ledger ${key}`);
    const codeVerifier = 'v'.repeat(50);
    const redirectUri = `http://localhost/connect/${key}/callback`;
    const page = new URL(
      provider.authorizeUrl({
        purpose: 'connect',
        state: 'state-1',
        nonce: 'nonce-1',
        codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        redirectUri,
      }),
    );
    const choice =
      key === 'xero' ? { decision: 'allow', tenant: booksId } : { decision: 'connect', realm: booksId };
    const body = new URLSearchParams({ ...Object.fromEntries(page.searchParams), ...choice });
    const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
    const callback = Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
    const code = callback.code ?? '';
    const result = await provider.exchangeCode({
      code,
      redirectUri,
      codeVerifier,
      nonce: 'nonce-1',
      callback,
    });
    const chosen = result.books.find((one) => one.ledgerRef === booksId);
    if (chosen === undefined) throw new Error(`the consent did not open ${booksId}`);
    const { grant, identity } = result;
    const now = this.now();
    const profile = await provider.open(booksId, async () => grant.accessToken, openGate).profile();
    const input = {
      provider,
      grant,
      grantedAt: now,
      identity,
      chosen: [{ books: chosen, profile }],
      signedIn: null,
    };
    const { companies } = await inSystem(this.duly.db, (tx) =>
      connectBooks(tx, this.duly.crypto, input, now, async () => undefined),
    );
    const companyId = companies[0]?.companyId;
    if (companyId === undefined) throw new Error('connecting made no company');
    return companyId;
  }

  /** Ends the sandbox. Throws when it gave an answer that its vendor would never give. */
  async close(): Promise<void> {
    const complaints = await this.control<string[]>('GET', '/complaints');
    await this.closeSandbox();
    rmSync(this.folder, { recursive: true, force: true });
    if (complaints.length > 0) throw new Error([...new Set(complaints)].slice(0, 20).join('\n'));
  }
}
