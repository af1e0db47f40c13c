import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { taskDone } from '../../src/delivery/task-done.store.ts';
import { day } from '../../src/domain/day.ts';
import { previewAhead } from '../../src/dunning/preview.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { setPeople } from '../../src/receivables/customer-people.store.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

const by = 'Maria Lopez';
const call = step({
  key: 'call',
  name: 'call',
  offsetDays: 3,
  stage: 'first',
  channel: 'call',
  template: 'call',
});
const email = step({ key: 'second', name: 'second reminder', offsetDays: 10, stage: 'second' });

async function follows(...steps: readonly Step[]): Promise<void> {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const document = withSteps(...steps);
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
  });
}

/** Ten in the morning in Oregon. */
async function on(date: string): Promise<void> {
  shop.at(`${date}T18:00:00Z`);
  await shop.morning();
  await shop.deliver();
}

async function numberIs(phone: string | null): Promise<void> {
  const row = customerRow('C1', { phone, changedAt: shop.now().toISOString() });
  shop.ledger.put({ customers: [row] });
  await shop.morning();
}

async function said(): Promise<readonly string[]> {
  return (await shop.touches())
    .filter(({ state }) => state !== 'cancelled')
    .map((touch) => {
      const to = touch.channel === 'call' ? ` ${touch.recipient_phone}` : '';
      return `${touch.channel}${to} ${touch.state} ${(touch.sent_at ?? touch.planned_for).toISOString().slice(0, 10)}`;
    });
}

async function madeInVain(result = 'wrong_number'): Promise<void> {
  const touch = (await shop.touches()).find(({ state }) => state === 'approved');
  await shop.within((tx) => taskDone(shop.duly, tx, shop.companyId, touch?.touch_id ?? '', { result }, by));
  await shop.reconcileAndPlan();
}

async function reasons(): Promise<string> {
  const row = await shop.within((tx) =>
    tx.selectFrom('decision').select('reasons').orderBy('decided_on', 'desc').executeTakeFirst(),
  );
  return JSON.stringify(row?.reasons);
}

const skips = () => shop.within((tx) => tx.selectFrom('step_skip').selectAll().execute());

beforeEach(async () => {
  shop = await Workshop.open(database);
  await follows(call, email);
  shop.ledger.put({
    customers: [customerRow('C1', { phone: '555 0100' })],
    invoices: [invoiceRow('I1', { dueOn: day('2026-11-06') })],
  });
});

