import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callGate } from '../../src/companies/call-gate.store.ts';
import { makeLog } from '../../src/platform/log.ts';
import type { CallLimits, CallNews } from '../../src/ports/call-gate.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const limits: CallLimits = {
  atOnce: 10,
  perMinute: 1_000,
  perDay: [1_000, 5_000],
  appPerMinute: null,
  appReadsPerMonth: null,
  readsPerMonth: null,
  readsPerDay: null,
};

let database: TestDatabase;
let now: Date;
let provider = 0;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  now = new Date('2026-11-10T14:00:00Z');
  provider += 1;
});

const passMinutes = (count: number): void => {
  now = new Date(now.getTime() + count * 60_000);
};

/** Calls once for sending; the answer says how much of the day is left. */
async function call(dayLeft: number | null, refused: CallNews['refused'] = null): Promise<string> {
  const duly = { db: database.db, clock: { now: () => now }, log: makeLog('silent') };
  const gate = callGate(duly, { key: `v${provider}`, label: 'The vendor', limits }, Buffer.from('a'), 'send');
  const news = { refused, dayLeft, minuteLeft: null, appMinuteLeft: null };
  return await gate
    .pass('read', async () => ({ value: 'called', news }))
    .catch((error: Error) => `refused: ${error.message}`);
}

describe('the vendor’s day, which begins and ends when the vendor says', () => {
  it('is asked about again after an hour when nothing was left of it, not only on our next day', async () => {
    expect(await call(0)).toBe('called');
    expect(await call(0)).toMatch(/used up/);
    passMinutes(59);
    expect(await call(0)).toMatch(/used up/);
    passMinutes(2);
    expect(await call(900)).toBe('called');
    expect(await call(899)).toBe('called');
  });

  it('begins anew when the wait is over that the vendor asked for', async () => {
    expect(await call(1)).toBe('called');
    expect(await call(0, { reach: 'books', limit: 'day', seconds: 600 })).toMatch(/asked us to wait/);
    passMinutes(9);
    expect(await call(0)).toMatch(/asked us to wait/);
    passMinutes(2);
    expect(await call(998)).toBe('called');
    expect(await call(997)).toBe('called');
  });
});
