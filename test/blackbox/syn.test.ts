import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../support/world.ts';
import { type Key, newBooks, vendors } from './auth-support.ts';
import { Books, changeFeed, emptyList, idAt, open, pass, rawInvoice, small } from './syn-support.ts';

const both: readonly Key[] = ['quickbooks', 'xero'];

let world: World;
beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z' });
});
afterAll(() => world.stop());

describe.each(both)('changes at %s', (key) => {
  const { api } = vendors[key];
  let books: Books;
  let customer = '';
  let invoice = '';
  beforeAll(async () => {
    ({ books, customer, invoice } = await small(world, key));
  });

  it('SYN-21: nothing changed (empty answers) leaves the cursor where it was', async () => {
    // once more what was made just before the first read, which lies within the overlap
    await pass(world, 1);
    await books.tick();
    const before = await books.cursor();
    await pass(world, 1);
    await books.tick();
    expect(await books.cursor()).toBe(before);
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-05: a read that fails midway leaves the cursor, says so, and the next one brings everything', async () => {
    const before = await books.cursor();
    await books.make.post('/payments', { applyTo: [{ invoiceId: invoice, amountMinor: 2_500 }] });
    // QuickBooks has one address for changes; of Xero's lists the last but one fails, after others were read
    await books.fault({ kind: 'status', status: 503, match: key === 'xero' ? '/Prepayments' : '/cdc' });
    await books.tick();
    expect(await books.cursor()).toBe(before);
    expect(await books.problems('sync_failed')).toHaveLength(1);
    await books.withdraw();
    await pass(world, 1);
    await books.tick();
    expect(await books.cursor()).not.toBe(before);
    expect(await books.problems('sync_failed')).toEqual([]);
    expect(await open(books)).toBe(7_500);
  });

  it('SYN-06 SYN-07: a clock that goes back takes no cursor back, and reading the same again changes nothing', async () => {
    await books.make.patch(`/customers/${customer}`, { name: 'Ridgeway University Press' });
    await books.tick();
    const before = JSON.parse(await books.cursor()).since as string;
    const rows = await books.mirrored('invoice', 'invoice_id, open_minor, version, changed_at');
    await pass(world, -2);
    await books.make.patch(`/customers/${customer}`, { name: 'Ridgeway University' });
    await books.tick();
    expect(JSON.parse(await books.cursor()).since >= before).toBe(true);
    expect(await books.mirrored('invoice', 'invoice_id, open_minor, version, changed_at')).toEqual(rows);
    expect(await open(books)).toBe(7_500);
    await pass(world, 2);
  });

  it('SYN-19: two reads at the same time do the work once, and losing the race is no error', async () => {
    await books.make.post('/payments', { applyTo: [{ invoiceId: invoice, amountMinor: 500 }] });
    const results = await Promise.all([world.tick(), world.tick()]);
    expect(results).toHaveLength(2);
    expect(await open(books)).toBe(7_000);
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-16: an invoice of a customer that nobody knows brings its customer first', async () => {
    const unknown = await books.make.customer('Quill & Sable');
    const theirs = await books.make.invoice(unknown, 4_200);
    await pass(world, 1);
    // the answer about customers leaves the new one out, as happens when a row shows late
    if (key === 'xero') await books.answers('/Contacts?', emptyList('Contacts'));
    else {
      const row = await rawInvoice(books, theirs);
      await books.answers('/cdc', changeFeed({ Invoice: [row] }));
    }
    const reads = await books.readsOf(() => books.tick());
    expect(reads.some((path) => decodeURIComponent(path).includes(idAt(key, unknown)))).toBe(true);
    const found = (await books.positions()).find((row) => row.customerId === idAt(key, unknown));
    expect(found).toMatchObject({ customerName: 'Quill & Sable', open: { minor: 4_200 } });
  });

  it('SYN-20: a database error while a page is loaded is an error page, not an empty list', async () => {
    const { pool } = world.database;
    await pool.query('alter table position rename to position_away');
    try {
      const page = await books.person.page(`/companies/${books.companyId}/receivables`);
      expect(page.status).toBe(500);
      expect(page.html).not.toMatch(/nothing is past due|no customers/i);
    } finally {
      await pool.query('alter table position_away rename to position');
    }
    expect((await books.person.page(`/companies/${books.companyId}/receivables`)).status).toBe(200);
  });

  it('SYN-17: one failing company does not keep the others from being read', async () => {
    const other = both[key === 'xero' ? 0 : 1] ?? 'xero';
    const { books: healthy, invoice: theirs } = await small(world, other);
    await books.fault({ kind: 'status', status: 500, match: api });
    await healthy.make.post('/payments', { applyTo: [{ invoiceId: theirs, amountMinor: 10_000 }] });
    await world.tick();
    expect(await open(healthy)).toBe(0);
    expect(await books.problems('sync_failed')).toHaveLength(1);
    await books.withdraw();
    await pass(world, 1);
    await books.tick();
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-05: a first sync that broke off goes on where it was, and brings what changed before that place meanwhile', async () => {
    const { make, ...other } = await unread(key);
    await other.books.fault({
      kind: 'status',
      status: 503,
      match: key === 'xero' ? '/CreditNotes' : 'CreditMemo',
    });
    await other.books.workOff();
    expect(await other.books.problems('sync_failed')).toHaveLength(1);
    await pass(world, 1);
    await make.patch(`/customers/${other.customer}`, { name: 'Orchard & Daughters' });
    await other.books.withdraw();
    await other.books.tick();
    expect((await other.books.positions()).map((row) => row.customerName)).toEqual(['Orchard & Daughters']);
  });

  async function unread(at: Key): Promise<{ books: Books; make: Books['make']; customer: string }> {
    let customer = '';
    const made = await Books.connect(world, at, async (make) => {
      customer = await make.customer('Orchard & Sons');
      await make.invoice(customer, 10_000);
    });
    return { books: made, make: made.make, customer };
  }

  it('SYN-12: a reconnect that comes back with other books mixes nothing, and the owner is asked', async () => {
    const before = await books.invoices();
    const other = await newBooks(world, vendors[key], `Other books at ${key}`);
    const page = await books.person.reconnect(books.companyId, other);
    expect(page.html).toMatch(/other|different/i);
    await books.tick();
    expect(await books.invoices()).toEqual(before);
  });
});

