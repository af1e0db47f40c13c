import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallGate } from '../../../src/ports/call-gate.ts';
import { openGate } from '../../support/open-gate.ts';
import { json, type WireServer, wireServer } from '../wire-server.ts';
import { envelope, gateAnswer, ledgerError, pathsSeen, provider, tenant, tokens } from './support.ts';

let server: WireServer;
beforeAll(async () => {
  server = await wireServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

const note = { invoiceId: 'i-1', text: 'Reminder sent [m]', marker: '[m]', idempotencyKey: 'key-1' };
const open = () => provider(server.url).open(tenant, tokens().source, openGate);
const read = () => open().notesOn('i-1');
const write = () => open().writeNote(note);

describe('a call to Xero', () => {
  it('names the organisation, asks for JSON, and carries the token', async () => {
    server.answer = (_request, response) => json(response, 200, envelope('HistoryRecords', []));
    await read();
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer old',
      'xero-tenant-id': tenant,
    });
  });

  it('passes the gate, and says what its answer says of limits', async () => {
    const headers = {
      'x-daylimit-remaining': '4539',
      'x-minlimit-remaining': '0',
      'x-appminlimit-remaining': '9938',
    };
    server.answer = (_request, response) => json(response, 200, envelope('HistoryRecords', []), headers);
    const passed: unknown[] = [];
    const gate: CallGate = {
      async pass(kind, call) {
        const { value, news } = await call();
        passed.push({ kind, ...news });
        return value;
      },
    };
    await provider(server.url).open(tenant, tokens().source, gate).notesOn('i-1');
    expect(passed).toEqual([
      { kind: 'read', refused: null, dayLeft: 4539, minuteLeft: 0, appMinuteLeft: 9938 },
    ]);
  });

  it('is made again once with a renewed token when the token had expired, writes included', async () => {
    server.answer = (request, response) =>
      request.headers.authorization === 'Bearer old'
        ? gateAnswer(response, 401, 'TokenExpired: token expired at 20/11/2026 09:29:00')
        : json(response, 200, envelope('HistoryRecords', [{ Details: note.text, ValidationErrors: [] }]));
    const source = tokens();
    await provider(server.url).open(tenant, source.source, openGate).writeNote(note);
    expect(source.asked).toEqual([undefined, 'old']);
    expect(server.seen.map((request) => request.headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
  });
});

describe('a 429', () => {
  it('is judged before anything else and says how long to wait', async () => {
    server.answer = (_request, response) => {
      const headers = {
        'retry-after': '22',
        'x-rate-limit-problem': 'minute',
        'xero-correlation-id': 'correlation-2',
      };
      json(response, 429, '<html>', headers);
    };
    expect(await ledgerError(write())).toMatchObject({
      kind: 'rate_limited',
      retryAfterSeconds: 22,
      traceId: 'correlation-2',
      vendorSays: 'too many requests (minute)',
      outcomeUnknown: false,
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a 401 or 403', () => {
  const connection = { id: 'conn', tenantId: tenant, tenantType: 'ORGANISATION', tenantName: 'Demo' };
  const refuseWith = (status: 401 | 403, detail: string, connections: object[]) => {
    server.answer = (request, response) =>
      request.path.startsWith('/connections')
        ? json(response, 200, connections)
        : gateAnswer(response, status, detail);
  };

  it.each([401, 403] as const)(
    '%s AuthenticationUnsuccessful of a lost connection means reconnect',
    async (status) => {
      refuseWith(status, 'AuthenticationUnsuccessful', []);
      expect(await ledgerError(read())).toMatchObject({ kind: 'reconnect_needed' });
      expect(pathsSeen(server)).toEqual(['GET /api.xro/2.0/Invoices/i-1/History', 'GET /connections']);
    },
  );

  it.each([401, 403] as const)('%s with the connection still there means a missing right', async (status) => {
    refuseWith(status, 'AuthenticationUnsuccessful', [connection]);
    expect(await ledgerError(read())).toMatchObject({ kind: 'forbidden', traceId: 'correlation-1' });
  });

  it('AuthorizationUnsuccessful is a missing scope: nothing is renewed and nothing asked', async () => {
    refuseWith(401, 'AuthorizationUnsuccessful', []);
    expect(await ledgerError(read())).toMatchObject({ kind: 'forbidden' });
    expect(server.seen).toHaveLength(1);
  });

  it('asks with a renewed token when the first is refused even for the list', async () => {
    server.answer = (request, response) =>
      request.path.startsWith('/connections') && request.headers.authorization === 'Bearer new'
        ? json(response, 200, [])
        : gateAnswer(response, 401, 'AuthenticationUnsuccessful');
    expect(await ledgerError(read())).toMatchObject({ kind: 'reconnect_needed' });
  });

  it('says nothing about the connection when the list cannot be had', async () => {
    server.answer = (request, response) =>
      request.path.startsWith('/connections')
        ? json(response, 503, '<html>')
        : gateAnswer(response, 403, 'AuthenticationUnsuccessful');
    expect(await ledgerError(read())).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a refusal of what was asked', () => {
  it('brings Xero’s sentences along', async () => {
    const ValidationErrors = [
      { Message: 'The document with the supplied id was not found for this endpoint.' },
    ];
    const Message = 'A validation exception occurred';
    server.answer = (_request, response) =>
      json(response, 400, {
        ErrorNumber: 10,
        Type: 'ValidationException',
        Message,
        Elements: [{ ValidationErrors }],
      });
    expect(await ledgerError(write())).toMatchObject({
      kind: 'invalid',
      vendorSays: 'The document with the supplied id was not found for this endpoint.',
      outcomeUnknown: false,
    });
  });

  it.each([
    [
      400,
      { ErrorNumber: 16, Type: 'QueryParseException', Message: 'no such field' },
      'invalid',
      'no such field',
    ],
    [404, "The resource you're looking for cannot be found", 'gone', 'Xero answered 404'],
    [409, {}, 'conflict', 'Xero answered 409'],
    [412, 'bad header', 'invalid', 'Xero answered 412'],
    [500, { Message: 'An error occurred' }, 'unavailable', 'An error occurred'],
    [502, '<html>secret page</html>', 'unavailable', 'Xero answered 502'],
    [503, 'The organisation is offline', 'unavailable', 'Xero answered 503'],
  ])('%s is told by its status', async (status, body, kind, vendorSays) => {
    server.answer = (_request, response) => json(response, status, body);
    expect(await ledgerError(read())).toMatchObject({ kind, vendorSays, outcomeUnknown: false });
    expect((await ledgerError(write())).outcomeUnknown).toBe(kind === 'unavailable');
  });
});

describe('an answer that did not come whole', () => {
  it.each([
    ['a page', '<html>hello</html>'],
    ['JSON cut off', '{"HistoryRecords":[{"Det'],
    ['a list in place of the frame', '[]'],
  ])('is unavailable, and a write’s outcome unknown, for %s', async (_name, body) => {
    server.answer = (_request, response) => json(response, 200, body);
    expect(await ledgerError(read())).toMatchObject({ kind: 'unavailable', outcomeUnknown: false });
    expect(await ledgerError(write())).toMatchObject({ kind: 'unavailable', outcomeUnknown: true });
  });

  it('is unknown after a broken connection, and surely undone when nobody listens', async () => {
    server.answer = (_request, response) => void response.destroy();
    expect(await ledgerError(write())).toMatchObject({ kind: 'unavailable', outcomeUnknown: true });
    const gone = await wireServer();
    await gone.close();
    const error = await ledgerError(
      provider(gone.url).open(tenant, tokens().source, openGate).writeNote(note),
    );
    expect(error).toMatchObject({ kind: 'unavailable', outcomeUnknown: false });
  });
});

describe('an error of Xero', () => {
  it('never holds a token or a body', async () => {
    server.answer = (_request, response) => json(response, 502, 'body-secret');
    const error = await ledgerError(write());
    const all = JSON.stringify({ ...error, message: error.message, stack: error.stack });
    for (const secret of ['old', 'body-secret', 'client-secret', note.text]) {
      expect(all.replace(error.stack ?? '', '')).not.toContain(`"${secret}"`);
      expect(error.message).not.toContain(secret);
    }
  });
});

describe('notes', () => {
  it('are put with the key, cut to Xero’s limit, and refused when Xero says so within a 200', async () => {
    server.answer = (_request, response) =>
      json(response, 200, envelope('HistoryRecords', [{ ValidationErrors: [] }]));
    const text = `${'word '.repeat(600)}[m]`;
    expect(await open().writeNote({ ...note, text })).toEqual({ noteId: null, existed: false });
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'PUT', path: '/api.xro/2.0/Invoices/i-1/History' });
    expect(request?.headers['idempotency-key']).toBe('key-1');
    const { HistoryRecords } = JSON.parse(request?.body ?? '') as { HistoryRecords: { Details: string }[] };
    expect(HistoryRecords).toHaveLength(1);
    expect(HistoryRecords[0]?.Details.length).toBeLessThanOrEqual(2500);
    expect(HistoryRecords[0]?.Details).toMatch(/word… \[m\]$/);

    const ValidationErrors = [{ Message: 'Details must be given' }];
    server.answer = (_request, response) =>
      json(response, 200, envelope('HistoryRecords', [{ ValidationErrors }]));
    expect(await ledgerError(write())).toMatchObject({
      kind: 'invalid',
      vendorSays: 'Details must be given',
    });
  });

  it('are listed with everything else in the history', async () => {
    const records = [{ Details: 'Attached a file' }, { Details: 'Reminder… [m]' }];
    server.answer = (_request, response) => json(response, 200, envelope('HistoryRecords', records));
    expect(await read()).toEqual([
      { noteId: null, text: 'Attached a file' },
      { noteId: null, text: 'Reminder… [m]' },
    ]);
  });

  it('WB-08: a refusal because the invoice is not there any more is told by the invoice, not by words', async () => {
    const refused = {
      ErrorNumber: 10,
      Type: 'ValidationException',
      Message: 'A validation exception occurred',
    };
    const answers = (status: number, body: unknown) => {
      server.answer = (request, response) =>
        request.method === 'PUT' ? json(response, 400, refused) : json(response, status, body);
    };
    answers(404, {});
    expect(await ledgerError(write())).toMatchObject({ kind: 'gone' });
    answers(200, envelope('Invoices', [{ InvoiceID: 'i-1', Status: 'DELETED' }]));
    expect(await ledgerError(write())).toMatchObject({ kind: 'gone' });
    answers(200, envelope('Invoices', [{ InvoiceID: 'i-1', Status: 'VOIDED' }]));
    expect(await ledgerError(write())).toMatchObject({ kind: 'invalid' });
  });
});

describe('the profile', () => {
  const organisation = {
    Name: 'Kiwi Ltd',
    LegalName: 'Kiwi Limited',
    BaseCurrency: 'NZD',
    CountryCode: 'NZ',
    Timezone: 'NEWZEALANDSTANDARDTIME',
    PeriodLockDate: '/Date(1546214400000+0000)/',
    EndOfYearLockDate: '/Date(1514678400000+0000)/',
    Addresses: [
      {
        AddressType: 'STREET',
        AddressLine1: '1 Quay St',
        City: 'Auckland',
        Region: 'Auckland',
        PostalCode: '1010',
        Country: 'New Zealand',
      },
    ],
    Phones: [{ PhoneType: 'OFFICE', PhoneNumber: '555' }],
  };

  it('has zone, currency, the later lock, address, and whether Xero reminds by itself', async () => {
    server.answer = (request, response) =>
      request.path.endsWith('/Organisation')
        ? json(response, 200, envelope('Organisations', [organisation]))
        : json(response, 200, envelope('InvoiceReminders', [{ Enabled: true }]));
    expect(await open().profile()).toEqual({
      name: 'Kiwi Ltd',
      legalName: 'Kiwi Limited',
      email: null,
      phone: '555',
      country: 'NZ',
      region: 'Auckland',
      timeZone: 'Pacific/Auckland',
      baseCurrency: 'NZD',
      postalAddress: '1 Quay St\nAuckland 1010\nNew Zealand',
      lockedUntil: '2018-12-31',
      ownReminders: true,
    });
  });

  it('does not know about reminders where Xero does not say, and is unavailable without a currency', async () => {
    server.answer = (request, response) =>
      request.path.endsWith('/Organisation')
        ? json(response, 200, envelope('Organisations', [{ ...organisation, Timezone: 'MOON' }]))
        : json(response, 404, 'no');
    expect(await open().profile()).toMatchObject({ ownReminders: null, timeZone: null });
    server.answer = (_request, response) => json(response, 200, envelope('Organisations', []));
    expect((await ledgerError(open().profile())).kind).toBe('unavailable');
  });
});
