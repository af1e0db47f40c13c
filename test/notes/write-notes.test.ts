import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerError } from '../../src/platform/errors.ts';
import { changeInLedger, owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
/** One reminder has just left about two invoices. */
beforeEach(async () => {
  shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.put({ invoices: [invoiceRow('I2', { openMinor: 2_500 })] });
  await shop.morning();
  await shop.deliver();
});

const notes = () =>
  shop.within((tx) =>
    tx
      .selectFrom('note')
      .select(['invoice_id', 'state', 'attempts', 'failure'])
      .orderBy('invoice_id')
      .execute(),
  );
const states = async (): Promise<string[]> => (await notes()).map((row) => `${row.invoice_id} ${row.state}`);

test('WB-01: every invoice of a sent message gets its note, exactly once', async () => {
  await shop.writeNotes();
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.notes.map((note) => note.invoiceId).sort()).toEqual(['I1', 'I2']);
  const [first] = shop.ledger.notes;
  expect(first?.text).toContain('Open on this invoice: $100.00, 8 days past due.');
  expect(first?.text).toContain('The message asked for $125.00 on 2 invoices.');
  expect(first?.text).toContain(first?.marker ?? 'no marker');
  expect(first?.idempotencyKey.length).toBeLessThanOrEqual(50);
  expect(await shop.problems()).toEqual([]);
});

test('WB-02: an answer that was lost is asked for again with the same key: still one note', async () => {
  shop.ledger.noteFaults.push('lost');
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 pending', 'I2 pending']);
  expect(new Set(await shop.problems())).toEqual(new Set(['note_failed']));
  shop.passMinutes(1);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.notes).toHaveLength(2);
  expect(shop.ledger.calls).toMatchObject({ searches: 0, checks: 1 });
  expect(await shop.problems()).toEqual([]);
});

test('WB-02, S10: once the vendor has forgotten the key the ledger is searched for the marker before writing again', async () => {
  shop.ledger.noteFaults.push('lost');
  await shop.writeNotes();
  shop.ledger.forgetKeys();
  shop.passMinutes(30);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.notes).toHaveLength(2);
  expect(shop.ledger.calls.searches).toBe(1);
});

test('WB-05: a key that is answered with a note that somebody deleted gets a new generation: one note stands', async () => {
  shop.ledger.noteFaults.push('lost');
  await shop.writeNotes();
  shop.ledger.notes.splice(0, 1);
  shop.passMinutes(30);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.notes.map((note) => note.invoiceId).sort()).toEqual(['I1', 'I2']);
  expect(shop.ledger.notes.find((note) => note.invoiceId === 'I1')?.idempotencyKey).toMatch(/-2$/);
});

test('a repeat carries the same bytes, whatever changed since: a key that comes back with others is refused', async () => {
  shop.ledger.noteFaults.push('lost');
  await shop.writeNotes();
  await shop.within((tx) =>
    tx.updateTable('company').set({ time_zone: 'Asia/Tokyo', country: 'JP' }).execute(),
  );
  shop.passMinutes(1);
  await shop.writeNotes();
  const { asked } = shop.ledger;
  const first = asked.filter((note) => note.invoiceId === asked[0]?.invoiceId);
  expect(first).toHaveLength(2);
  expect(first[1]).toEqual(first[0]);
});

test('a key that the vendor remembers with other bytes is not the end: looked for, and written with a new one', async () => {
  shop.ledger.noteFaults.push(
    new LedgerError('unavailable', 'no answer', { outcomeUnknown: true }),
    new LedgerError('invalid', 'this key was used with a different request'),
    'written',
  );
  await shop.writeNotes();
  shop.passMinutes(1);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.notes).toHaveLength(2);
  expect(shop.ledger.calls.searches).toBe(1);
});

test('a refusal that surely wrote nothing costs no search, however long it lasted', async () => {
  shop.ledger.noteFaults.push(new LedgerError('rate_limited', 'slow down', { retryAfterSeconds: 3_600 }));
  await shop.writeNotes();
  shop.passMinutes(61);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.calls).toMatchObject({ searches: 0, checks: 0 });
});

