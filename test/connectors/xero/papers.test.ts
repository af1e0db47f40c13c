import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PDF_MAX_BYTES } from '../../../src/platform/pdf.ts';
import { openGate } from '../../support/open-gate.ts';
import { json, type WireServer, wireServer } from '../wire-server.ts';
import { envelope, ledgerError, provider, tenant, tokens } from './support.ts';

let server: WireServer;
beforeAll(async () => {
  server = await wireServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

const open = () => provider(server.url).open(tenant, tokens().source, openGate);
const online = (url: string) => envelope('OnlineInvoices', [{ OnlineInvoiceUrl: url }]);

describe('the online invoice', () => {
  const ask = async () => (await open().onlineInvoiceUrls(['i-1'])).get('i-1');

  it('has an address, or none when Xero offers none', async () => {
    server.answer = (_request, response) => json(response, 200, online('https://in.xero.com/abc'));
    expect(await ask()).toEqual({ url: 'https://in.xero.com/abc', expiresOn: null });
    for (const bad of ['javascript:alert(1)', 'http://in.xero.com/abc', '']) {
      server.answer = (_request, response) => json(response, 200, online(bad));
      expect(await ask()).toBeNull();
    }
    // a draft, a void one
    server.answer = (_request, response) =>
      json(response, 400, { Type: 'ValidationException', Message: 'status' });
    expect(await ask()).toBeNull();
    server.answer = (_request, response) => json(response, 404, 'gone');
    expect(await ask()).toBeNull();
  });

  it('is not known, which is not "none", when Xero fails or answers something else', async () => {
    server.answer = (_request, response) => json(response, 500, 'oops');
    expect((await ledgerError(ask())).kind).toBe('unavailable');
    server.answer = (_request, response) => json(response, 200, '<html>Sorry</html>');
    expect((await ledgerError(ask())).kind).toBe('unavailable');
    server.answer = (_request, response) => json(response, 429, '', { 'retry-after': '30' });
    expect((await ledgerError(ask())).kind).toBe('rate_limited');
  });

  it('is asked for once an invoice, twenty at most; what was told before a refusal is kept', async () => {
    const ids = Array.from({ length: 60 }, (_, at) => `i-${at}`);
    server.answer = (request, response) =>
      json(response, 200, online(`https://in.xero.com/${request.path.split('/').at(-2)}`));
    const all = await open().onlineInvoiceUrls([...ids, ...ids]);
    expect(all.size).toBe(20);
    expect(all.get('i-7')?.url).toBe('https://in.xero.com/i-7');
    expect(server.seen).toHaveLength(20);
    server.seen.length = 0;
    server.answer = (request, response) =>
      request.path.includes('/i-12/')
        ? json(response, 429, '', { 'retry-after': '30' })
        : json(response, 200, online('https://in.xero.com/x'));
    const some = await open().onlineInvoiceUrls(ids);
    expect(some.has('i-12')).toBe(false);
    expect(some.has('i-9')).toBe(true);
    expect(server.seen).toHaveLength(15);
  });

  it('never hides that a person must reconnect, whatever was told before and refused beside it', async () => {
    server.answer = (request, response) => {
      if (request.path.includes('/connections')) json(response, 200, []);
      else if (request.path.includes('/i-7/')) json(response, 403, { Title: 'Forbidden', Status: 403 });
      else if (request.path.includes('/i-6/')) json(response, 429, '', { 'retry-after': '30' });
      else json(response, 200, online('https://in.xero.com/x'));
    };
    const ids = Array.from({ length: 20 }, (_, at) => `i-${at}`);
    expect((await ledgerError(open().onlineInvoiceUrls(ids))).kind).toBe('reconnect_needed');
  });
});

describe('the PDF of an invoice', () => {
  const pdf = '%PDF-1.4\ninvoice 1042\ntrailer\n%%EOF\n';
  const answering = (status: number, type: string, body: string) => {
    server.answer = (_request, response) =>
      void response.writeHead(status, { 'content-type': type }).end(body);
  };

  it('comes as the bytes that Xero sent', async () => {
    answering(200, 'application/pdf', pdf);
    expect(new TextDecoder().decode(await open().invoicePdf('i-1'))).toBe(pdf);
    expect(server.seen[0]?.path).toBe('/api.xro/2.0/Invoices/i-1');
    expect(server.seen[0]?.headers.accept).toBe('application/pdf');
  });

  it.each<[string, number, string, string, string]>([
    ['is gone', 404, 'text/html', 'The resource you are looking for cannot be found', 'gone'],
    ['is a page in HTML', 200, 'text/html', '<html>Sorry</html>', 'unavailable'],
    ['is the invoice as JSON', 200, 'application/json', '{"Invoices":[]}', 'unavailable'],
    ['is cut off', 200, 'application/pdf', pdf.slice(0, 20), 'unavailable'],
    ['is too large', 200, 'application/pdf', `%PDF-1.4${' '.repeat(PDF_MAX_BYTES)}%%EOF`, 'unavailable'],
    ['meets an outage', 503, 'text/html', 'down', 'unavailable'],
  ])('that %s is an error, and no PDF', async (_what, status, type, body, kind) => {
    answering(status, type, body);
    expect((await ledgerError(open().invoicePdf('i-1'))).kind).toBe(kind);
  });
});
