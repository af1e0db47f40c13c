import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { getCompany } from '../../../src/companies/company.store.ts';
import { day } from '../../../src/domain/day.ts';
import { announce } from '../../../src/dunning/announcements/announce.store.ts';
import type { Tx } from '../../../src/platform/db.ts';
import { saveConsequence } from '../../../src/policies/consequences/catalogue.store.ts';
import { makePlan, makePromise } from '../../../src/receivables/agreements/make.store.ts';
import { setHold } from '../../../src/receivables/hold.store.ts';
import { liftHold } from '../../../src/receivables/hold-lift.store.ts';
import { changeInLedger, owes } from '../../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { customerRow, invoiceRow } from '../../support/values.ts';
import { Workshop } from '../../support/workshop.ts';
import { announcedTo, announcements, announcing, approve, by, dayOf, settle, statesOf } from './support.ts';

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

const lastText = () => [...shop.mailer.mails].at(-1)?.text;
/** All that was ever decided of a customer. */
const reasonsOf = (customerId: string) =>
  shop.within(async (tx) => {
    const rows = await tx
      .selectFrom('decision')
      .select('reasons')
      .where('customer_id', '=', customerId)
      .execute();
    return JSON.stringify(rows);
  });

const brokenWhat = () =>
  shop.within(async (tx) => {
    const row = await tx
      .selectFrom('problem')
      .select('what')
      .where('kind', '=', 'consequence_broken')
      .executeTakeFirst();
    return row?.what;
  });

test('P8: announced once however often it is asked for, with its owner, its day and what doing it means', async () => {
  const id = await announcedTo(shop);
  const touch = (await shop.touches()).at(-1);
  for (let times = 0; times < 3; times += 1)
    await shop.within((tx) => announce(tx, shop.companyId, touch?.touch_id ?? '', shop.now()));
  expect(await announcements(shop)).toMatchObject([
    {
      announcementId: id,
      kind: 'stop_supply',
      customerId: 'C1',
      announcedOn: '2026-11-16',
      actOn: '2026-11-26',
      ownerName: 'Dana Whitfield',
      doing: 'Lock it.',
      state: 'announced',
    },
  ]);
  expect(lastText()).toMatch(/from Thu, Nov 26, 2026 we make no further deliveries/);
});

test('S4: autopilot does not release what announces something; nothing is announced before it is sent', async () => {
  await announcing(shop);
  await approve(shop);
  owes(shop);
  await dayOf(shop, '2026-11-10');
  shop.at('2026-11-16T18:00:00Z');
  await shop.morning();
  await shop.deliver();
  expect(await shop.states()).toEqual(['first sent', 'final awaiting_approval']);
  expect(await announcements(shop)).toEqual([]);
});

test('its day comes: a problem for its owner; five business days later it is broken and blocks everybody', async () => {
  await announcedTo(shop);
  await dayOf(shop, '2026-11-25');
  expect(await shop.problems()).not.toContain('consequence_due');
  await dayOf(shop, '2026-11-27');
  expect(await shop.problems()).toContain('consequence_due');
  shop.ledger.put({
    customers: [customerRow('C2', { emails: ['ap@c2.example'] })],
    invoices: [invoiceRow('I2', { customerId: 'C2' })],
  });
  await dayOf(shop, '2026-12-01');
  await dayOf(shop, '2026-12-03');
  expect(await shop.problems()).toContain('consequence_broken');
  expect(await shop.problems()).not.toContain('consequence_due');
  shop.at('2026-12-07T18:00:00Z');
  await shop.morning();
  expect(await reasonsOf('C2')).toContain('neither done nor withdrawn');
  await dayOf(shop, '2026-12-07');
  expect(await statesOf(shop)).toEqual(['C1 broken']);
  expect(await shop.states()).toEqual(['first sent', 'final sent', 'first sent', 'final sent']);
  expect(lastText()).not.toContain('no further deliveries');
});

test('on its day whoever answers for it is mailed, once', async () => {
  await announcedTo(shop);
  await shop.within((tx) =>
    saveConsequence(
      tx,
      shop.companyId,
      'stop_supply',
      {
        ownerName: 'Dana Whitfield',
        ownerEmail: 'dana@larkspur.example',
        leadDays: 3,
        doing: 'Lock it.',
        active: true,
      },
      by,
      shop.now(),
    ),
  );
  const notices = () =>
    shop.within((tx) =>
      tx
        .selectFrom('notice')
        .select(['recipient_email', 'facts'])
        .where('kind', '=', 'consequence_due')
        .execute(),
    );
  const task = async () =>
    (
      await shop.within((tx) =>
        tx.selectFrom('problem').select('action').where('kind', '=', 'consequence_due').executeTakeFirst(),
      )
    )?.action;
  await dayOf(shop, '2026-11-25');
  expect(await notices()).toEqual([]);
  await dayOf(shop, '2026-11-26');
  await dayOf(shop, '2026-11-27');
  expect(await notices()).toMatchObject([
    {
      recipient_email: 'dana@larkspur.example',
      facts: {
        consequence: { actOn: '2026-11-26', doing: 'Lock it.', words: expect.stringContaining('deliveries') },
      },
    },
  ]);
  expect(await task()).toContain('They were mailed at dana@larkspur.example.');
});

test('an owner without an address is not mailed, and the task says so', async () => {
  await announcedTo(shop);
  await dayOf(shop, '2026-11-27');
  const rows = await shop.within((tx) =>
    tx.selectFrom('problem').select('action').where('kind', '=', 'consequence_due').execute(),
  );
  expect(rows[0]?.action).toContain('Nobody was mailed');
  expect(
    await shop.within((tx) =>
      tx.selectFrom('notice').selectAll().where('kind', '=', 'consequence_due').execute(),
    ),
  ).toEqual([]);
});

