import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { XeroBench } from './xero-support.ts';

interface Records {
  HistoryRecords: Record<string, unknown>[];
}

describe('Xero: history notes', () => {
  let bench: XeroBench;
  let token: string;
  let invoice: string;

  beforeAll(async () => {
    bench = await XeroBench.open();
    invoice = bench.addInvoice(bench.addCustomer(), 10_000).id;
    token = (await bench.connect()).access_token;
  });
  afterAll(() => bench.app.close());

  const put = (details: string, key?: string, id = invoice, folder = 'Invoices') =>
    bench.api(`/${folder}/${id}/History`, token, {
      method: 'PUT',
      body: JSON.stringify({ HistoryRecords: [{ Details: details }] }),
      headers: key ? { 'idempotency-key': key } : {},
    });
  const notes = async () => {
    const { HistoryRecords } = (await bench.json(
      `/Invoices/${invoice}/History`,
      token,
    )) as unknown as Records;
    return HistoryRecords.filter((each) => each.Changes === 'Note').map((each) => each.Details);
  };

  test('a note is given back without an id, and is read as written by "System Generated"', async () => {
    const response = await put('Reminder sent');
    const { HistoryRecords } = (await response.json()) as Records;
    expect(HistoryRecords).toEqual([
      {
        DateUTCString: '2026-11-20T09:00:00',
        DateUTC: `/Date(${Date.UTC(2026, 10, 20, 9)})/`,
        Details: 'Reminder sent',
        ValidationErrors: [],
      },
    ]);
    const read = (await bench.json(`/Invoices/${invoice}/History`, token)) as unknown as Records;
    expect(read.HistoryRecords[0]).toMatchObject({
      Changes: 'Note',
      User: 'System Generated',
      Details: 'Reminder sent',
    });
  });

  test('the same key replays the first answer; with another body it is refused; after six minutes it is forgotten', async () => {
    const first = await (await put('Once', 'touch-1')).text();
    expect(await (await put('Once', 'touch-1')).text()).toBe(first);
    const other = await put('Twice', 'touch-1');
    expect([other.status, await other.text()]).toEqual([
      400,
      expect.stringContaining('used with a different request'),
    ]);
    expect((await notes()).filter((each) => each === 'Once')).toHaveLength(1);
    bench.later(7);
    await put('Once', 'touch-1');
    expect((await notes()).filter((each) => each === 'Once')).toHaveLength(2);
  });

  test('an answer lost after the commit leaves one note when the writer comes back with its key', async () => {
    bench.ctx.faults.order({ vendor: 'xero', kind: 'drop_after_commit', match: '/History' });
    await expect(put('Lost answer', 'touch-2')).rejects.toThrow();
    expect((await put('Lost answer', 'touch-2')).status).toBe(200);
    expect((await notes()).filter((each) => each === 'Lost answer')).toHaveLength(1);
  });

  test('too long, empty, or for a document that is not there: a ValidationException', async () => {
    const unknown = await put('Hello', undefined, '00000000-0000-4000-8000-000000000000');
    expect([unknown.status, await unknown.json()]).toEqual([
      400,
      expect.objectContaining({
        ErrorNumber: 10,
        Type: 'ValidationException',
        Elements: [
          {
            ValidationErrors: [
              { Message: 'The document with the supplied id was not found for this endpoint.' },
            ],
          },
        ],
      }),
    ]);
    expect((await put('x'.repeat(2501))).status).toBe(400);
    expect((await put('x'.repeat(2500))).status).toBe(200);
    expect((await put(' ')).status).toBe(400);
  });

  test('a note works on a contact too, but needs the write scope', async () => {
    const customer = bench.ctx.books.customers('5f0c3c5e-8a1f-4a5e-9b44-2d7a6c1e0001')[0]?.id ?? '';
    expect((await put('Called', undefined, customer, 'Contacts')).status).toBe(401);
    token = (await bench.connect(undefined, 'aroha', { scope: 'accounting.contacts accounting.invoices' }))
      .access_token;
    expect((await put('Called', undefined, customer, 'Contacts')).status).toBe(200);
    const read = (await bench.json(`/Contacts/${customer}/History`, token)) as unknown as Records;
    expect(read.HistoryRecords).toMatchObject([{ Details: 'Called' }]);
  });
});