describe('S9: a call to a wrong number', () => {
  beforeEach(async () => {
    await on('2026-11-10');
    await madeInVain();
    expect(await said()).toEqual(['call 555 0100 sent 2026-11-10']);
    expect(await shop.problems()).toEqual(['phone_wrong']);
  });

  it('leaves its step open: with another number in the books it is planned anew, after the gap', async () => {
    await on('2026-11-12');
    expect(await said()).toHaveLength(1);
    expect(await reasons()).toContain('passed over on 2026-11-18');
    await numberIs('555 0199');
    expect(await shop.problems()).toEqual([]);
    for (const date of ['2026-11-13', '2026-11-16', '2026-11-17']) await on(date);
    expect(await said()).toEqual(['call 555 0100 sent 2026-11-10', 'call 555 0199 approved 2026-11-16']);
    await madeInVain('reached');
    expect(await said()).toEqual(['call 555 0100 sent 2026-11-10', 'call 555 0199 sent 2026-11-17']);
    await on('2026-11-24');
    expect(await said()).toContain('email sent 2026-11-24');
  });

  it('is not called again, however the number is written', async () => {
    await numberIs('(555) 01-00');
    for (const date of ['2026-11-13', '2026-11-16', '2026-11-17']) await on(date);
    expect(await said()).toHaveLength(1);
    expect(await shop.problems()).toEqual(['phone_wrong']);
  });

  it('without another number is passed over after five business days, and the preview said so', async () => {
    const ahead = await shop.within(async (tx) =>
      previewAhead(tx, await getCompany(tx, shop.companyId), shop.now(), { days: 21 }),
    );
    expect(ahead.map((each) => `${each.step.key} ${each.day}`)).toEqual(['second 2026-11-18']);
    // the eleventh is Veterans Day
    for (const date of ['2026-11-12', '2026-11-13', '2026-11-16', '2026-11-17']) await on(date);
    expect(await said()).toHaveLength(1);
    shop.at('2026-11-18T18:00:00Z');
    await shop.morning();
    expect(await reasons()).toContain('five business days later the books have no other');
    await shop.deliver();
    expect(await said()).toEqual(['call 555 0100 sent 2026-11-10', 'email sent 2026-11-18']);
    expect(await shop.problems()).toContain('phone_wrong');
  });

  it('with no number in the books any more it waits as well', async () => {
    await numberIs(null);
    for (const date of ['2026-11-13', '2026-11-16', '2026-11-17']) await on(date);
    expect(await said()).toHaveLength(1);
    await on('2026-11-18');
    expect(await said()).toContain('email sent 2026-11-18');
  });

  it('a second wrong number has its own five business days', async () => {
    await numberIs('555 0199');
    await on('2026-11-16');
    await madeInVain();
    await on('2026-11-20');
    expect(await said()).toEqual(['call 555 0100 sent 2026-11-10', 'call 555 0199 sent 2026-11-16']);
    await on('2026-11-23');
    expect(await said()).toContain('email sent 2026-11-23');
  });

  it('S3: rang somebody’s telephone, so that nothing else is said on that day, nor within the gap', async () => {
    const euro = invoiceRow('E1', { currency: currency('EUR'), dueOn: day('2026-11-01') });
    await follows(step({ key: 'mail', name: 'first reminder', offsetDays: 3, stage: 'first' }));
    shop.ledger.put({ invoices: [{ ...euro, changedAt: shop.now().toISOString() }] });
    await shop.morning();
    await shop.deliver();
    expect(await said()).toHaveLength(1);
    await on('2026-11-12');
    expect(await said()).toEqual(['call 555 0100 sent 2026-11-10', 'email sent 2026-11-12']);
  });
});

it('S9: a later call of the sequence is not made either, and does not keep the others waiting', async () => {
  const again = { ...call, key: 'again', offsetDays: 20, stage: 'third' as const };
  await follows(call, email, again, { ...email, key: 'last', offsetDays: 27, stage: 'third' });
  await on('2026-11-10');
  await madeInVain();
  await on('2026-11-18');
  await on('2026-11-30');
  await on('2026-12-07');
  expect(await said()).toEqual([
    'call 555 0100 sent 2026-11-10',
    'email sent 2026-11-18',
    'email sent 2026-12-07',
  ]);
});

const okafor = { name: 'David Okafor', email: 'david@c1.example', phone: '555 0111' };
const head: Step = { ...call, recipients: { contacts: false, escalation: true, informSales: false } };

describe('P11: a call to the head of the customer’s business', () => {
  beforeEach(async () => {
    await follows(head, email);
    await shop.morning();
    await shop.within((tx) =>
      setPeople(
        tx,
        shop.companyId,
        'C1',
        { escalation: okafor, sales: null, emailConsent: null },
        by,
        shop.now(),
      ),
    );
    await on('2026-11-10');
    await madeInVain();
  });

  it('S9: asks for them at the customer’s own number when theirs is wrong', async () => {
    await on('2026-11-16');
    expect(await said()).toEqual(['call 555 0111 sent 2026-11-10', 'call 555 0100 approved 2026-11-16']);
    expect((await shop.touches()).at(-1)?.recipient_name).toBe('David Okafor');
    expect(await shop.problems()).toEqual(['phone_wrong']);
    expect(await skips()).toEqual([]);
  });

  it('S9, house-private: where only the billing contact may be called, their number counts', async () => {
    await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'sole_trader', by, shop.now()));
    await on('2026-11-16');
    await madeInVain();
    await on('2026-11-20');
    expect(await said()).toHaveLength(2);
    await on('2026-11-23');
    expect(await said()).toContain('email sent 2026-11-23');
  });
});
