import { afterEach, describe, expect, test } from '@jest/globals';
import { collect, type FakeIntuit, fakeIntuit, wire } from './support.ts';

let intuit: FakeIntuit;
afterEach(() => intuit.close());

const cursor = JSON.stringify({ at: 'changes', home: 'USD', since: '2026-11-21T11:00:00.000Z' });

interface Given {
  /** What the change feed holds, by entity. */
  readonly feed?: Record<string, readonly object[]>;
  /** What queries find, by entity. */
  readonly tables?: Record<string, readonly { Id: string }[]>;
}

async function changing({ feed = {}, tables = {} }: Given): Promise<FakeIntuit> {
  intuit = await fakeIntuit(({ path, query }) => {
    if (path.endsWith('/cdc')) {
      const names = (query.get('entities') ?? '').split(',');
      // the feed is cut at 1,000 objects and does not say so
      let room = 1000;
      const slots = names.map((name) => {
        const rows = (feed[name] ?? []).slice(0, room);
        room -= rows.length;
        return rows.length === 0 ? {} : { [name]: rows, startPosition: 1, maxResults: rows.length };
      });
      return { body: { CDCResponse: [{ QueryResponse: slots }], time: '2026-11-21T12:00:00.000Z' } };
    }
    const text = query.get('query') ?? '';
    const entity = /FROM (\w+)/.exec(text)?.[1] ?? '';
    if (text.startsWith('SELECT COUNT'))
      return { body: { QueryResponse: { totalCount: tables[entity]?.length ?? 0 } } };
    const wanted = /Id IN \(([^)]*)\)/.exec(text)?.[1]?.replaceAll("'", '').split(', ');
    const from = Number(/STARTPOSITION (\d+)/.exec(text)?.[1] ?? 1) - 1;
    const rows = (tables[entity] ?? [])
      .filter((row) => wanted?.includes(row.Id) ?? true)
      .slice(from, from + 1000);
    return { body: { QueryResponse: rows.length === 0 ? {} : { [entity]: rows } } };
  });
  return intuit;
}

