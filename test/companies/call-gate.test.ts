import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callGate } from '../../src/companies/call-gate.store.ts';
import { openDb, openPool } from '../../src/platform/db.ts';
import type { LedgerError } from '../../src/platform/errors.ts';
import { makeLog } from '../../src/platform/log.ts';
import type { CallLimits, CallNews, CallPurpose } from '../../src/ports/call-gate.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const roomy: CallLimits = {
  atOnce: 10,
  perMinute: 1_000,
  perDay: [],
  appPerMinute: null,
  appReadsPerMonth: null,
  readsPerMonth: null,
  readsPerDay: null,
};
const quiet: CallNews = { refused: null, dayLeft: null, minuteLeft: null, appMinuteLeft: null };
const throttled = (seconds: number | null, reach: 'books' | 'app' = 'books'): CallNews => ({
  ...quiet,
  refused: { reach, limit: 'minute', seconds },
});

let database: TestDatabase;
let now: Date;
let serial = 0;
let provider: string;
const books = (name = 'a'): Buffer => Buffer.from(name);

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  now = new Date('2026-11-10T10:00:00Z');
  serial += 1;
  provider = `vendor-${serial}`;
});

function gate(limits: Partial<CallLimits>, purpose: CallPurpose = 'send', whose = books(), db = database.db) {
  const duly = { db, clock: { now: () => now }, log: makeLog('silent') };
  return callGate(
    duly,
    { key: provider, label: 'The vendor', limits: { ...roomy, ...limits } },
    whose,
    purpose,
  );
}
const answer = async () => ({ value: 'done', news: quiet });
const passMinutes = (count: number): void => {
  now = new Date(now.getTime() + count * 60_000);
};
async function refusalOf(promise: Promise<unknown>): Promise<LedgerError> {
  return await promise.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error as LedgerError,
  );
}

describe('calls at once', () => {
  it('are at most as many as allowed, over two processes, and none is lost', async () => {
    const otherPool = openPool(database.url, 4);
    const other = openDb(otherPool);
    let running = 0;
    let most = 0;
    const call = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 60));
      running -= 1;
      return { value: 1, news: quiet };
    };
    const all = Array.from({ length: 14 }, (_, index) =>
      gate({ atOnce: 5 }, 'send', books(), index % 2 === 0 ? other : database.db).pass('read', call),
    );
    expect((await Promise.all(all)).length).toBe(14);
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);
    await otherPool.end();
  });

  it('give their place back when the call throws', async () => {
    for (let index = 0; index < 3; index += 1)
      await expect(
        gate({ atOnce: 1 }).pass('read', () => Promise.reject(new Error('broke off'))),
      ).rejects.toThrow('broke off');
    expect(await gate({ atOnce: 1 }).pass('read', answer)).toBe('done');
  });

  it('of a process that died give their place back by the database’s clock', async () => {
    await gate({ atOnce: 1 }).pass('read', answer);
    await database.db
      .insertInto('call_place')
      .values({ provider, ledger_ref_hash: books(), until: new Date(Date.now() + 300) })
      .execute();
    expect(await gate({ atOnce: 1 }).pass('read', answer)).toBe('done');
  });
});

