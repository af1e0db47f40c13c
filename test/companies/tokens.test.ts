import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getConnection, ledgerRefHash } from '../../src/companies/connection.store.ts';
import { noteLedgerError } from '../../src/companies/ledger-access.store.ts';
import { openProblems } from '../../src/companies/open-problems.store.ts';
import {
  deleteUnusedTokenSet,
  getTokenSet,
  insertTokenSet,
  replaceTokens,
} from '../../src/companies/token-set.store.ts';
import { tokenSource } from '../../src/companies/tokens.store.ts';
import type { Duly } from '../../src/platform/context.ts';
import { makeCrypto } from '../../src/platform/crypto.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { makeLog } from '../../src/platform/log.ts';
import type { LedgerProvider, TokenGrant } from '../../src/ports/ledger.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const now = new Date('2026-11-02T10:00:00Z');
const crypto = makeCrypto(['test key test key test key test key']);
let database: TestDatabase;
let companyId: string;
let tokenSetId: string;
let refreshes: string[];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());

function grant(name: string, minutes: number): TokenGrant {
  return {
    accessToken: `access ${name}`,
    accessExpiresAt: new Date(now.getTime() + minutes * 60_000).toISOString(),
    refreshToken: `refresh ${name}`,
    refreshExpiresAt: null,
    hardExpiresAt: null,
    idToken: null,
  };
}

async function stored(minutes: number): Promise<void> {
  companyId = await addCompany(database.db);
  refreshes = [];
  tokenSetId = await inSystem(database.db, async (tx) => {
    const id = await insertTokenSet(
      tx,
      crypto,
      { provider: 'ledger', subject: companyId },
      grant('1', minutes),
      now,
    );
    await tx
      .insertInto('connection')
      .values({
        company_id: companyId,
        provider: 'ledger',
        token_set_id: id,
        ledger_ref_hash: ledgerRefHash(crypto, 'ledger', companyId),
        ledger_ref_enc: crypto.seal(companyId),
        state: 'healthy',
        state_since: now,
        connected_at: now,
      })
      .execute();
    return id;
  });
}

/** A colleague connects the company again, with tokens of their own. */
async function madeAnew(): Promise<void> {
  await inSystem(database.db, async (tx) => {
    const owner = { provider: 'ledger', subject: `${companyId} colleague` };
    const newer = await insertTokenSet(tx, crypto, owner, grant('theirs', 60), now);
    await tx
      .updateTable('connection')
      .set({ token_set_id: newer })
      .where('company_id', '=', companyId)
      .execute();
    await deleteUnusedTokenSet(tx, tokenSetId);
  });
}

/** One caller, as another process would be: nothing in common with the others but the database. */
function source(refresh: (token: string) => Promise<TokenGrant>) {
  const duly = { db: database.db, clock: { now: () => now }, crypto, log: makeLog('silent') };
  const provider = {
    key: 'ledger',
    async refresh(token: string) {
      refreshes.push(token);
      return await refresh(token);
    },
  } as unknown as LedgerProvider;
  return tokenSource(duly, provider, tokenSetId);
}

async function connectionState(): Promise<string | undefined> {
  return (await inSystem(database.db, (tx) => getConnection(tx, companyId)))?.state;
}

const slowly = async (name: string): Promise<TokenGrant> => {
  await new Promise((resolve) => setTimeout(resolve, 150));
  return grant(name, 60);
};

describe('a token that ends soon', () => {
  beforeEach(async () => await stored(4));

  test('ten callers at once lead to one refresh and ten successes (AUTH-04)', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => source(() => slowly('2'))()));
    expect(refreshes).toEqual(['refresh 1']);
    expect(new Set(answers)).toEqual(new Set(['access 2']));
  });

  test('the rotated refresh token is what the next refresh uses (AUTH-14)', async () => {
    await source(async () => grant('2', 1))();
    await source(async () => grant('3', 60))();
    expect(refreshes).toEqual(['refresh 1', 'refresh 2']);
  });

  test('a refusal while a newer grant is stored already uses the newer one and keeps the connection (AUTH-05)', async () => {
    const answer = await source(async () => {
      await inSystem(database.db, (tx) =>
        replaceTokens(tx, crypto, tokenSetId, companyId, grant('newer', 60), now),
      );
      throw new LedgerError('reconnect_needed', 'invalid_grant');
    })();
    expect(answer).toBe('access newer');
    expect(await connectionState()).toBe('healthy');
  });

  test('a refusal of the stored token ends the connection, with a problem that says what to do (AUTH-06)', async () => {
    const refused = source(async () => {
      throw new LedgerError('reconnect_needed', 'invalid_grant');
    });
    await expect(refused()).rejects.toMatchObject({ kind: 'reconnect_needed' });
    expect(await connectionState()).toBe('reconnect_needed');
    const problems = await inCompany(database.db, companyId, (tx) => openProblems(tx, companyId));
    expect(problems.map((problem) => problem.kind)).toEqual(['connection']);
  });

  test('a token service that is down leaves the connection healthy and the old token in use (AUTH-07)', async () => {
    const down = source(async () => {
      throw new LedgerError('unavailable', '503');
    });
    expect(await down()).toBe('access 1');
    expect(await connectionState()).toBe('healthy');
  });
});

describe('a token that has ended', () => {
  beforeEach(async () => await stored(-1));

  test('a token service that is down is a passing trouble, and the next caller tries at once', async () => {
    const down = source(async () => {
      throw new LedgerError('rate_limited', '429');
    });
    await expect(down()).rejects.toMatchObject({ kind: 'rate_limited' });
    expect(await connectionState()).toBe('healthy');
    expect(await source(async () => grant('2', 60))()).toBe('access 2');
  });

  test('the lease of a process that died is taken over when it is over', async () => {
    await database.pool.query(
      "update token_set set refreshing_until = clock_timestamp() + interval '400 ms'",
    );
    expect(await source(async () => grant('2', 60))()).toBe('access 2');
  });
});

describe('a token that is fresh', () => {
  beforeEach(async () => await stored(30));

  test('is handed out without a refresh', async () => {
    expect(await source(async () => grant('2', 60))()).toBe('access 1');
    expect(refreshes).toEqual([]);
  });

  test('is renewed once after a 401, and a second 401 for the old one gets the new one (AUTH-09)', async () => {
    const access = source(async () => grant('2', 60));
    expect(await access('access 1')).toBe('access 2');
    expect(await access('access 1')).toBe('access 2');
    expect(refreshes).toHaveLength(1);
  });

  test.each([
    ['has taken the place of', undefined],
    ['takes the place of while the vendor refuses it', 'access 1'],
  ])(
    'that another authorisation %s ends no connection: whoever still holds it comes again (AUTH-05)',
    async (_, after401) => {
      const access = source(async () => {
        await madeAnew();
        throw new LedgerError('reconnect_needed', 'invalid_grant');
      });
      if (after401 === undefined) await madeAnew();
      const refused: unknown = await access(after401).catch((error: unknown) => error);
      await noteLedgerError({ db: database.db, clock: { now: () => now } } as Duly, companyId, refused);
      expect(refused).toBeInstanceOf(LedgerError);
      expect(await connectionState()).toBe('healthy');
    },
  );

  test('lies sealed in the database (AUTH-10)', async () => {
    const row = await inSystem(database.db, (tx) => getTokenSet(tx, tokenSetId));
    expect(row?.access_token_enc.toString('latin1')).not.toContain('access');
    expect(row?.refresh_token_enc.toString('latin1')).not.toContain('refresh');
  });
});
