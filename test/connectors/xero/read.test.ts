import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeCursor } from '../../../connectors/xero/cursor.ts';
import { openGate } from '../../support/open-gate.ts';
import { known } from '../../support/values.ts';
import { json, type WireServer, wireServer } from '../wire-server.ts';
import { Lists } from './lists.ts';
import { contactRow, creditNoteRow, invoiceRow, paymentRow } from './rows.ts';
import { envelope, ledgerError, now, pagesOf, pathsSeen, provider, tenant, tokens } from './support.ts';

let server: WireServer;
beforeAll(async () => {
  server = await wireServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

const open = () => provider(server.url).open(tenant, tokens().source, openGate);
const begin = Date.parse('2026-01-01T00:00:00Z');

/** Invoices i-0, i-1, …, stamped `step` milliseconds apart. */
function invoices(count: number, step = 60_000) {
  return Array.from({ length: count }, (_, at) => ({
    ...invoiceRow,
    InvoiceID: `i-${at}`,
    UpdatedDateUTC: `/Date(${begin + at * step}+0000)/`,
  }));
}

async function firstCursor(): Promise<string> {
  const pages = await pagesOf(open().readAll(null, known));
  return pages.at(-1)?.cursor ?? '';
}

describe('the first reading', () => {
  it('goes through six lists in order and ends with a cursor for changes', async () => {
    const lists = new Lists(server);
    lists.add('Contacts', contactRow);
    lists.add('Invoices', invoiceRow, { ...invoiceRow, InvoiceID: 'i-bad', AmountDue: 'abc' });
    lists.add('CreditNotes', creditNoteRow);
    lists.add('Payments', paymentRow);
    const pages = await pagesOf(open().readAll(null, known));
    expect(pages.map((page) => page.progress.stage)).toEqual([
      'customers',
      'invoices',
      'credit notes',
      'overpayments',
      'prepayments',
      'payments',
    ]);
    expect(pages.map((page) => page.done)).toEqual([false, false, false, false, false, true]);
    expect(pages[1]).toMatchObject({
      invoices: [{ invoiceId: 'i-1' }],
      rejected: [{ id: 'i-bad', reason: 'AmountDue is "abc", not an amount' }],
      progress: { rows: 2, total: 2 },
    });
    expect(pages[0]?.customers).toHaveLength(1);
    expect(pages[2]?.credits).toHaveLength(1);
    expect(pages[5]?.payments).toHaveLength(1);
    expect(JSON.parse(pages[5]?.cursor ?? '')).toEqual({ v: 1, kind: 'changes', since: now.toISOString() });
    expect(pathsSeen(server)[1]).toBe(
      'GET /api.xro/2.0/Invoices?where=Type=="ACCREC"&summaryOnly=true&order=UpdatedDateUTC ASC&page=1&pageSize=1000',
    );
  });

  it('reads every row of many pages, in as few reads as there are pages', async () => {
    const lists = new Lists(server, 10);
    lists.add('Invoices', ...invoices(95));
    const pages = await pagesOf(open().readAll(null, known));
    expect(idsOf(pages)).toHaveLength(95);
    expect(server.seen.filter(({ path }) => path.includes('/Invoices')).length).toBeLessThanOrEqual(11);
    expect(pages.filter((page) => page.progress.stage === 'invoices').at(-1)?.progress).toMatchObject({
      rows: 95,
      total: 95,
    });
  });

  it('resumes after any page without losing a row', async () => {
    const lists = new Lists(server, 10);
    lists.add('Invoices', ...invoices(35));
    lists.add('Payments', paymentRow);
    const all = await pagesOf(open().readAll(null, known));
    for (const [at, page] of all.entries()) {
      const rest = await pagesOf(open().readAll(page.cursor, known));
      expect(new Set(idsOf([...all.slice(0, at + 1), ...rest]))).toEqual(new Set(idsOf(all)));
      expect(rest.at(-1)?.done).toBe(true);
      expect(rest.at(-1)?.cursor).toBe(all.at(-1)?.cursor);
    }
  });

  it('loses no row when rows change and move to the end while it reads', async () => {
    const lists = new Lists(server, 10);
    lists.add('Invoices', ...invoices(60));
    let reads = 0;
    lists.before = (list) => {
      lists.clock += 1000;
      // after its first page was read, rows of it move away: everything behind them moves up
      if (list === 'Invoices' && ++reads === 2) {
        lists.touch('Invoices', (row) => ['i-0', 'i-1', 'i-2'].includes(String(row.InvoiceID)));
      }
    };
    expect(new Set(idsOf(await pagesOf(open().readAll(null, known)))).size).toBe(60);
  });

  it('loses no row even when all have the same stamp, as after an import, and some change', async () => {
    const lists = new Lists(server, 10);
    lists.add('Invoices', ...invoices(45, 0));
    let changed = false;
    lists.before = (list, page) => {
      lists.clock += 1000;
      if (list === 'Invoices' && page === 3 && !changed) {
        changed = true;
        lists.touch('Invoices', (row) => ['i-3', 'i-4'].includes(String(row.InvoiceID)));
      }
    };
    const pages = await pagesOf(open().readAll(null, known));
    expect(changed).toBe(true);
    expect(new Set(idsOf(pages)).size).toBe(45);
  });

  it('reads a whole import of one stamp once when nothing changes', async () => {
    const lists = new Lists(server, 10);
    lists.add('Invoices', ...invoices(45, 0));
    expect(idsOf(await pagesOf(open().readAll(null, known)))).toHaveLength(45);
  });

  it('starts the change cursor at the earlier of the two clocks', async () => {
    const lists = new Lists(server);
    lists.clock = now.getTime() - 90_000;
    expect(JSON.parse(await firstCursor())).toMatchObject({ since: new Date(lists.clock).toISOString() });
  });
});

describe('a change read', () => {
  it('asks each list for what changed since the cursor, five minutes earlier, to the second', async () => {
    new Lists(server);
    const cursor = await firstCursor();
    server.seen.length = 0;
    const pages = await pagesOf(open().readChanges(cursor));
    expect(server.seen).toHaveLength(6);
    expect(new Set(server.seen.map(({ headers }) => headers['if-modified-since']))).toEqual(
      new Set(['2026-11-20T09:25:00']),
    );
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({ done: true, invoices: [], removed: [] });
  });

  it('brings void and deleted rows, and keeps its cursor until the end', async () => {
    const lists = new Lists(server);
    const cursor = await firstCursor();
    lists.clock += 60_000;
    const UpdatedDateUTC = `/Date(${lists.clock}+0000)/`;
    lists.add('Invoices', { ...invoiceRow, Status: 'VOIDED', AmountDue: 0, UpdatedDateUTC });
    lists.add('Payments', { ...paymentRow, Status: 'DELETED', UpdatedDateUTC });
    const pages = await pagesOf(open().readChanges(cursor));
    expect(pages.flatMap((page) => page.invoices)).toMatchObject([
      { invoiceId: 'i-1', status: 'void', totalMinor: 11510 },
    ]);
    expect(pages.flatMap((page) => page.payments)).toMatchObject([{ paymentId: 'p-1', status: 'deleted' }]);
    expect(pages.slice(0, -1).map((page) => [page.cursor, page.done])).toEqual([
      [cursor, false],
      [cursor, false],
    ]);
    expect(server.seen.some(({ path }) => path.includes('Status=="DELETED"'))).toBe(true);
  });

  it('confirms named invoices last, forty at a time, and says which are gone', async () => {
    const lists = new Lists(server);
    lists.add('Invoices', ...invoices(50));
    const cursor = await firstCursor();
    server.seen.length = 0;
    const ids = [...Array.from({ length: 45 }, (_, at) => `i-${at}`), 'i-gone'];
    const pages = await pagesOf(open().readChanges(cursor, { confirm: ids }));
    const asked = server.seen.filter(({ path }) => path.includes('IDs='));
    expect(asked).toHaveLength(2);
    expect(server.seen.slice(-2)).toEqual(asked);
    expect(idsOf(pages).sort()).toEqual(ids.slice(0, 45).sort());
    expect(pages.flatMap((page) => page.removed)).toEqual([
      { kind: 'invoice', id: 'i-gone', changedAt: now.toISOString() },
    ]);
  });

  it('does not call invoices gone that stand on a further page', async () => {
    const lists = new Lists(server, 10);
    lists.add('Invoices', ...invoices(35));
    const ids = invoices(35).map((row) => row.InvoiceID);
    const rows = await open().readInvoices(ids, known);
    expect(rows.removed).toEqual([]);
    expect(rows.invoices).toHaveLength(35);
  });

  it('calls nothing gone when the answer has fewer rows than it promises', async () => {
    server.answer = (_request, response) =>
      json(response, 200, envelope('Invoices', invoices(2), { pagination: { pageCount: 1, itemCount: 3 } }));
    const error = await ledgerError(open().readInvoices(['i-0', 'i-1', 'i-2'], known));
    expect(error).toMatchObject({ kind: 'unavailable' });
  });

  it('goes by Xero’s clock where ours is fast, also when the first lists answer 304 and tell no time', async () => {
    const lists = new Lists(server);
    lists.clock = now.getTime() - 600_000;
    const cursor = writeCursor({ v: 1, kind: 'changes', since: '2026-11-20T00:00:00.000Z' });
    lists.add('Invoices', { ...invoiceRow, UpdatedDateUTC: `/Date(${lists.clock - 1000}+0000)/` });
    const { answer } = server;
    server.answer = (request, response) => {
      if (!request.path.includes('/Contacts')) return answer(request, response);
      response.writeHead(304).end();
    };
    for (const thorough of [true, false]) {
      const pages = await pagesOf(open().readChanges(cursor, { thorough }));
      expect(JSON.parse(pages.at(-1)?.cursor ?? '')).toMatchObject({
        since: new Date(lists.clock).toISOString(),
      });
    }
  });

  it('does not call an unreadable invoice gone', async () => {
    const lists = new Lists(server);
    const cursor = await firstCursor();
    lists.add('Invoices', { ...invoiceRow, AmountDue: 'abc' });
    const pages = await pagesOf(open().readChanges(cursor, { confirm: ['i-1'] }));
    expect(pages.flatMap((page) => page.removed)).toEqual([]);
    expect(pages.flatMap((page) => page.rejected)).toMatchObject([{ id: 'i-1' }]);
  });

  it('refuses a cursor that is not one', async () => {
    new Lists(server);
    expect((await ledgerError(pagesOf(open().readChanges('nonsense')))).kind).toBe('invalid');
    const half = (await pagesOf(open().readAll(null, known)))[0]?.cursor ?? '';
    expect((await ledgerError(pagesOf(open().readChanges(half)))).kind).toBe('invalid');
  });
});

describe('the receivables', () => {
  it('are open invoices less open credits, per customer and currency, each row once', async () => {
    const lists = new Lists(server, 2);
    const usd = { CurrencyCode: 'USD' };
    lists.add('Invoices', ...invoices(5), { ...invoiceRow, ...usd, InvoiceID: 'i-usd' });
    lists.add('Invoices', { ...invoiceRow, InvoiceID: 'i-paid', Status: 'PAID', AmountDue: 0 });
    lists.add('Invoices', { ...invoiceRow, InvoiceID: 'i-bad', AmountDue: null });
    lists.add('CreditNotes', creditNoteRow, { ...creditNoteRow, CreditNoteID: 'n-2', Status: 'DRAFT' });
    lists.add('Overpayments', {
      ...creditNoteRow,
      OverpaymentID: 'o-1',
      Type: 'RECEIVE-OVERPAYMENT',
      RemainingCredit: 1,
    });
    const { sums: owed, unread } = await open().receivables(known);
    expect(owed).toHaveLength(2);
    expect(owed).toContainEqual({ customerId: 'c-1', currency: 'NZD', minor: 5 * 11510 - 3250 - 100 });
    expect(owed).toContainEqual({ customerId: 'c-1', currency: 'USD', minor: 11510 });
    // `i-bad` is theirs: nobody knows what they owe
    expect(unread).toEqual(['c-1']);
  });
});

function idsOf(pages: Awaited<ReturnType<typeof pagesOf>>): string[] {
  return [...new Set(pages.flatMap((page) => page.invoices.map((row) => row.invoiceId)))];
}
