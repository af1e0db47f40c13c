import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { keepRejected } from '../../../src/books/rejected.store.ts';
import { day } from '../../../src/domain/day.ts';
import { toldByHand } from '../../../src/dunning/announcements/settle.store.ts';
import { setPeople } from '../../../src/receivables/customer-people.store.ts';
import { setHold } from '../../../src/receivables/hold.store.ts';
import { changeInLedger } from '../../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { booksPage, customerRow } from '../../support/values.ts';
import { Workshop } from '../../support/workshop.ts';
import { announcedTo, by, dayOf, settle, statesOf } from './support.ts';

let database: TestDatabase;
let shop: Workshop;
let id: string;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
  id = await announcedTo(shop);
  shop.at('2026-11-17T18:00:00Z');
});

const last = async () => (await shop.touches()).at(-1);
const holdFor = (kind: 'do_not_contact' | 'pause') =>
  shop.within((tx) =>
    setHold(
      tx,
      shop.companyId,
      {
        kind,
        scope: 'customer',
        customerId: 'C1',
        reason: 'they said so',
        setBy: by,
        startsOn: day('2026-11-17'),
        endsOn: null,
      },
      shop.now(),
    ),
  );

test('P8: withdrawn, and the customer is told, whatever the sequence says and one day after its last message', async () => {
  await settle(shop, id, 'withdrawn', 'They agreed a plan by telephone.');
  expect(await last()).toMatchObject({
    step_key: 'consequence_withdrawn',
    state: 'approved',
    approved_by: by,
  });
  // plans come and go, and it stands: it is no step
  await shop.morning();
  await shop.reconcileAndPlan();
  expect(await last()).toMatchObject({ state: 'approved' });
  await shop.deliver();
  expect(await last()).toMatchObject({ step_key: 'consequence_withdrawn', state: 'sent' });
  const mail = [...shop.mailer.mails].at(-1);
  expect(mail?.subject).toContain('what we announced is withdrawn');
  expect(mail?.text).toMatch(/We take that back: it will\s+not happen/);
  const { rows } = await database.pool.query<{ stage: string | null }>(
    `select stage from touch_invoice where company_id = $1 and touch_id = $2`,
    [shop.companyId, (await last())?.touch_id],
  );
  expect(rows).toEqual([{ stage: null }]);
  expect(await statesOf(shop)).toEqual(['C1 withdrawn']);
});

test('it leaves although the case is over, and although a pause holds the customer', async () => {
  await holdFor('pause');
  await settle(shop, id, 'withdrawn');
  changeInLedger(shop, 'I1', { openMinor: 0 });
  await shop.morning();
  await shop.deliver();
  expect(await last()).toMatchObject({ step_key: 'consequence_withdrawn', state: 'sent' });
});

test('the hours of the customer hold for it, and a day on which something was said already does not have it', async () => {
  shop.at('2026-11-17T05:00:00Z');
  await settle(shop, id, 'withdrawn');
  // the final notice left on this very day in Oregon
  await shop.morning();
  await shop.deliver();
  expect(await last()).toMatchObject({ state: 'approved' });
  shop.at('2026-11-17T11:00:00Z');
  await shop.deliver();
  expect(await last()).toMatchObject({ state: 'approved', planned_for: new Date('2026-11-17T17:00:00Z') });
  shop.at('2026-11-17T17:00:00Z');
  await shop.deliver();
  expect(await last()).toMatchObject({ state: 'sent' });
});

test('nobody who must not be written to is written to: a person is asked, and says how the customer was told', async () => {
  await holdFor('do_not_contact');
  await settle(shop, id, 'withdrawn');
  await dayOf(shop, '2026-11-18');
  expect(await last()).toMatchObject({
    state: 'cancelled',
    state_reason: 'the customer must not be written to.',
  });
  expect(await shop.problems()).toContain('tell_withdrawn');
  const told = (note: string) =>
    shop.within((tx) => toldByHand(tx, shop.companyId, id, note, by, shop.now()));
  await expect(told('')).rejects.toMatchObject({ code: 'bad_input', field: 'note' });
  await told('Through their solicitor.');
  expect(await shop.problems()).not.toContain('tell_withdrawn');
  await expect(told('Again.')).rejects.toMatchObject({ code: 'conflict' });
});

test('who asks for no e-mail before it has left is told by a person', async () => {
  await settle(shop, id, 'withdrawn');
  expect(await last()).toMatchObject({ step_key: 'consequence_withdrawn', state: 'approved' });
  const refused = { escalation: null, sales: null, emailConsent: false };
  await shop.within((tx) => setPeople(tx, shop.companyId, 'C1', refused, by, shop.now()));
  await shop.morning();
  await shop.deliver();
  const { state, state_reason: reason } = (await last()) ?? {};
  expect(`${state}: ${reason}`).toMatch(/^cancelled: the law allows no e-mail to this customer: /);
  expect(await shop.problems()).toContain('tell_withdrawn');
});

test('EXC-06: do-not-contact whose days cannot be read counts, and a person tells them', async () => {
  await holdFor('do_not_contact');
  await shop.within((tx) =>
    tx
      .updateTable('hold')
      .set({ ends_on: '-infinity' as never })
      .execute(),
  );
  await settle(shop, id, 'withdrawn');
  await dayOf(shop, '2026-11-18');
  expect(await last()).toMatchObject({
    state: 'cancelled',
    state_reason: 'the customer must not be written to.',
  });
  expect(await shop.problems()).toContain('tell_withdrawn');
});

test('R16: nothing is sent to a customer who is gone from the ledger; a person tells them', async () => {
  shop.ledger.put({ customers: [customerRow('C1', { active: false })] });
  await settle(shop, id, 'withdrawn');
  await dayOf(shop, '2026-11-18');
  expect(await last()).toMatchObject({
    state: 'cancelled',
    state_reason: 'the customer is inactive, archived or merged in the ledger.',
  });
  expect(await shop.problems()).toContain('tell_withdrawn');
});

test('R8: while a row of the customer cannot be read it waits, and then it leaves', async () => {
  const unreadable = { kind: 'invoice' as const, id: 'I9', customerId: 'C1', reason: 'no amount' };
  await shop.within((tx) =>
    keepRejected(tx, shop.companyId, booksPage({ rejected: [unreadable] }), { now: shop.now() }),
  );
  await settle(shop, id, 'withdrawn');
  await dayOf(shop, '2026-11-18');
  await dayOf(shop, '2026-11-19');
  expect(await last()).toMatchObject({ state: 'approved' });
  await shop.within((tx) => tx.deleteFrom('rejected_row').execute());
  await dayOf(shop, '2026-11-20');
  expect(await last()).toMatchObject({ state: 'sent' });
});

test('a customer without an address is told by a person', async () => {
  await shop.within((tx) => tx.updateTable('customer').set({ emails: [], contacts: '[]' }).execute());
  await settle(shop, id, 'withdrawn');
  expect(await shop.states()).toEqual(['first sent', 'final sent']);
  expect(await shop.problems()).toContain('tell_withdrawn');
});
