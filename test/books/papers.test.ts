import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { invoicePrint } from '../../src/books/papers.job.ts';
import { answersToKeep, askingOrder, LINKS_AT_ONCE } from '../../src/books/papers.ts';
import { day } from '../../src/domain/day.ts';
import { approveTouches } from '../../src/dunning/approval.store.ts';
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
beforeEach(async () => {
  shop = await Workshop.open(database);
});

const page = (id: string, expiresOn: string | null = null) => ({
  url: `https://in.ledger.example/${id}`,
  expiresOn: expiresOn === null ? null : day(expiresOn),
});
const refusals = [
  new LedgerError('rate_limited', 'too many requests'),
  new LedgerError('unavailable', 'Internal Server Error'),
];
const lost = new LedgerError('reconnect_needed', 'the organisation was disconnected in Xero');
const connectionState = async (): Promise<string> =>
  (await shop.within((tx) => tx.selectFrom('connection').select('state').executeTakeFirstOrThrow())).state;

async function send(): Promise<string> {
  await shop.morning();
  await shop.deliver();
  const mail = shop.mailer.mails.at(-1);
  return `${mail?.html}\n${mail?.text}`;
}

describe('the button of a reminder', () => {
  test('leads to the page that the ledger gave, and the kept bytes are those that left', async () => {
    owes(shop);
    shop.ledger.online.set('I1', page('I1'));
    const mail = await send();
    expect(mail).toContain('href="https://in.ledger.example/I1"');
    expect(mail).toContain('View and pay: https://in.ledger.example/I1');
    const kept = await shop.within((tx) => tx.selectFrom('message').selectAll().executeTakeFirstOrThrow());
    expect(kept).toMatchObject({ html: shop.mailer.mails[0]?.html, text: shop.mailer.mails[0]?.text });
  });

  test('costs no second question while the invoice stays as it is, and "none" is an answer too', async () => {
    shop.ledger.put({
      customers: [customerRow('C1'), customerRow('C2')],
      invoices: [invoiceRow('I1'), invoiceRow('I2', { customerId: 'C2' })],
    });
    shop.ledger.online.set('I1', page('I1'));
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(2);
    expect(shop.ledger.linksAsked.map((ids) => ids.toSorted())).toEqual([['I1', 'I2']]);
    shop.at('2026-11-17T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(4);
    expect(shop.ledger.linksAsked).toHaveLength(1);
    const [first, second] = shop.mailer.mails
      .slice(2)
      .toSorted((one, other) => one.to.email.localeCompare(other.to.email));
    expect(first?.text).toContain('View and pay: https://in.ledger.example/I1');
    expect(second?.text).not.toContain('View and pay');
  });

  test('is asked for anew when the invoice has changed', async () => {
    owes(shop);
    shop.ledger.online.set('I1', page('I1'));
    await send();
    shop.ledger.online.set('I1', page('I1-b'));
    shop.at('2026-11-17T18:00:00Z');
    changeInLedger(shop, 'I1', { version: '1' });
    expect(await send()).toContain('View and pay: https://in.ledger.example/I1-b');
    expect(shop.ledger.linksAsked).toEqual([['I1'], ['I1']]);
    const rows = await shop.within((tx) => tx.selectFrom('invoice_link').selectAll().execute());
    expect(rows).toMatchObject([{ version: '1', link: 'https://in.ledger.example/I1-b' }]);
  });

  test.each(refusals)('is left out, and the reminder leaves, when the ledger says: $kind', async (fault) => {
    owes(shop);
    shop.ledger.online.set('I1', page('I1'));
    shop.ledger.paperFaults.push(fault);
    const mail = await send();
    expect(shop.mailer.mails).toHaveLength(1);
    expect(mail).not.toContain('View and pay');
    expect(mail).toContain('How to pay');
    // a failure is not kept: the next reminder asks again
    shop.at('2026-11-17T18:00:00Z');
    expect(await send()).toContain('View and pay');
  });

  test('is of no use when the connection turns out to be lost: that is shown, and nothing leaves (AUTH-06)', async () => {
    owes(shop);
    shop.ledger.paperFaults.push(lost);
    await send();
    expect(shop.mailer.mails).toHaveLength(0);
    expect(await connectionState()).toBe('reconnect_needed');
  });

  test('is left out when its page has come to its end, and asked for again when it ends after it was kept', async () => {
    owes(shop);
    shop.ledger.online.set('I1', page('I1', '2026-11-09'));
    expect(await send()).not.toContain('View and pay');
    shop.at('2026-11-17T18:00:00Z');
    changeInLedger(shop, 'I1', { version: '1' });
    shop.ledger.online.set('I1', page('I1', '2026-11-18'));
    expect(await send()).toContain('View and pay');
    shop.at('2026-12-01T18:00:00Z');
    shop.ledger.online.set('I1', page('I1-new', '2027-02-01'));
    expect(await send()).toContain('View and pay: https://in.ledger.example/I1-new');
    expect(shop.mailer.mails).toHaveLength(3);
    expect(shop.ledger.linksAsked).toHaveLength(3);
  });

  describe('in a run of more than one batch', () => {
    const ids = Array.from({ length: 60 }, (_, at) => String(at));
    beforeEach(async () => {
      shop.ledger.put({
        customers: ids.map((id) => customerRow(`C${id}`)),
        invoices: ids.map((id) => invoiceRow(`I${id}`, { customerId: `C${id}` })),
      });
      for (const id of ids) shop.ledger.online.set(`I${id}`, page(`I${id}`));
      shop.ledger.linksACall = 1;
      await shop.morning();
      // the brake stopped so many (S4)
      const touchIds = (await shop.touches()).map((touch) => touch.touch_id);
      await shop.within((tx) => approveTouches(tx, shop.companyId, touchIds, 'Maria', shop.now()));
    });

    test('costs twenty calls at most; the others wait for another reminder', async () => {
      await shop.deliver();
      expect(shop.mailer.mails).toHaveLength(60);
      expect(shop.ledger.linksAsked.flat()).toHaveLength(20);
      expect(shop.mailer.mails.filter((mail) => mail.text.includes('View and pay'))).toHaveLength(20);
    });

    test('is not asked for again once it was refused, and the refusal postpones nothing', async () => {
      shop.ledger.paperFaults.push(new LedgerError('rate_limited', 'one minute', { deferred: true }));
      await shop.deliver();
      expect(shop.mailer.mails).toHaveLength(60);
      expect(shop.ledger.linksAsked).toHaveLength(1);
      expect(await shop.problems()).toEqual([]);
    });
  });

  test('of a message about several invoices opens the oldest; each number opens its own', async () => {
    shop.ledger.put({
      customers: [customerRow('C1')],
      invoices: [
        invoiceRow('I2', { dueOn: day('2026-10-20') }),
        invoiceRow('I1'),
        invoiceRow('I3', { dueOn: day('2026-11-03') }),
      ],
    });
    for (const id of ['I1', 'I2']) shop.ledger.online.set(id, page(id));
    const mail = await send();
    expect(shop.ledger.linksAsked[0]?.[0]).toBe('I2');
    expect(mail).toContain('View and pay invoice I2: https://in.ledger.example/I2');
    expect(mail).toContain('\n  https://in.ledger.example/I1\n');
    expect(mail).not.toContain('/I3');
  });
});

describe('the PDF of an invoice', () => {
  const print = async (id = 'I1') =>
    new TextDecoder().decode((await invoicePrint(shop.duly, shop.companyId, id)).pdf);

  test('is fetched once for a version of the invoice', async () => {
    owes(shop);
    await shop.morning();
    const first = await print();
    expect(first).toContain('print 1');
    expect(await print()).toBe(first);
    changeInLedger(shop, 'I1', { version: '1' });
    await shop.morning();
    expect(await print()).toContain('print 2');
    expect(shop.ledger.pdfsAsked).toEqual(['I1', 'I1']);
    const rows = await shop.within((tx) => tx.selectFrom('invoice_pdf').select(['version']).execute());
    expect(rows).toEqual([{ version: '1' }]);
  });

  test('is fetched anew after a month, though the invoice stayed as it was', async () => {
    owes(shop);
    await shop.morning();
    expect(await print()).toContain('print 1');
    shop.at('2026-12-15T18:00:00Z');
    expect(await print()).toContain('print 2');
  });

  test('shows at once that the connection is lost', async () => {
    owes(shop);
    await shop.morning();
    shop.ledger.paperFaults.push(lost);
    await expect(print()).rejects.toThrow(lost);
    expect(await connectionState()).toBe('reconnect_needed');
  });

  test('that nobody asked for in a month is dropped when another is kept', async () => {
    shop.ledger.put({ customers: [customerRow('C1')], invoices: [invoiceRow('I1'), invoiceRow('I2')] });
    await shop.morning();
    await print('I1');
    shop.at('2026-12-15T18:00:00Z');
    await print('I2');
    const rows = await shop.within((tx) => tx.selectFrom('invoice_pdf').select('invoice_id').execute());
    expect(rows).toEqual([{ invoice_id: 'I2' }]);
  });

  test('that can not be had says why, and the failure is not kept', async () => {
    owes(shop);
    await shop.morning();
    await expect(print('I9')).rejects.toThrow('There is no such invoice in these books.');
    shop.ledger.paperFaults.push(new LedgerError('gone', 'Object Not Found'));
    await expect(print()).rejects.toThrow('The ledger has no PDF of invoice I1.');
    shop.ledger.paperFaults.push(new LedgerError('rate_limited', 'too many requests'));
    await expect(print()).rejects.toThrow(LedgerError);
    expect(await print()).toContain('%PDF-');
  });
});

describe('what is asked and kept', () => {
  const about = (invoiceId: string, daysLate: number) => ({ invoiceId, daysLate });

  test('of each message the oldest invoice comes first, and no more than one question holds', () => {
    expect(
      askingOrder([[about('a', 3), about('b', 30)], [about('c', 1)], [about('c', 1), about('d', 9)]]),
    ).toEqual(['b', 'c', 'd', 'a']);
    const many = Array.from({ length: 150 }, (_, at) => [about(`i${at}`, at)]);
    expect(askingOrder(many)).toHaveLength(LINKS_AT_ONCE);
  });

  test('an invoice that the answer leaves out stays unknown', () => {
    const asked = ['a', 'b', 'c'].map((invoiceId) => ({ invoiceId, version: '1', changedAt: shop.now() }));
    const answers = new Map([
      ['a', null],
      ['c', page('c', '2026-11-09')],
    ]);
    const kept = answersToKeep(asked, answers, day('2026-11-10'));
    expect(kept.map(({ invoiceId, online }) => [invoiceId, online])).toEqual([
      ['a', null],
      ['c', null],
    ]);
  });
});
