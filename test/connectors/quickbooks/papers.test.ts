import { afterEach, describe, expect, test } from '@jest/globals';
import { LedgerError } from '../../../src/platform/errors.ts';
import { PDF_MAX_BYTES } from '../../../src/platform/pdf.ts';
import { type Call, type FakeIntuit, fakeIntuit, type Reply, wire } from './support.ts';

let intuit: FakeIntuit;
afterEach(() => intuit.close());

async function serving(reply: (call: Call) => Reply): Promise<FakeIntuit> {
  intuit = await fakeIntuit(reply);
  return intuit;
}
const rows = (...Invoice: object[]): Reply => ({ body: { QueryResponse: { Invoice, startPosition: 1 } } });
const mailed = (id: string, more: object = {}) =>
  wire.invoice(id, { BillEmail: { Address: 'ap@example.com' }, ...more });

async function kindOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof LedgerError)) throw new Error(`expected a LedgerError, got ${String(error)}`);
  return error.kind;
}

describe('the online addresses of invoices', () => {
  test('are the ones that QuickBooks gives, asked for in one read', async () => {
    const link = 'https://connect.intuit.com/portal/asei/v1?locale=en_US&cta=x';
    const { ledger, calls } = await serving(() =>
      rows(
        mailed('1', { InvoiceLink: link }),
        mailed('2', { InvoiceLink: link, InvoiceLinkExpiryDate: '2027-01-31' }),
      ),
    );
    const found = await ledger.onlineInvoiceUrls(['1', "2'", '2', '1']);
    expect(found.get('1')).toEqual({ url: link, expiresOn: null });
    expect(found.get('2')).toEqual({ url: link, expiresOn: '2027-01-31' });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.path).toMatch(/\/query$/);
    expect(calls[0]?.query.get('include')).toBe('invoiceLink');
    expect(calls[0]?.query.get('query')).toBe(
      "SELECT * FROM Invoice WHERE Id IN ('1', '2\\'', '2') MAXRESULTS 100",
    );
  });

  test.each([
    ['payments are off, or the question is not heeded', {}],
    ['there is no BillEmail', { InvoiceLink: 'https://connect.intuit.com/1', BillEmail: undefined }],
    ['the address is not https', { InvoiceLink: 'http://connect.intuit.com/1' }],
    ['it is no address at all', { InvoiceLink: 'javascript:alert(1)' }],
    [
      'its end can not be read',
      { InvoiceLink: 'https://connect.intuit.com/1', InvoiceLinkExpiryDate: 'soon' },
    ],
  ])('are none where %s', async (_why, more) => {
    const { ledger } = await serving(() => rows(mailed('1', more)));
    expect(await ledger.onlineInvoiceUrls(['1'])).toEqual(new Map([['1', null]]));
  });

  test('are none for an invoice that was deleted', async () => {
    const { ledger } = await serving(() => ({ body: { QueryResponse: {} } }));
    expect(await ledger.onlineInvoiceUrls(['9'])).toEqual(new Map([['9', null]]));
  });

  test('of more than a hundred invoices are told for the first hundred; of none without a call', async () => {
    const { ledger, calls } = await serving(() => rows());
    const ids = Array.from({ length: 140 }, (_, at) => String(at));
    expect([...(await ledger.onlineInvoiceUrls(ids)).keys()]).toEqual(ids.slice(0, 100));
    await ledger.onlineInvoiceUrls([]);
    expect(calls).toHaveLength(1);
  });

  test.each<[string, Reply, string]>([
    ['429', { status: 429, body: wire.fault('003001', 'ThrottleExceeded', 'SERVICE') }, 'rate_limited'],
    ['a page in HTML', { body: '<html>Sorry</html>' }, 'unavailable'],
    ['half an answer', { body: '{"QueryResponse":{"Invoice":[{"Id":"1"' }, 'unavailable'],
    ['an answer without rows or an empty response', { body: { time: 'now' } }, 'unavailable'],
    ['no answer', { body: 'drop' }, 'unavailable'],
  ])('are not known, which is not "none", after %s', async (_what, reply, kind) => {
    const { ledger } = await serving(() => reply);
    expect(await kindOf(ledger.onlineInvoiceUrls(['1']))).toBe(kind);
  });
});

describe('the PDF of an invoice', () => {
  const pdf = `%PDF-1.4\n\u0001\u0002 invoice 1042\ntrailer\n%%EOF\n`;
  const asPdf = { 'content-type': 'application/pdf' };

  test('comes as the bytes that QuickBooks sent', async () => {
    const { ledger, calls } = await serving(() => ({ headers: asPdf, body: pdf }));
    expect(new TextDecoder().decode(await ledger.invoicePdf('10/42'))).toBe(pdf);
    expect(calls[0]?.path).toMatch(/\/invoice\/10%2F42\/pdf$/);
    expect(calls[0]?.headers.accept).toBe('application/pdf');
  });

  test.each<[string, Reply, string]>([
    ['is gone', { status: 400, body: wire.fault('610', 'Object Not Found') }, 'gone'],
    ['is refused for now', { status: 429, body: wire.fault('003001', 'ThrottleExceeded') }, 'rate_limited'],
    [
      'is a page in HTML',
      { headers: { 'content-type': 'text/html' }, body: '<html>Sorry</html>' },
      'unavailable',
    ],
    [
      'is a fault with status 200',
      { body: wire.fault('10000', 'System failure', 'SystemFault') },
      'unavailable',
    ],
    ['is cut off', { headers: asPdf, body: pdf.slice(0, 20) }, 'unavailable'],
    ['is too large', { headers: asPdf, body: `%PDF-1.4${' '.repeat(PDF_MAX_BYTES)}%%EOF` }, 'unavailable'],
  ])('that %s is an error, and no PDF', async (_what, reply, kind) => {
    const { ledger } = await serving(() => reply);
    expect(await kindOf(ledger.invoicePdf('1'))).toBe(kind);
  });
});