describe.each(both)('a large book at %s', (key) => {
  let books: Books;
  let customer = '';
  let ids: readonly string[] = [];
  beforeAll(async () => {
    books = await Books.connect(world, key, async (make) => {
      customer = await make.customer('Large & Sons');
      // all of them in the same second, as an import makes them
      ids = await make.invoices(customer, 1_500);
    });
  });

  it('SYN-13: connecting starts the first sync by itself, and its progress is shown', async () => {
    expect(await books.person.words(`/companies/${books.companyId}/sync`)).toMatch(/read/i);
    // nobody asks for a read: only what connecting itself has ordered is worked off
    await books.fault({
      kind: 'delay',
      ms: 1_500,
      match: key === 'xero' ? '/CreditNotes' : 'CreditMemo',
      times: 1,
    });
    const reading = books.workOff();
    const shown = new Set<string>();
    const over = performance.now() + 20_000;
    while (![...shown].some((words) => /1,500 of 1,500 rows/.test(words)) && performance.now() < over)
      shown.add(await books.person.words(`/companies/${books.companyId}/sync`));
    await reading;
    expect([...shown].join(' ')).toMatch(/1,500 of 1,500 rows/);
    const { rows } = await world.database.pool.query(
      'select sync_state, sync_rows from company where company_id = $1',
      [books.companyId],
    );
    expect(rows[0]).toMatchObject({ sync_state: 'ready' });
  });

  it('SYN-01 SYN-03 SYN-23: 1,500 open invoices of one second over several pages are all seen, each once', async () => {
    const stored = await books.invoices();
    expect(stored).toHaveLength(1_500);
    expect(await open(books)).toBe(150_000);
    expect(await books.problems('sync_failed')).toEqual([]);
  });

  it('SYN-03 SYN-15: more changes than one answer holds are all read, and absence from it closes nothing', async () => {
    await pass(world, 1);
    // 1,100 invoices change, one is deleted after them: beyond the cut of QuickBooks' feed
    for (let from = 0; from < 1_100; from += 50)
      await Promise.all(
        ids
          .slice(from, from + 50)
          .map((id) => books.make.patch(`/invoices/${id}`, { dueDate: '2026-10-02' })),
      );
    await books.make.post(`/invoices/${ids[1_400]}/delete`);
    await books.tick();
    const stored = await books.invoices();
    expect(stored.filter((row) => row.dueOn === '2026-10-02')).toHaveLength(1_100);
    expect(stored.filter((row) => row.status === 'deleted').map((row) => row.invoiceId)).toEqual([
      idAt(key, ids[1_400] ?? ''),
    ]);
    expect(stored.filter((row) => row.status === 'open')).toHaveLength(1_499);
    expect(await open(books)).toBe(149_900);
  });
});