test('WB-03: a note that can never be written is a problem, and no second mail leaves', async () => {
  shop.ledger.noteFaults.push(new LedgerError('invalid', 'note too long'));
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 failed', 'I2 written']);
  expect(await shop.problems()).toEqual(['note_failed']);
  await shop.morning();
  await shop.deliver();
  await shop.writeNotes();
  expect(shop.mailer.mails).toHaveLength(1);
  expect(shop.ledger.notes).toHaveLength(1);
});

test('a ledger that refuses altogether is not asked for every note, and its refusal costs the others no attempt', async () => {
  shop.ledger.noteFaults.push(new LedgerError('rate_limited', 'slow down', { retryAfterSeconds: 600 }));
  await shop.writeNotes();
  expect(shop.ledger.calls.writes).toBe(1);
  expect((await notes()).map((row) => row.attempts)).toEqual([1, 0]);
  shop.passMinutes(9);
  await shop.writeNotes();
  expect(shop.ledger.calls.writes).toBe(1);
  shop.passMinutes(1);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
});

test('notes that wait for our own share of a minute are no problem, fail nothing and follow in the next one', async () => {
  shop.ledger.noteFaults.push(
    new LedgerError('rate_limited', 'kept for sending', { retryAfterSeconds: 40, deferred: true }),
  );
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 pending', 'I2 pending']);
  expect(await shop.problems()).toEqual([]);
  shop.passMinutes(1);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(shop.ledger.calls).toMatchObject({ searches: 0, checks: 0 });
});

test('one outage of the ledger is one problem, whatever waits for it and however long, and goes with the next note', async () => {
  const outage = () => new LedgerError('unavailable', 'down for maintenance');
  shop.ledger.noteFaults.push(outage(), outage(), outage());
  const seen = () =>
    shop.within((tx) =>
      tx.selectFrom('problem').select(['subject', 'what']).where('resolved_at', 'is', null).execute(),
    );
  for (const wait of [0, 1, 5]) {
    shop.passMinutes(wait);
    await shop.writeNotes();
    expect(await seen()).toEqual([
      { subject: shop.companyId, what: expect.stringContaining('2 notes wait') },
    ]);
  }
  expect((await notes()).map((row) => row.failure)).toEqual([
    expect.stringContaining('maintenance'),
    expect.stringContaining('maintenance'),
  ]);
  shop.passMinutes(30);
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 written', 'I2 written']);
  expect(await seen()).toEqual([]);
});

describe('a ledger that takes no notes for hours', () => {
  const noAnswer = () => new LedgerError('unavailable', 'no answer in time', { outcomeUnknown: true });
  let long: Workshop;
  /** One reminder has just left about twelve invoices. */
  beforeEach(async () => {
    long = await Workshop.open(database);
    owes(long);
    long.ledger.put({ invoices: Array.from({ length: 11 }, (_, at) => invoiceRow(`I${at + 2}`)) });
    await long.morning();
    await long.deliver();
  });
  const unsure = async (): Promise<number> =>
    (
      await long.within((tx) =>
        tx.selectFrom('note').select('invoice_id').where('unsure_since', 'is not', null).execute(),
      )
    ).length;
  const written = async (): Promise<number> =>
    (
      await long.within((tx) =>
        tx.selectFrom('note').select('invoice_id').where('state', '=', 'written').execute(),
      )
    ).length;

  test('is tried with notes that are unsure already: few of them cost reads when it is over', async () => {
    long.ledger.noteFaults.push(...Array.from({ length: 12 }, noAnswer));
    for (let tries = 1; tries <= 12; tries += 1) {
      await long.writeNotes();
      expect(long.ledger.calls.writes).toBe(tries);
      long.passMinutes(61);
    }
    expect(await unsure()).toBeLessThanOrEqual(3);
    await long.writeNotes();
    expect(await written()).toBe(12);
    expect(long.ledger.notes).toHaveLength(12);
  });

  test('is told apart from one note that fails alone, which stands in the way of the others for two tries', async () => {
    const write = long.ledger.writeNote.bind(long.ledger);
    let bad = '';
    long.ledger.writeNote = async (note) => {
      if (bad === '') bad = note.invoiceId;
      if (note.invoiceId === bad) throw noAnswer();
      return await write(note);
    };
    await long.writeNotes();
    for (let tries = 2; tries <= 3; tries += 1) {
      long.passMinutes(61);
      await long.writeNotes();
    }
    expect(await written()).toBe(11);
    // and of those that come later for none
    long.ledger.put({ customers: [customerRow('C2')], invoices: [invoiceRow('J1', { customerId: 'C2' })] });
    await long.morning();
    await long.deliver();
    await long.writeNotes();
    expect(await written()).toBe(12);
    expect(await unsure()).toBe(1);
  });
});

