import { afterEach, describe, expect, test } from '@jest/globals';
import { LedgerError } from '../../../src/platform/errors.ts';
import type { CallGate } from '../../../src/ports/call-gate.ts';
import { known } from '../../support/values.ts';
import { collect, type FakeIntuit, fakeIntuit, type Reply, realm, wire } from './support.ts';

let intuit: FakeIntuit;
afterEach(() => intuit.close());

/** The error of one read that is answered like this. */
async function errorOf(reply: Reply): Promise<LedgerError> {
  intuit = await fakeIntuit(() => reply);
  const error = await intuit.ledger.profile().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof LedgerError)) throw new Error(`expected a LedgerError, got ${String(error)}`);
  return error;
}

const gateway401 = {
  warnings: null,
  fault: {
    error: [
      {
        message: 'message=AuthenticationFailed; errorCode=003200',
        detail: 'Token expired: token-1',
        code: '3200',
      },
    ],
    type: 'AUTHENTICATION',
  },
  time: 1479493117000,
};
const throttleXml =
  '<?xml version="1.0"?><IntuitResponse xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE">' +
  '<Error code="3001"><Message>message=ThrottleExceeded</Message><Detail>The request limit was reached.</Detail>' +
  '</Error></Fault></IntuitResponse>';

describe('a request', () => {
  test('asks for JSON of the only minor version, with the token in the header alone', async () => {
    intuit = await fakeIntuit(({ path }) => ({
      body: path.endsWith('preferences') ? wire.preferences : { CompanyInfo: {} },
    }));
    await intuit.ledger.profile();
    expect(intuit.calls.map((call) => call.path)).toEqual([
      `/v3/company/${realm}/companyinfo/${realm}`,
      `/v3/company/${realm}/preferences`,
      // the names of terms, then of customer types
      `/v3/company/${realm}/query`,
      `/v3/company/${realm}/query`,
    ]);
    const [call] = intuit.calls;
    expect(call?.query.get('minorversion')).toBe('75');
    expect(call?.headers).toMatchObject({ accept: 'application/json', authorization: 'Bearer token-1' });
  });

  test('with a refused token asks for another one, once', async () => {
    intuit = await fakeIntuit(({ headers, path }) => {
      if (headers.authorization === 'Bearer token-1') return { status: 401, body: gateway401 };
      return { body: path.endsWith('preferences') ? wire.preferences : { CompanyInfo: {} } };
    });
    expect(await intuit.ledger.profile()).toMatchObject({ baseCurrency: 'USD' });
    expect(intuit.calls.map((call) => call.headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('refused twice is forbidden, and the words leave the token out', async () => {
    const error = await errorOf({ status: 401, body: gateway401, headers: { intuit_tid: '1-tid' } });
    expect(error).toMatchObject({ kind: 'forbidden', traceId: '1-tid' });
    expect(error.vendorSays).toContain('AuthenticationFailed');
    expect(error.vendorSays).not.toContain('token-1');
    expect(intuit.calls).toHaveLength(2);
  });
});

describe('an answer', () => {
  test.each([
    ['429 before its body', { status: 429, body: wire.fault('3200', 'x', 'AUTHENTICATION') }, 'rate_limited'],
    ['429 as XML', { status: 429, body: throttleXml }, 'rate_limited'],
    ['the old 403 for throttling', { status: 403, body: throttleXml }, 'rate_limited'],
    ['3100', { status: 403, body: wire.fault('3100', 'ApplicationAuthorizationFailed') }, 'forbidden'],
    ['403 without words', { status: 403, body: '' }, 'forbidden'],
    ['610', { status: 400, body: wire.fault('610', 'Object Not Found') }, 'gone'],
    ['5010', { status: 400, body: wire.fault('5010', 'Stale Object Error') }, 'conflict'],
    ['6210', { status: 400, body: wire.fault('6210', 'Account Period Closed') }, 'closed_period'],
    ['6190', { status: 400, body: wire.fault('6190', 'Invalid Company Status') }, 'forbidden'],
    ['another validation', { status: 400, body: wire.fault('2020', 'Required param missing') }, 'invalid'],
    ['a fault with status 200', { status: 200, body: wire.fault('610', 'Object Not Found') }, 'gone'],
    [
      'a lower-case fault with 200',
      { body: { fault: { error: [{ code: '10000' }], type: 'x' } } },
      'unavailable',
    ],
    ['a system fault', { status: 400, body: wire.fault('9999', 'oops', 'SystemFault') }, 'unavailable'],
    ['HTML', { status: 503, body: '<html><h1>Service Unavailable</h1></html>' }, 'unavailable'],
    ['JSON cut off', { status: 200, body: '{"CompanyInfo":{"Compa' }, 'unavailable'],
    ['no answer', { body: 'drop' }, 'unavailable'],
  ] as [string, Reply, string][])('%s is judged rightly', async (_name, reply, kind) => {
    expect(await errorOf(reply)).toMatchObject({ kind, outcomeUnknown: false });
  });

  test('that asks to wait says how long, as a number or a date', async () => {
    const seconds = await errorOf({ status: 429, body: '', headers: { 'retry-after': '22' } });
    expect(seconds.retryAfterSeconds).toBe(22);
    await intuit.close();
    const date = await errorOf({
      status: 429,
      body: '',
      headers: {
        date: 'Sat, 21 Nov 2026 12:00:00 GMT',
        'retry-after': 'Sat, 21 Nov 2026 12:01:00 GMT',
      },
    });
    expect(date.retryAfterSeconds).toBe(60);
    await intuit.close();
    expect((await errorOf({ status: 429, body: '' })).retryAfterSeconds).toBeNull();
  });

  test('without a query response never counts as an empty one', async () => {
    intuit = await fakeIntuit(({ path }) => ({ body: path.endsWith('preferences') ? wire.preferences : {} }));
    await expect(collect(intuit.ledger.readAll(null, known))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

test('every request passes the gate, reads as reads, and says what its answer says of limits', async () => {
  const passed: unknown[] = [];
  const gate: CallGate = {
    async pass(kind, call) {
      const { value, news } = await call();
      passed.push([kind, news?.refused?.limit ?? null]);
      return value;
    },
  };
  intuit = await fakeIntuit(() => ({ status: 429, body: '' }));
  const ledger = intuit.provider.open('123', async () => 'token-1', gate);
  await expect(ledger.notesOn('1')).rejects.toMatchObject({ kind: 'rate_limited' });
  expect(passed).toEqual([['read', 'minute']]);
});

test('a gate that refuses is asked before anything is sent', async () => {
  const gate: CallGate = { pass: () => Promise.reject(new LedgerError('rate_limited', 'not now')) };
  intuit = await fakeIntuit(() => ({ body: { QueryResponse: {} } }));
  const ledger = intuit.provider.open('123', async () => 'token-1', gate);
  await expect(ledger.notesOn('1')).rejects.toMatchObject({ vendorSays: 'not now' });
  expect(intuit.calls).toEqual([]);
});