describe('the minute', () => {
  it('that is used up refuses with the wait, and is over when the product’s clock says so', async () => {
    for (let index = 0; index < 3; index += 1) await gate({ perMinute: 3 }).pass('read', answer);
    const error = await refusalOf(gate({ perMinute: 3 }).pass('read', answer));
    expect(error).toMatchObject({ kind: 'rate_limited', deferred: false });
    expect(error.retryAfterSeconds).toBeGreaterThan(50);
    expect(await gate({ perMinute: 3 }, 'send', books('b')).pass('read', answer)).toBe('done');
    passMinutes(1);
    expect(await gate({ perMinute: 3 }).pass('read', answer)).toBe('done');
  });

  it('is never used up by a page, by background work or by notes: the read before sending finds a place', async () => {
    const through = async (purpose: CallPurpose, kind: 'read' | 'write'): Promise<number> => {
      for (let count = 0; ; count += 1) {
        const error = await gate({ perMinute: 30 }, purpose)
          .pass(kind, answer)
          .then(
            () => null,
            (failed: unknown) => failed as LedgerError,
          );
        if (error === null) continue;
        expect(error.kind).toBe('rate_limited');
        // put off for our own sake: no fault of anybody's, unless the vendor's minute itself is over
        expect(error.deferred).toBe(purpose !== 'send' || kind === 'write');
        return count;
      }
    };
    expect(await through('background', 'read')).toBe(15);
    expect(await through('person', 'read')).toBe(5);
    expect(await through('send', 'write')).toBe(4);
    expect(await through('send', 'read')).toBe(6);
    expect(await through('background', 'write')).toBe(0);
  });

  it('believes what the vendor says is left of all of it, also in an answer to background work', async () => {
    const call = async () => ({ value: 1, news: { ...quiet, minuteLeft: 1 } });
    await gate({ perMinute: 60 }, 'background').pass('read', call);
    await gate({ perMinute: 60 }).pass('read', answer);
    await refusalOf(gate({ perMinute: 60 }).pass('read', answer));
  });

  it('of the whole app holds for all companies', async () => {
    await gate({ appPerMinute: 2 }).pass('read', answer);
    await gate({ appPerMinute: 2 }, 'send', books('b')).pass('read', answer);
    await refusalOf(gate({ appPerMinute: 2 }, 'send', books('c')).pass('read', answer));
  });

  it('believes the vendor when it counts more than we do', async () => {
    const call = async () => ({ value: 1, news: { ...quiet, minuteLeft: 1 } });
    await gate({ perMinute: 60 }).pass('read', call);
    await gate({ perMinute: 60 }).pass('read', answer);
    await refusalOf(gate({ perMinute: 60 }).pass('read', answer));
  });
});

describe('a 429', () => {
  it('with a short wait is waited for, and the same call is made again', async () => {
    const said = [throttled(1), quiet];
    let calls = 0;
    const began = performance.now();
    const value = await gate({}).pass('read', async () => ({
      value: ++calls,
      news: said.shift() ?? quiet,
    }));
    expect(value).toBe(2);
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('that goes on is given up after three calls', async () => {
    let calls = 0;
    const value = await gate({}).pass('read', async () => {
      passMinutes(5);
      return { value: ++calls, news: throttled(1) };
    });
    expect(value).toBe(3);
  });

  it('with a long wait stops all processes at these books and no others', async () => {
    let calls = 0;
    const call = async () => ({ value: ++calls, news: throttled(7_200) });
    const error = await refusalOf(gate({}).pass('read', call));
    expect(calls).toBe(1);
    expect(error).toMatchObject({ kind: 'rate_limited' });
    expect(error.retryAfterSeconds).toBeGreaterThan(7_100);
    await refusalOf(gate({}).pass('read', answer));
    expect(await gate({}, 'send', books('b')).pass('read', answer)).toBe('done');
    passMinutes(121);
    expect(await gate({}).pass('read', answer)).toBe('done');
  });

  it('for the whole app stops every company', async () => {
    await refusalOf(gate({}).pass('read', async () => ({ value: 1, news: throttled(50, 'app') })));
    await refusalOf(gate({}, 'send', books('b')).pass('read', answer));
  });

  it('that does not say how long doubles the wait, up to a minute; what goes well begins anew', async () => {
    const clock = {
      now: () => {
        passMinutes(2);
        return now;
      },
    };
    const waits: number[] = [];
    const log = makeLog('silent');
    log.info = (said: unknown) => void waits.push((said as { seconds: number }).seconds);
    const own = callGate(
      { db: database.db, clock, log },
      { key: provider, label: 'The vendor', limits: roomy },
      books(),
      'send',
    );
    const call = async () => ({ value: 1, news: throttled(null) });
    for (let index = 0; index < 3; index += 1) await own.pass('read', call);
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60]);
    await own.pass('read', answer);
    waits.length = 0;
    await own.pass('read', call);
    expect(waits).toEqual([2, 4, 8]);
  });
});