test('paid: nothing has to be done any more, and the block is gone with it', async () => {
  await announcedTo(shop);
  await dayOf(shop, '2026-12-03');
  expect(await statesOf(shop)).toEqual(['C1 broken']);
  changeInLedger(shop, 'I1', { openMinor: 0 });
  await dayOf(shop, '2026-12-04');
  expect(await statesOf(shop)).toEqual(['C1 not_needed']);
  expect(await shop.problems()).toEqual([]);
});

test('R11: a customer who is held is not acted against; its day waits with the hold', async () => {
  await announcedTo(shop);
  await dayOf(shop, '2026-11-26');
  const pause = {
    kind: 'pause' as const,
    scope: 'customer' as const,
    customerId: 'C1',
    reason: 'they asked for a week',
    setBy: by,
    startsOn: day('2026-11-26'),
    endsOn: null,
  };
  const holdId = await shop.within((tx) => setHold(tx, shop.companyId, pause, shop.now()));
  await dayOf(shop, '2026-12-07');
  expect(await statesOf(shop)).toEqual(['C1 announced']);
  expect(await shop.problems()).not.toContain('consequence_due');
  await shop.within((tx) => liftHold(tx, shop.companyId, holdId, by, shop.now()));
  // the business has its five business days from the end of the hold
  await dayOf(shop, '2026-12-08');
  expect(await statesOf(shop)).toEqual(['C1 announced']);
  expect(await shop.problems()).toContain('consequence_due');
  await dayOf(shop, '2026-12-14');
  expect(await statesOf(shop)).toEqual(['C1 announced']);
  await dayOf(shop, '2026-12-15');
  expect(await statesOf(shop)).toEqual(['C1 broken']);
  expect(await brokenWhat()).toContain('it was held until 2026-12-08, and five business days after that');
});

/** The customer's word on the invoice of the announcement alone: no hold of the whole customer stands. */
const words = {
  'EXC-04: a dispute': async (tx: Tx) =>
    await setHold(
      tx,
      shop.companyId,
      {
        kind: 'dispute',
        category: 'goods_or_service',
        scope: 'invoice',
        invoiceId: 'I1',
        reason: 'broken goods',
        setBy: by,
        startsOn: day('2026-11-25'),
      },
      shop.now(),
    ),
  'EXC-08: a promise': async (tx: Tx) =>
    await makePromise(
      tx,
      await getCompany(tx, shop.companyId),
      { ...agreed, date: day('2026-12-18'), amountMinor: null, saidBy: 'Jo Park' },
      shop.now(),
    ),
  'EXC-08: a plan': async (tx: Tx) =>
    await makePlan(
      tx,
      await getCompany(tx, shop.companyId),
      {
        ...agreed,
        instalments: [
          { on: day('2026-12-18'), amountMinor: 5_000 },
          { on: day('2027-01-18'), amountMinor: 5_000 },
        ],
        agreedWith: 'Jo Park',
      },
      shop.now(),
    ),
};
const agreed = {
  customerId: 'C1',
  invoiceIds: ['I1'],
  currency: null,
  how: 'phone' as const,
  note: '',
  by,
};

for (const [what, say] of Object.entries(words))
  test(`${what} on what was announced: nobody is asked to act, and nothing is broken`, async () => {
    await announcedTo(shop);
    shop.at('2026-11-25T18:00:00Z');
    await shop.within(say);
    for (const on of ['2026-11-26', '2026-12-04', '2026-12-07']) {
      await dayOf(shop, on);
      expect(await statesOf(shop)).toEqual(['C1 announced']);
      expect(await shop.problems()).not.toContain('consequence_due');
    }
  });

test('R11: of two invoices that were announced one is disputed: the other is acted upon, and the task says which', async () => {
  shop.ledger.put({ invoices: [invoiceRow('I2', { number: 'INV-2' })] });
  await announcedTo(shop);
  shop.at('2026-11-25T18:00:00Z');
  await shop.within(words['EXC-04: a dispute']);
  await dayOf(shop, '2026-11-26');
  const rows = await shop.within((tx) =>
    tx.selectFrom('problem').select('what').where('kind', '=', 'consequence_due').execute(),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.what).toMatch(/not settled\. Not about invoice I1: Disputed \(the goods or the service\)/);
});

test('done not before its day, not without a word, and only once', async () => {
  const id = await announcedTo(shop);
  await expect(settle(shop, id, 'done')).rejects.toMatchObject({ code: 'conflict' });
  shop.at('2026-11-26T18:00:00Z');
  await expect(settle(shop, id, 'done', '  ')).rejects.toMatchObject({ code: 'bad_input', field: 'note' });
  await settle(shop, id, 'done', 'The account is on stop.');
  await expect(settle(shop, id, 'withdrawn')).rejects.toMatchObject({
    code: 'conflict',
    message: `${by} has settled it already.`,
  });
  await dayOf(shop, '2026-12-04');
  expect(await announcements(shop)).toMatchObject([
    { state: 'done', settledOn: '2026-11-26', settledBy: by, note: 'The account is on stop.' },
  ]);
});

test('R16: what was announced to a customer that was merged away goes over to whoever survives', async () => {
  await announcedTo(shop);
  shop.ledger.put({ customers: [customerRow('C2', { emails: ['ap@c2.example'] })] });
  changeInLedger(shop, 'I1', { customerId: 'C2' });
  await dayOf(shop, '2026-11-25');
  shop.ledger.put({ customers: [customerRow('C1', { active: false, mergedIntoId: 'C2' })] });
  await dayOf(shop, '2026-11-26');
  expect(await statesOf(shop)).toEqual(['C2 announced']);
  expect(await shop.problems()).toContain('consequence_due');
});
