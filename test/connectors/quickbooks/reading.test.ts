import { afterEach, describe, expect, test } from '@jest/globals';
import type { BooksPage } from '../../../src/ports/ledger.ts';
import { known } from '../../support/values.ts';
import { type Call, collect, type FakeIntuit, fakeIntuit, type Reply, wire } from './support.ts';

let intuit: FakeIntuit;
afterEach(() => intuit.close());

type Tables = Record<string, { Id: string }[]>;

/** Answers the queries that the connector writes, from tables that a test may change between reads. */
function answer(tables: Tables, { path, query }: Call): Reply {
  if (path.endsWith('/preferences')) return { body: wire.preferences };
  const text = query.get('query') ?? '';
  const entity = /FROM (\w+)/.exec(text)?.[1] ?? '';
  const table = tables[entity] ?? [];
  if (text.startsWith('SELECT COUNT(*)')) return { body: { QueryResponse: { totalCount: table.length } } };
  const from = Number(/STARTPOSITION (\d+)/.exec(text)?.[1] ?? 1) - 1;
  const rows = table.slice(from, from + Number(/MAXRESULTS (\d+)/.exec(text)?.[1] ?? 100));
  return { body: { QueryResponse: rows.length === 0 ? {} : { [entity]: rows, maxResults: rows.length } } };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => wire.invoice(String(i + 1)));
const idsOf = (pages: readonly BooksPage[]) =>
  pages.flatMap((page) => page.invoices.map((row) => row.invoiceId));