describe('budgets', () => {
  const budget = { readsPerMonth: 10, readsPerDay: 5 };

  it('stop the background first, then the person, never a send; the next day and month begin anew', async () => {
    for (let index = 0; index < 4; index += 1) await gate(budget, 'background').pass('read', answer);
    expect(await refusalOf(gate(budget, 'background').pass('read', answer))).toMatchObject({
      deferred: true,
    });
    await gate(budget, 'person').pass('read', answer);
    await refusalOf(gate(budget, 'person').pass('read', answer));
    expect(await gate(budget, 'send').pass('read', answer)).toBe('done');
    expect(await gate(budget, 'first').pass('read', answer)).toBe('done');
    passMinutes(24 * 60);
    await gate(budget, 'background').pass('read', answer);
    await gate(budget, 'background').pass('read', answer);
    await refusalOf(gate(budget, 'background').pass('read', answer));
    now = new Date('2026-12-01T00:00:00Z');
    expect(await gate(budget, 'background').pass('read', answer)).toBe('done');
  });

  it('don’t count writes or a first reading', async () => {
    for (let index = 0; index < 12; index += 1) {
      await gate(budget, 'send').pass('write', answer);
      await gate(budget, 'first').pass('read', answer);
    }
    expect(await gate(budget, 'background').pass('read', answer)).toBe('done');
  });

  it('of the whole app’s month count the reads of all companies, and stop everybody', async () => {
    const limits = { appReadsPerMonth: 10 };
    for (let index = 0; index < 10; index += 1)
      await gate(limits, 'send', books(String(index))).pass('read', answer);
    const error = await refusalOf(gate(limits, 'send').pass('read', answer));
    expect(error).toMatchObject({ kind: 'rate_limited', deferred: false });
    expect(await gate(limits, 'send').pass('write', answer)).toBe('done');
  });

  it('RATE-08 in the small: of the vendor’s day a fifth is kept for others, by what the vendor says is left', async () => {
    const limits = { perDay: [1_000, 5_000] };
    const left = (dayLeft: number) => async () => ({ value: 'done', news: { ...quiet, dayLeft } });
    await gate(limits, 'background').pass('read', left(4_200));
    await gate(limits, 'background').pass('read', left(1_000));
    expect(await refusalOf(gate(limits, 'background').pass('read', answer))).toMatchObject({
      deferred: true,
    });
    await gate(limits, 'person').pass('read', left(1));
    await gate(limits, 'send').pass('read', left(0));
    expect(await refusalOf(gate(limits, 'send').pass('read', answer))).toMatchObject({ deferred: false });
  });

  it('takes the smaller plan’s day for what it is', async () => {
    const limits = { perDay: [1_000, 5_000] };
    const left = (dayLeft: number) => async () => ({ value: 'done', news: { ...quiet, dayLeft } });
    await gate(limits, 'background').pass('read', left(999));
    expect(await gate(limits, 'background').pass('read', left(201))).toBe('done');
    await gate(limits, 'background').pass('read', left(200));
    await refusalOf(gate(limits, 'background').pass('read', answer));
  });
});

it('asks nothing when the limits can’t be checked', async () => {
  const pool = openPool('postgres://nobody@127.0.0.1:1/none');
  let calls = 0;
  const call = async () => ({ value: ++calls, news: quiet });
  const error = await refusalOf(gate({}, 'send', books(), openDb(pool)).pass('read', call));
  expect(error).toMatchObject({ kind: 'unavailable', outcomeUnknown: false });
  expect(calls).toBe(0);
  await pool.end();
});