describe('reading changes', () => {
  test('SYN-21: an unchanged company costs one read and leaves the cursor, the invoices to be confirmed included', async () => {
    const { ledger, calls } = await changing({});
    const pages = await collect(ledger.readChanges(cursor, { confirm: ['1', '2'] }));
    expect(calls).toHaveLength(1);
    expect(calls[0]?.query.get('entities')).toBe('Customer,Invoice,CreditMemo,Payment,Attachable');
    expect(calls[0]?.query.get('changedSince')).toBe('2026-11-21T11:00:00Z');
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({ invoices: [], removed: [], rejected: [], done: true });
    expect(pages[0]?.cursor).toBe(cursor);
  });

  test('brings changed rows and deletions', async () => {
    const { ledger, calls } = await changing({
      feed: {
        Customer: [wire.customer('24')],
        Invoice: [wire.invoice('1', { Balance: 0 }), wire.deleted('2')],
        Payment: [wire.payment('9', '1', 362.07)],
      },
    });
    const [page] = await collect(ledger.readChanges(cursor));
    expect(calls).toHaveLength(1);
    expect(page).toMatchObject({
      customers: [{ customerId: '24' }],
      invoices: [{ invoiceId: '1', status: 'closed', openMinor: 0 }],
      payments: [{ paymentId: '9' }],
      removed: [{ kind: 'invoice', id: '2' }],
    });
  });

  test('reads the invoice of a changed payment when the feed leaves it out', async () => {
    const { ledger } = await changing({
      feed: { Payment: [wire.payment('9', '1', 100)] },
      tables: { Invoice: [wire.invoice('1', { Balance: 262.07 }), wire.invoice('2')] },
    });
    const [page] = await collect(ledger.readChanges(cursor));
    expect(page?.invoices).toMatchObject([{ invoiceId: '1', openMinor: 26_207 }]);
  });

  test('confirms by reading when a payment was deleted and its links with it; a lost invoice is removed', async () => {
    const { ledger, calls } = await changing({
      feed: { Payment: [wire.deleted('9')] },
      tables: { Invoice: [wire.invoice('1')] },
    });
    const [page] = await collect(ledger.readChanges(cursor, { confirm: ['1', '3'] }));
    expect(calls).toHaveLength(2);
    expect(page?.invoices).toMatchObject([{ invoiceId: '1' }]);
    expect(page?.removed).toMatchObject([
      { kind: 'payment', id: '9' },
      { kind: 'invoice', id: '3' },
    ]);
  });

  test('a feed that was cut is read entity by entity, and by query where even that is too much', async () => {
    const Invoice = Array.from({ length: 1200 }, (_, i) => wire.invoice(String(i + 1)));
    const Payment = [wire.payment('p1', '1', 5)];
    const { ledger, calls } = await changing({
      feed: { Invoice, Payment, Customer: [wire.customer('24')] },
      tables: { Invoice },
    });
    const pages = await collect(ledger.readChanges(cursor, { confirm: ['7'] }));
    const ids = new Set(pages.flatMap((page) => page.invoices.map((row) => row.invoiceId)));
    expect(ids.size).toBe(1200);
    expect(pages.flatMap((page) => page.payments)).toHaveLength(1);
    expect(pages.flatMap((page) => page.customers)).toHaveLength(1);
    expect(pages.at(-1)?.stated).toEqual([{ kind: 'invoice', rows: 1200 }]);
    // only the whole is a step forward
    expect(pages.map((page) => page.done)).toEqual([false, false, true]);
    expect(pages.slice(0, -1).every((page) => page.cursor === cursor)).toBe(true);
    const queries = calls.map((call) => call.query.get('query')).filter((text) => text !== null);
    expect(queries[0]).toContain(
      "FROM Invoice WHERE MetaData.LastUpdatedTime >= '2026-11-21T11:00:00Z' ORDERBY Id",
    );
  });

  test('no page holds a row twice', async () => {
    const Invoice = Array.from({ length: 1200 }, (_, i) => wire.invoice(String(i + 1)));
    const { ledger } = await changing({
      feed: { Customer: [wire.customer('24')], Invoice },
      tables: { Invoice },
    });
    for (const page of await collect(ledger.readChanges(cursor, { confirm: ['1199'] }))) {
      expect(new Set(page.invoices.map((row) => row.invoiceId)).size).toBe(page.invoices.length);
      expect(new Set(page.customers.map((row) => row.customerId)).size).toBe(page.customers.length);
    }
  });

  test('beyond the thirty days of the feed everything changed is queried, the feed only tells of deletions', async () => {
    const old = JSON.stringify({ at: 'changes', home: 'USD', since: '2026-09-01T00:00:00.000Z' });
    const { ledger, calls } = await changing({
      feed: { Invoice: [wire.deleted('3')] },
      tables: { Invoice: [wire.invoice('1')], Customer: [wire.customer('24')] },
    });
    const pages = await collect(ledger.readChanges(old));
    expect(calls[0]?.query.get('changedSince')).toBe('2026-10-23T12:00:00Z');
    expect(calls[1]?.query.get('query')).toContain(
      "FROM Customer WHERE Active IN (true, false) AND MetaData.LastUpdatedTime >= '2026-09-01T00:00:00Z'",
    );
    expect(pages.flatMap((page) => page.invoices)).toHaveLength(1);
    expect(pages.at(-1)).toMatchObject({ done: true, removed: [{ kind: 'invoice', id: '3' }] });
    expect(pages.at(-1)?.stated).toEqual([
      { kind: 'customer', rows: 1 },
      { kind: 'invoice', rows: 1 },
      { kind: 'credit', rows: 0 },
      { kind: 'payment', rows: 0 },
    ]);
  });

  test('a cursor that would soon be out of the reach of the feed moves on, even if nothing changed', async () => {
    const old = JSON.stringify({ at: 'changes', home: 'USD', since: '2026-10-30T00:00:00.000Z' });
    const { ledger } = await changing({});
    const [page] = await collect(ledger.readChanges(old));
    expect(JSON.parse(page?.cursor ?? '')).toMatchObject({ since: '2026-11-21T11:55:00.000Z' });
  });

  test('our own notes come along; other people’s attachments are none of our business', async () => {
    const ref = (value: string, type = 'Invoice') => [{ IncludeOnSend: false, EntityRef: { type, value } }];
    const { ledger, calls } = await changing({
      feed: {
        Attachable: [
          { Id: '7', Note: 'Reminder sent. [duly:t1:95]', AttachableRef: ref('95') },
          { Id: '8', Note: 'Called her, she was nice', AttachableRef: ref('95') },
          { Id: '9', status: 'Deleted' },
        ],
      },
    });
    const [page] = await collect(ledger.readChanges(cursor));
    expect(calls).toHaveLength(1);
    expect(page?.notes).toEqual([
      { noteId: '7', invoiceId: '95', text: 'Reminder sent. [duly:t1:95]', removed: false },
      { noteId: '8', invoiceId: '95', text: '', removed: false },
      { noteId: '9', invoiceId: null, text: '', removed: true },
    ]);
  });

  test('holds the cursor when the answer is no list of changes', async () => {
    intuit = await fakeIntuit(() => ({ body: { time: '2026-11-21T12:00:00.000Z' } }));
    await expect(collect(intuit.ledger.readChanges(cursor))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('refuses to begin before the first read is finished', async () => {
    intuit = await fakeIntuit(() => ({ body: {} }));
    const middle = JSON.stringify({
      at: 'all',
      home: 'USD',
      since: '2026-11-21T11:00:00.000Z',
      entity: 'Invoice',
      place: { position: 1000, anchor: '1000' },
      rows: 1000,
      total: null,
    });
    await expect(collect(intuit.ledger.readChanges(middle))).rejects.toMatchObject({ kind: 'invalid' });
  });
});