test('WB-08: an invoice that was deleted in the ledger meanwhile gets none, said once, without an error', async () => {
  shop.ledger.invoices.delete('I1');
  await shop.within((tx) =>
    tx.updateTable('invoice').set({ status: 'deleted' }).where('invoice_id', '=', 'I1').execute(),
  );
  shop.ledger.noteFaults.push(new LedgerError('gone', 'not found'));
  await shop.writeNotes();
  await shop.writeNotes();
  expect(await states()).toEqual(['I1 skipped', 'I2 skipped']);
  expect(shop.ledger.notes).toEqual([]);
  expect(await shop.problems()).toEqual([]);
  const said = await shop.within((tx) =>
    tx.selectFrom('activity').select('kind').where('kind', '=', 'note_skipped').execute(),
  );
  expect(said).toHaveLength(2);
});

test('S10: an invoice whose due date was taken away since still gets its note', async () => {
  const other = await Workshop.open(database);
  owes(other);
  await other.morning();
  other.mailer.during = async () => {
    changeInLedger(other, 'I1', { dueOn: null });
    await other.morning();
  };
  await other.deliver();
  await other.writeNotes();
  expect(other.ledger.notes.map((note) => note.invoiceId)).toEqual(['I1']);
});

test('promise 3: a sent message without its note is found by the daily comparison', async () => {
  await shop.writeNotes();
  await database.pool.query('delete from note where company_id = $1 and invoice_id = $2', [
    shop.companyId,
    'I2',
  ]);
  await shop.writeNotes();
  expect(await shop.problems()).toEqual(['note_missing']);
});

test('a missing note stays a problem until it is there, however long ago its message was; old history is not gone through again', async () => {
  await shop.writeNotes();
  const gone = await shop.within((tx) => tx.selectFrom('note').selectAll().orderBy('invoice_id').execute());
  const remove = (invoiceId: string) =>
    database.pool.query('delete from note where company_id = $1 and invoice_id = $2', [
      shop.companyId,
      invoiceId,
    ]);
  await remove('I2');
  await shop.writeNotes();
  expect(await shop.problems()).toEqual(['note_missing']);
  // a month later another message leaves: what is older than a week before it was compared in its time
  shop.at('2026-12-10T18:00:00Z');
  shop.ledger.put({ customers: [customerRow('C2')], invoices: [invoiceRow('J1', { customerId: 'C2' })] });
  for (const id of ['I1', 'I2']) changeInLedger(shop, id, { openMinor: 0 });
  await shop.morning();
  await shop.deliver();
  await shop.writeNotes();
  expect(await shop.problems()).toEqual(['note_missing']);
  for (const row of gone.filter((note) => note.invoice_id === 'I2'))
    await shop.within((tx) => tx.insertInto('note').values(row).execute());
  await shop.writeNotes();
  expect(await shop.problems()).toEqual([]);
  await remove('I1');
  await shop.writeNotes();
  expect(await shop.problems()).toEqual([]);
});

test('the company’s timer never stands in the past, and a waiting note sets it', async () => {
  shop.ledger.noteFaults.push(new LedgerError('unavailable', '500'));
  await shop.writeNotes();
  const timer = await shop.within((tx) =>
    tx.selectFrom('company').select('next_run_at').executeTakeFirstOrThrow(),
  );
  expect(timer.next_run_at?.toISOString()).toBe('2026-11-10T18:01:00.000Z');
});
