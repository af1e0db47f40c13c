import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../support/world.ts';
import type { Key } from './auth-support.ts';
import type { Shop } from './par-support.ts';
import { customers, keys, MONDAY, Week } from './par-week.ts';
import type { LedgerNote } from './wb-support.ts';

let world: World;
let week: Week;
const shop = (key: Key): Shop => week.shop(key);

beforeAll(async () => {
  world = await World.start({ now: MONDAY });
  week = await Week.live(world);
}, 600_000);
afterAll(() => world.stop());

const money = (key: Key, pounds: string): string => (key === 'xero' ? `£${pounds}` : `$${pounds}`);

describe.each(keys)('payments, credits, edits and reversals in %s', (key) => {
  const seen = (moment: string, name: string) => shop(key).seen(moment, name);
  const texts = (moment: string, name: string): readonly string[] =>
    seen(moment, name).mails.map((mail) => mail.text);

  it('PAR-01: paid in full before the planned send: nothing is sent, the case closes as paid and says so', () => {
    expect(seen('planned', 'paid').touches.map((touch) => touch.state)).toEqual(['awaiting_approval']);
    const after = seen('monday', 'paid');
    expect(after.mails).toEqual([]);
    expect(after.ends).toEqual(['paid']);
    expect(after.touches).toMatchObject([
      { state: 'cancelled', stateReason: 'everything that was past due is paid.' },
    ]);
    expect(after.told).toEqual(expect.arrayContaining(['payment_seen', 'touch_cancelled', 'case_closed']));
  });

  it('PAR-02: paid in the ledger and not read yet: the read right before sending finds it, nothing is sent', () => {
    const after = seen('sent', 'unseen');
    expect(after.mails).toEqual([]);
    expect(after.touches.map((touch) => touch.state)).toEqual(['cancelled']);
    expect(after.ends).toEqual(['paid']);
    expect(seen('monday', 'unseen').mails).toEqual([]);
  });

  it('PAR-03: part paid before the first step: the reminder asks for what remains', () => {
    expect(seen('planned', 'early').askMinor).toBe(30_000);
    const [text] = texts('monday', 'early');
    expect(text).toContain(money(key, '300.00'));
    expect(text).not.toContain(money(key, '200.00'));
  });

  it('PAR-04: part paid midway: rest, then the next step with the new amount; what was said stays visible', () => {
    expect(seen('sent', 'midway').sent).toEqual(['first']);
    expect(seen('tuesday', 'midway')).toMatchObject({ askMinor: 35_000, ends: ['open'] });
    const after = seen('monday', 'midway');
    expect(after.sent).toEqual(['first', 'second']);
    expect(new Set(after.touches.map((touch) => touch.caseId)).size).toBe(1);
    const [first, second] = texts('monday', 'midway');
    expect(first).toContain(money(key, '600.00'));
    expect(second).toContain(money(key, '350.00'));
    expect(after.told.filter((kind) => kind === 'touch_sent')).toHaveLength(2);
    const paid = after.activities.find((row) => row.kind === 'payment_seen');
    expect(paid?.summary).toContain(
      `${money(key, '250.00')} on invoice midway-1 (${money(key, '350.00')} open now)`,
    );
  });

  it('PAR-05: a credit note allocated in part lowers the amount, in full it closes the case', () => {
    expect(seen('sent', 'credited').mails).toHaveLength(1);
    expect(seen('tuesday', 'credited').pastDueMinor).toBe(40_000);
    expect(seen('tuesday', 'credited').ends).toEqual(['open']);
    expect(seen('wednesday', 'credited').ends).toEqual(['credited']);
    expect(seen('monday', 'credited').mails).toHaveLength(1);
    expect(seen('monday', 'credited').told).toContain('credit_seen');
  });

  it('PAR-06: a draft credit note counts for nothing', () => {
    expect(seen('planned', 'draft').askMinor).toBe(12_000);
    expect(texts('sent', 'draft')[0]).toContain(money(key, '120.00'));
    expect(seen('monday', 'draft').told).not.toContain('credit_seen');
  });

  it('PAR-07: two credit notes on one invoice are both deducted', () => {
    expect(seen('tuesday', 'twice').askMinor).toBe(25_000);
    expect(texts('monday', 'twice').at(-1)).toContain(money(key, '250.00'));
    expect(seen('monday', 'twice').told.filter((kind) => kind === 'credit_seen')).toHaveLength(2);
  });

  it('PAR-09, R4: a credit note that is not allocated leaves the invoice open; the message asks for the net', () => {
    expect(seen('planned', 'loose')).toMatchObject({ pastDueMinor: 30_000, askMinor: 25_000 });
    expect(texts('sent', 'loose')[0]).toContain(money(key, '250.00'));
  });

  it('PAR-10: a credit note against the whole invoice ends the case as credited', () => {
    expect(seen('tuesday', 'linked').ends).toEqual(['credited']);
    expect(seen('monday', 'linked').sent).toEqual(['first']);
  });

  it.each([
    ['PAR-11: a payment that is deleted', 'reversed', 'payment_taken_back', '800.00'],
    ['PAR-11: a payment that bounced after the case had closed', 'bounced', 'payment_taken_back', '810.00'],
    ['R6: a credit that is taken away', 'revoked', 'credit_taken_back', '620.00'],
  ])(
    '%s reopens the same case; what was sent is not repeated and the steps go on',
    (_what, name, kind, sum) => {
      const [closed] = seen('tuesday', name).cases;
      expect(closed).toMatchObject({
        state: 'closed',
        closeReason: name === 'revoked' ? 'credited' : 'paid',
      });
      const again = seen('wednesday', name);
      expect(again.cases).toMatchObject([
        { caseId: closed?.caseId, reference: closed?.reference, state: 'open', closeReason: null },
      ]);
      const words = again.activities.filter((row) => row.kind === kind || row.kind === 'case_reopened');
      expect(words.map((row) => row.kind)).toEqual([kind, 'case_reopened']);
      expect(words[0]?.summary).toContain(`${money(key, sum)} on invoice ${name}-1`);
      expect(words[1]?.summary).toContain(words[0]?.summary);
      expect(again.sent).toEqual(['first']);
      const after = seen('monday', name);
      expect(after.sent).toEqual(['first', 'second']);
      expect(texts('monday', name).at(-1)).toContain(money(key, sum));
      expect(texts('monday', name).at(-1)).toContain(closed?.reference);
    },
  );

  it('PAR-12: voided midway: it stops, with the reason', () => {
    expect(seen('tuesday', 'voided').ends).toEqual(['voided']);
    expect(seen('tuesday', 'voided').told).toContain('invoice_voided');
    expect(seen('monday', 'voided').sent).toEqual(['first']);
  });

  it('PAR-13: deleted midway: it stops, and the bare notice overwrites neither name nor amounts', async () => {
    expect(seen('tuesday', 'deleted').ends).toEqual(['deleted']);
    expect(seen('tuesday', 'deleted').told).toContain('invoice_deleted');
    expect(seen('monday', 'deleted').sent).toEqual(['first']);
    const rows = await shop(key).books.mirrored<{ number: string; total_minor: string; status: string }>(
      'invoice',
      'number, total_minor, status, customer_id',
    );
    const row = rows.find(({ number }) => number === 'deleted-1');
    expect({ ...row, total_minor: Number(row?.total_minor) }).toEqual({
      number: 'deleted-1',
      total_minor: 17_000,
      status: 'deleted',
      customer_id: shop(key).here('deleted'),
    });
    const names = await shop(key).books.mirrored<{ name: string }>('customer', 'name');
    expect(names.map(({ name }) => name)).toContain(`deleted at ${key}`);
  });

  it('PAR-14: word of the deletion of an invoice that was never here changes nothing', async () => {
    const ids = (await shop(key).books.invoices()).filter((row) => row.status !== 'deleted');
    expect(ids.map((row) => row.invoiceId)).not.toContain(shop(key).here('ghost/2'));
    expect(seen('edited', 'ghost')).toMatchObject({ pastDueMinor: 13_000, ends: ['open'] });
    expect(seen('monday', 'ghost').told).not.toContain('invoice_deleted');
  });

  it('PAR-15, R11: a disputed invoice rises no step, the customer’s other one goes on', () => {
    const after = seen('monday', 'disputed');
    expect(after.sent).toEqual(['first', 'second']);
    const named = after.touches
      .filter((touch) => touch.state === 'sent')
      .flatMap((touch) => touch.invoices.map((row) => row.invoiceId));
    expect(new Set(named)).toEqual(new Set([shop(key).here('disputed/2')]));
    for (const text of texts('monday', 'disputed')) expect(text).not.toContain('disputed-1');
  });

  it('PAR-17: one of three is paid: the other two go on', () => {
    expect(seen('tuesday', 'three')).toMatchObject({ ends: ['open'], askMinor: 64_000 });
    const [first, second] = texts('monday', 'three');
    for (const number of [1, 2, 3]) expect(first).toContain(`three-${number}`);
    expect(second).toContain('three-1');
    expect(second).toContain('three-3');
    expect(second).not.toContain('three-2');
  });

  it('PAR-19: raised in the ledger: the balance changes, the sequence does not begin anew', () => {
    const after = seen('monday', 'raised');
    expect(after.cases).toHaveLength(1);
    expect(after.sent).toEqual(['first', 'second']);
    expect(texts('monday', 'raised').at(-1)).toContain(money(key, '490.00'));
    const raised = after.activities.find((row) => row.kind === 'invoice_raised');
    expect(raised?.summary).toContain(`from ${money(key, '450.00')} to ${money(key, '490.00')}`);
  });

  it('who paid all that was asked for is thanked once, by a message that a person released, with its note on each invoice', async () => {
    expect(seen('tuesday', 'thanked').touches.map(({ stepKey, state }) => [stepKey, state])).toEqual([
      ['first', 'sent'],
      ['thank_you', 'awaiting_approval'],
    ]);
    expect(seen('wednesday', 'thanked').sent).toEqual(['first', 'thank_you']);
    const after = seen('monday', 'thanked');
    expect(after.sent).toEqual(['first', 'thank_you']);
    expect(after.ends).toEqual(['paid']);
    expect(after.mails).toHaveLength(2);
    const thanks = after.mails.at(-1)?.text ?? '';
    for (const index of [1, 2]) expect(thanks).toContain(`thanked-${index}`);
    expect(thanks).toMatch(/thank you/i);
    expect(thanks).not.toMatch(/past due|overdue|remind/i);
    const { touchId = '' } = after.touches.at(-1) ?? {};
    const notes = await world.control<LedgerNote[]>('GET', `/companies/${shop(key).books.booksId}/notes`);
    const own = notes.filter((note) => note.text.includes(`[duly:${touchId}:`));
    expect(own.map((note) => note.invoiceId).sort()).toEqual(
      [1, 2].map((index) => shop(key).there(`thanked/${index}`)).sort(),
    );
  });

  it.each([
    ['who still owes another invoice', 'half', 'open'],
    ['who paid what was asked for and disputes the rest', 'arguing', 'open'],
    ['who paid all and is held', 'resting', 'paid'],
    ['whose policy has no thank-you', 'followed', 'paid'],
  ])('%s is not thanked', (_who, name, end) => {
    expect(seen('sent', name).sent).toEqual(['first']);
    const after = seen('monday', name);
    expect(after.touches.filter(({ stepKey }) => stepKey === 'thank_you')).toEqual([]);
    expect(after.ends).toEqual([end]);
    expect(after.mails.filter(({ text }) => /thank you for (your|the) payment/i.test(text))).toEqual([]);
  });

  it('PAR-21: a payment after the follow-up that a person released closes the case', () => {
    expect(seen('sent', 'followed').sent).toEqual(['first']);
    expect(seen('tuesday', 'followed').ends).toEqual(['paid']);
    expect(seen('monday', 'followed').sent).toEqual(['first']);
  });

  it('R6: re-dated while its message waits: taken back with the reason, closed, and asked for when it is late again', () => {
    expect(seen('planned', 'redated').touches).toMatchObject([{ state: 'awaiting_approval' }]);
    const after = seen('edited', 'redated');
    expect(after.touches).toMatchObject([
      { state: 'cancelled', stateReason: 'nothing is past due any more.' },
    ]);
    expect(after.ends).toEqual(['not_due']);
    const redated = after.activities.find((row) => row.kind === 'invoice_redated');
    expect(redated?.summary).toMatch(/redated-1.* is due 2026-11-23 now; it was due 2026-/);
    expect(seen('monday', 'redated').mails).toEqual([]);
  });

  it('R16: invoices that moved are asked for at their new customer with the steps they had, and nowhere else', () => {
    const left = seen('tuesday', 'moving');
    expect(left.ends).toEqual(['moved']);
    expect(left.told.filter((kind) => kind === 'invoice_moved')).toHaveLength(2);
    expect(seen('tuesday', 'receiving').told.filter((kind) => kind === 'invoice_moved')).toHaveLength(2);
    expect(seen('tuesday', 'receiving').ends).toEqual(['open']);
    expect(seen('monday', 'moving').sent).toEqual(['first']);
    expect(seen('monday', 'receiving').sent).toEqual(['second']);
    expect(texts('monday', 'receiving')[0]).toContain('moving-1');
  });

  it('R16: of two customers merged the survivor is asked for all of it, nothing goes to the one who is gone', () => {
    const gone = seen('wednesday', 'merging');
    expect(gone.ends).toEqual([key === 'xero' ? 'merged' : 'moved']);
    expect(gone.told).toContain(key === 'xero' ? 'customer_merged' : 'customer_inactive');
    expect(seen('monday', 'merging').sent).toEqual(['first']);
    const after = seen('monday', 'surviving');
    expect(after.sent).toEqual(['first', 'second']);
    const last = texts('monday', 'surviving').at(-1);
    expect(last).toContain('merging-1');
    expect(last).toContain('surviving-1');
    expect(after.askMinor).toBe(107_000);
  });

  it('no balance is called unexplained that a payment or a credit of the week explains, and nothing is told twice', () => {
    const all = Object.keys(customers).flatMap((name) => seen('monday', name).activities);
    expect(all.filter((row) => row.summary.includes('no payment or credit'))).toEqual([]);
    const told = all.filter((row) => /^(payment|credit)_/.test(row.kind)).map((row) => row.summary);
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((words, at) => told.indexOf(words) !== at && !words.includes('twice-1'))).toEqual([]);
  });

  it('every message that left stands as one note on each of its invoices in the ledger', async () => {
    const { books } = shop(key);
    const notes = await world.control<LedgerNote[]>('GET', `/companies/${books.booksId}/notes`);
    for (const name of ['reversed', 'midway', 'raised', 'bounced']) {
      const own = notes.filter(
        (note) => note.invoiceId === shop(key).there(`${name}/1`) && note.text.includes('[duly:'),
      );
      expect(own).toHaveLength(2);
    }
  });
});
