import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { keepSeenNotes } from '../../src/books/seen-note.store.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
/** Two notes were written today. */
beforeEach(async () => {
  shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.put({ invoices: [invoiceRow('I2', { openMinor: 2_500 })] });
  await shop.morning();
  await shop.deliver();
  await shop.writeNotes();
});

/** The ledger's next change read shows these. */
const shows = (
  notes: readonly { noteId: string; invoiceId: string | null; text: string }[],
  removed = false,
) =>
  shop.within((tx) =>
    keepSeenNotes(
      tx,
      shop.companyId,
      notes.map(({ noteId, invoiceId, text }) => ({ noteId, invoiceId, text, removed })),
      shop.now(),
    ),
  );
const showsGone = (noteId: string) => shows([{ noteId, invoiceId: null, text: '' }], true);
const rows = async (): Promise<string[]> => {
  const notes = await shop.within((tx) =>
    tx
      .selectFrom('note')
      .select(['invoice_id', 'seen_in_ledger_at', 'differs'])
      .orderBy('invoice_id')
      .execute(),
  );
  return notes.map(
    (note) => `${note.invoice_id} ${note.differs ?? (note.seen_in_ledger_at ? 'seen' : 'unseen')}`,
  );
};
const said = async (): Promise<string[]> => {
  const open = await shop.within((tx) =>
    tx.selectFrom('problem').select('what').where('resolved_at', 'is', null).orderBy('what').execute(),
  );
  return open.map((problem) => problem.what);
};
const pass = async (days: number): Promise<void> => {
  shop.passMinutes(days * 24 * 60);
  await shop.within((tx) => tx.updateTable('company').set({ books_read_at: shop.now() }).execute());
  await shop.writeNotes();
};

test('promise 3: notes that the ledger’s changes show are confirmed without a question', async () => {
  expect(await rows()).toEqual(['I1 unseen', 'I2 unseen']);
  await shows(shop.ledger.notes);
  await pass(1);
  expect(await rows()).toEqual(['I1 seen', 'I2 seen']);
  expect(shop.ledger.calls.searches).toBe(0);
  expect(await said()).toEqual([]);
});

test('what the changes did not show for a day is looked for, once a day, a week long', async () => {
  await shop.writeNotes();
  expect(shop.ledger.calls.searches).toBe(0);
  const [lost] = shop.ledger.notes.splice(0, 1);
  await pass(1);
  expect(shop.ledger.calls.searches).toBe(2);
  expect(await rows()).toEqual(['I1 missing', 'I2 seen']);
  expect(await said()).toEqual([
    'A note of Duly’s on invoice I1 was written, but Fake Books does not show it.',
  ]);
  await shop.writeNotes();
  expect(shop.ledger.calls.searches).toBe(2);
  expect(shop.ledger.calls.writes).toBe(2);
  await pass(2);
  expect(shop.ledger.calls.searches).toBe(3);
  if (lost !== undefined) shop.ledger.notes.push(lost);
  await pass(1);
  expect(await rows()).toEqual(['I1 seen', 'I2 seen']);
  expect(await said()).toEqual([]);
});

test('a note that somebody removed is said for a week and not written again', async () => {
  await shows(shop.ledger.notes);
  await shop.writeNotes();
  await showsGone('n-1');
  await shop.writeNotes();
  expect(await rows()).toEqual(['I1 removed', 'I2 seen']);
  expect(await said()).toEqual(['A note of Duly’s on invoice I1 was removed from Fake Books by somebody.']);
  await pass(6);
  expect(await said()).toHaveLength(1);
  await pass(2);
  expect(await said()).toEqual([]);
  expect(shop.ledger.calls.writes).toBe(2);
});

test('a note that stands twice, and one that was rewritten, are problems in words until they are put right', async () => {
  const [first, second] = shop.ledger.notes;
  if (first === undefined || second === undefined) throw new Error('two notes were written');
  await shows([...shop.ledger.notes, { ...first, noteId: 'copy' }]);
  await shows([{ ...second, text: '' }]);
  await shop.writeNotes();
  expect(await rows()).toEqual(['I1 twice', 'I2 changed']);
  expect(await said()).toEqual([
    'A note of Duly’s on invoice I1 stands in Fake Books more than once.',
    'A note of Duly’s on invoice I2 was rewritten in Fake Books by somebody.',
  ]);
  await showsGone('copy');
  await shows([second]);
  await shop.writeNotes();
  expect(await rows()).toEqual(['I1 seen', 'I2 seen']);
  expect(await said()).toEqual([]);
});

test('WB-02: a note whose answer was lost is written as soon as the ledger shows it', async () => {
  const other = await Workshop.open(database);
  owes(other);
  await other.morning();
  await other.deliver();
  other.ledger.noteFaults.push('lost');
  await other.writeNotes();
  shop = other;
  await shows(other.ledger.notes);
  await other.writeNotes();
  expect(await rows()).toEqual(['I1 seen']);
  expect(other.ledger.calls).toMatchObject({ writes: 1, searches: 0 });
  expect(await said()).toEqual([]);
});

test('a ledger that refuses to be compared is asked tomorrow, and nothing is said', async () => {
  shop.ledger.searchFaults.push(new LedgerError('rate_limited', 'no more reads', { deferred: true }));
  await pass(1);
  expect(await rows()).toEqual(['I1 unseen', 'I2 unseen']);
  expect(await said()).toEqual([]);
  await pass(1);
  expect(await rows()).toEqual(['I1 seen', 'I2 seen']);
});

test('a look that finds the connection lost shows it at once (AUTH-06)', async () => {
  shop.ledger.searchFaults.push(
    new LedgerError('reconnect_needed', 'the organisation was disconnected in Xero'),
  );
  await pass(1);
  expect(await said()).toEqual([expect.stringContaining('The connection to the books ended')]);
});