describe('the first read', () => {
  test('brings everything in order, says how far it is, and ends with a cursor for changes', async () => {
    const tables: Tables = {
      Customer: [wire.customer('24', { Active: false })],
      Invoice: many(2500),
      Payment: [wire.payment('1', '1', 5)],
    };
    intuit = await fakeIntuit((call) => answer(tables, call));
    const pages = await collect(intuit.ledger.readAll(null, known));
    expect(idsOf(pages)).toHaveLength(2500);
    expect(new Set(idsOf(pages)).size).toBe(2500);
    expect(pages.map((page) => page.progress)).toEqual([
      { stage: 'customers', rows: 1, total: null },
      { stage: 'invoices', rows: 1000, total: 2500 },
      { stage: 'invoices', rows: 1999, total: 2500 },
      { stage: 'invoices', rows: 2500, total: 2500 },
      { stage: 'credits', rows: 0, total: null },
      { stage: 'payments', rows: 1, total: null },
    ]);
    expect(pages.map((page) => page.done)).toEqual([false, false, false, false, false, true]);
    // the minimum is a page of 1,000 each: 1 + 3 + 1 + 1, and the count
    expect(intuit.calls).toHaveLength(7);
    expect(intuit.calls[0]?.query.get('query')).toContain('WHERE Active IN (true, false) ORDERBY Id');
    // five minutes before Intuit's own clock stood when the reading began
    expect(JSON.parse(pages.at(-1)?.cursor ?? '')).toEqual({
      at: 'changes',
      home: 'USD',
      since: '2026-11-21T11:55:00.000Z',
    });
  });

  test('goes on where the last applied page ended, without asking again for what is known', async () => {
    intuit = await fakeIntuit((call) => answer({ Invoice: many(2500) }, call));
    const first: BooksPage[] = [];
    for await (const page of intuit.ledger.readAll(null, known)) {
      first.push(page);
      if (page.invoices.length > 0) break;
    }
    intuit.calls.length = 0;
    const rest = await collect(intuit.ledger.readAll(first.at(-1)?.cursor ?? '', known));
    expect(idsOf([...first, ...rest])).toHaveLength(2500);
    expect(intuit.calls.map((call) => call.query.get('query'))).toEqual([
      expect.stringContaining('FROM Invoice ORDERBY Id STARTPOSITION 1000'),
      expect.stringContaining('FROM Invoice ORDERBY Id STARTPOSITION 1999'),
      expect.stringContaining('FROM CreditMemo'),
      expect.stringContaining('FROM Payment'),
    ]);
  });

  test('loses no row when rows before the place are deleted while it reads', async () => {
    const tables: Tables = { Invoice: many(3000) };
    intuit = await fakeIntuit((call) => {
      const reply = answer(tables, call);
      if (call.query.get('query')?.includes('STARTPOSITION 1000 ')) {
        tables.Invoice = (tables.Invoice ?? []).filter((row) => Number(row.Id) > 700);
      }
      return reply;
    });
    const read = new Set(idsOf(await collect(intuit.ledger.readAll(null, known))));
    for (let id = 701; id <= 3000; id++) expect(read.has(String(id))).toBe(true);
  });

  test('loses no row, and comes to an end, when the row that the next page begins with is deleted', async () => {
    const tables: Tables = { Invoice: many(12_000) };
    intuit = await fakeIntuit((call) => {
      // the last row of the page before, for which the next page is asked
      if (call.query.get('query')?.includes('FROM Invoice ORDERBY Id STARTPOSITION 10990 '))
        tables.Invoice = (tables.Invoice ?? []).filter((row) => row.Id !== '10990');
      return answer(tables, call);
    });
    const pages = await collect(intuit.ledger.readAll(null, known));
    const read = new Set(idsOf(pages));
    for (let id = 1; id <= 12_000; id++) expect(read.has(String(id))).toBe(true);
    // no progress line beyond its end
    for (const { progress } of pages) expect(progress.rows).toBeLessThanOrEqual(progress.total ?? 1e9);
  });

  test('is no dead end when it stalled: a later run goes back to the beginning and reads all', async () => {
    let broken = true;
    intuit = await fakeIntuit((call) => {
      const further = /STARTPOSITION (?!1 )/.test(call.query.get('query') ?? '');
      return broken && further ? { body: { QueryResponse: {} } } : answer({ Invoice: many(1500) }, call);
    });
    let cursor: string | null = null;
    const run = async (): Promise<void> => {
      for await (const page of intuit.ledger.readAll(cursor, known)) cursor = page.cursor;
    };
    await expect(run()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(run()).rejects.toMatchObject({ kind: 'unavailable' });
    broken = false;
    expect(new Set(idsOf(await collect(intuit.ledger.readAll(cursor, known)))).size).toBeGreaterThanOrEqual(
      500,
    );
    expect(intuit.calls.length).toBeLessThan(40);
  });

  test('refuses a cursor that is not ours', async () => {
    intuit = await fakeIntuit((call) => answer({}, call));
    for (const cursor of ['', 'x', '{}', '{"at":"all","home":"USD"}']) {
      await expect(collect(intuit.ledger.readAll(cursor, known))).rejects.toMatchObject({ kind: 'invalid' });
    }
  });

  test('SYN-02 SYN-23: a list that does not move on ends with an error, never in an endless loop', async () => {
    // whatever is asked for, the same full page
    intuit = await fakeIntuit(() => ({ body: { QueryResponse: { Customer: many(1000) } } }));
    await expect(collect(intuit.ledger.readAll(null, known))).rejects.toMatchObject({
      kind: 'unavailable',
      vendorSays: expect.stringContaining('does not move on'),
    });
    expect(intuit.calls.length).toBeLessThan(5);
  });

  test('SYN-02: a list whose next page is always empty although there must be one ends as well', async () => {
    intuit = await fakeIntuit(({ query }) => {
      const beginning = query.get('query')?.includes('STARTPOSITION 1 ') === true;
      return { body: { QueryResponse: beginning ? { Customer: many(1000) } : {} } };
    });
    await expect(collect(intuit.ledger.readAll(null, known))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(intuit.calls.length).toBeLessThan(30);
  });
});

describe("the ledger's own receivables", () => {
  test('are the balances of all customers in their currencies', async () => {
    const Customer = [
      wire.customer('1'),
      wire.customer('2', { Balance: -3, CurrencyRef: { value: 'EUR' }, BalanceWithJobs: 99 }),
    ];
    intuit = await fakeIntuit((call) => answer({ Customer }, call));
    expect(await intuit.ledger.receivables(known)).toEqual({
      sums: [
        { customerId: '1', currency: 'USD', minor: 1050 },
        { customerId: '2', currency: 'EUR', minor: -300 },
      ],
      unread: [],
    });
  });

  test('name a customer whose row cannot be read, and state the others', async () => {
    const Customer = [wire.customer('1', { Balance: 'x' }), wire.customer('2')];
    intuit = await fakeIntuit((call) => answer({ Customer }, call));
    expect(await intuit.ledger.receivables(known)).toEqual({
      sums: [{ customerId: '2', currency: 'USD', minor: 1050 }],
      unread: ['1'],
    });
  });
});
