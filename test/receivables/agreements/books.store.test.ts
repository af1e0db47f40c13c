import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day } from '../../../src/domain/day.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { customerRow, invoiceRow } from '../../support/values.ts';
import type { Workshop } from '../../support/workshop.ts';
import { type Agreements, openAgreements } from './support.ts';

let database: TestDatabase;
let shop: Workshop;
let agreed: Agreements;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  [shop, agreed] = await openAgreements(database);
});

const last = '2026-11-18T18:00:00Z';
const after = '2026-11-19T18:00:00Z';
describe('a plan', () => {
  test('is chased by its instalments: the oldest are paid first, and it is completed with the last', async () => {
    await agreed.plan();
    expect(await agreed.holds()).toEqual(['plan I1 2026-12-16']);
    agreed.pays('P1', day('2026-11-16'), { I1: 4_000 });
    expect(await agreed.on(after)).toEqual(['active 4000']);
    expect((await agreed.rows())[0]?.next_event_on).toBe('2026-12-17');
    shop.at('2026-12-15T18:00:00Z');
    agreed.pays('P2', day('2026-12-15'), { I1: 6_000 });
    expect(await agreed.on('2026-12-15T18:00:00Z')).toEqual(['completed 10000']);
    expect(await agreed.told()).toEqual(['plan_agreed', 'plan_completed']);
    expect(await agreed.holds()).toEqual([]);
  });

  test('is breached by an instalment that is still short after its day and grace', async () => {
    await agreed.plan();
    agreed.pays('P1', day('2026-11-16'), { I1: 3_999 });
    expect(await agreed.on(last)).toEqual(['active 3999']);
    expect(await agreed.on(after)).toEqual(['breached 3999']);
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([[], ['plan_breached']]);
    agreed.pays('P2', day('2026-11-18'), { I1: 1 });
    expect(await agreed.on('2026-11-20T18:00:00Z')).toEqual(['active 4000']);
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([['plan I1 2026-12-16'], []]);
    expect(await agreed.told()).toEqual(['plan_agreed', 'plan_breached', 'plan_reopened']);
  });

  test('has the grace that was agreed', async () => {
    await agreed.plan({ graceBusinessDays: 0 });
    expect(await agreed.on('2026-11-16T18:00:00Z')).toEqual(['active 0']);
    expect(await agreed.on('2026-11-17T18:00:00Z')).toEqual(['breached 0']);
  });
});

describe('an offer', () => {
  test('is taken up by the reduced sum in time; then a person credits the rest, and nobody is asked for it', async () => {
    await agreed.offer();
    agreed.pays('P1', day('2026-11-20'), { I1: 8_000 });
    expect(await agreed.on('2026-11-21T18:00:00Z')).toEqual(['accepted 8000']);
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([['offer I1 open'], ['credit_the_rest']]);
    shop.at('2026-11-25T18:00:00Z');
    agreed.credits('K1', day('2026-11-25'), 'I1', 2_000);
    expect(await agreed.on('2026-11-25T18:00:00Z')).toEqual(['accepted 8000']);
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([[], []]);
    expect(await agreed.told()).toEqual(['offer_made', 'offer_accepted']);
  });

  test('the rest that is open again is asked for by nobody either', async () => {
    await agreed.offer();
    agreed.pays('P1', day('2026-11-20'), { I1: 8_000 });
    await agreed.on('2026-11-21T18:00:00Z');
    agreed.change('I1', -2_000);
    await agreed.on('2026-11-22T18:00:00Z');
    agreed.change('I1', 2_000);
    await agreed.on('2026-11-23T18:00:00Z');
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([['offer I1 open'], ['credit_the_rest']]);
  });

  test('its deadline is its day, by the payment’s own day: grace only waits for what is entered late', async () => {
    await agreed.offer({ invoiceIds: ['I1'] });
    await agreed.offer({ customerId: 'C2', invoiceIds: ['I3'] });
    expect(await agreed.on('2026-11-24T18:00:00Z')).toEqual(['open 0', 'open 0']);
    agreed.pays('P1', day('2026-11-20'), { I1: 8_000 });
    agreed.pays('P2', day('2026-11-21'), { I3: 8_000 });
    expect(await agreed.on('2026-11-24T19:00:00Z')).toEqual(['accepted 8000', 'open 0']);
    expect(await agreed.on('2026-11-25T18:00:00Z')).toEqual(['accepted 8000', 'lapsed 0']);
  });

  test('a credit note is no payment: the rest credited beforehand does not take it up', async () => {
    await agreed.offer({ reducedMinor: 5_000 });
    agreed.credits('K1', day('2026-11-11'), 'I1', 5_000);
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['open 0']);
    agreed.pays('P1', day('2026-11-12'), { I1: 5_000 });
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['accepted 5000']);
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([[], []]);
  });

  test('a credit note that was set against the invoice the same day, before the offer, takes nothing off its payment', async () => {
    agreed.credits('K1', day('2026-11-10'), 'I1', 3_000);
    await shop.morning();
    await agreed.offer({ reducedMinor: 6_000 });
    agreed.pays('P1', day('2026-11-12'), { I1: 6_000 });
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['accepted 6000']);
  });

  test('a credit note of an earlier day that is set against the invoice afterwards is no money either', async () => {
    await agreed.offer({ reducedMinor: 5_000 });
    agreed.credits('K1', day('2026-11-03'), 'I1', 5_000);
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['open 0']);
  });

  test('accepted for two invoices, both stay held however the payment is set against them', async () => {
    await agreed.offer({ invoiceIds: ['I1', 'I2'], reducedMinor: 11_000 });
    agreed.pays('P1', day('2026-11-20'), { I1: 10_000, I2: 1_000 });
    await agreed.on('2026-11-21T18:00:00Z');
    agreed.bounces('P1');
    agreed.pays('P1', day('2026-11-20'), { I1: 8_500, I2: 2_500 });
    expect(await agreed.on('2026-11-21T19:00:00Z')).toEqual(['accepted 11000']);
    expect(await agreed.holds()).toEqual(['offer I1 open', 'offer I2 open']);
  });

  test('accepted with a payment that bounces, it lapses', async () => {
    await agreed.offer();
    agreed.pays('P1', day('2026-11-20'), { I1: 8_000 });
    await agreed.on('2026-11-21T18:00:00Z');
    shop.at('2026-12-01T17:00:00Z');
    agreed.bounces('P1');
    expect(await agreed.on('2026-12-01T18:00:00Z')).toEqual(['lapsed 0']);
    expect([await agreed.holds(), await agreed.tasks()]).toEqual([[], []]);
  });
});

describe('what happens to its invoices in the ledger', () => {
  test.each(['void', 'deleted'] as const)(
    '%s without a payment: it ends, neither kept nor broken',
    async (status) => {
      await agreed.promise();
      shop.ledger.put({ invoices: [invoiceRow('I1', { status, changedAt: '2026-11-11T00:00:00Z' })] });
      expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['withdrawn 10000']);
      expect(await agreed.holds()).toEqual([]);
    },
  );

  test('void after it was paid and kept: it stays kept', async () => {
    await agreed.promise();
    agreed.pays('P1', day('2026-11-11'), { I1: 10_000 });
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['kept 10000']);
    shop.at('2026-12-11T17:00:00Z');
    agreed.bounces('P1');
    const changedAt = '2026-12-11T17:00:00Z';
    shop.ledger.put({ invoices: [invoiceRow('I1', { status: 'void', openMinor: 0, changedAt })] });
    expect(await agreed.on('2026-12-11T18:00:00Z')).toEqual(['kept 10000']);
  });

  test('one of two is void: the other’s payment keeps the promise', async () => {
    await agreed.promise({ invoiceIds: ['I1', 'I2'] });
    shop.ledger.put({ invoices: [invoiceRow('I1', { status: 'void', changedAt: '2026-11-11T00:00:00Z' })] });
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['pending 10000']);
    agreed.pays('P1', day('2026-11-12'), { I2: 2_500 });
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['kept 12500']);
  });

  test('a write-off after its time does not make a broken one kept, and nobody needs to talk any more', async () => {
    await agreed.promise();
    expect(await agreed.on(after)).toEqual(['broken 0']);
    shop.ledger.put({ invoices: [invoiceRow('I1', { status: 'void', changedAt: '2026-11-25T00:00:00Z' })] });
    expect(await agreed.on('2026-11-25T18:00:00Z')).toEqual(['broken 0']);
    expect(await agreed.tasks()).toEqual([]);
  });

  test('moved to another customer and back: it is held as before', async () => {
    await agreed.promise({ invoiceIds: ['I1', 'I2'] });
    shop.ledger.put({
      invoices: [invoiceRow('I2', { customerId: 'C2', openMinor: 2_500, changedAt: '2026-11-11T00:00:00Z' })],
    });
    await agreed.on('2026-11-11T18:00:00Z');
    expect(await agreed.holds()).toEqual(['promise I1 2026-11-18']);
    shop.ledger.put({
      invoices: [invoiceRow('I2', { openMinor: 2_500, changedAt: '2026-11-12T00:00:00Z' })],
    });
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['pending 0']);
    expect(await agreed.holds()).toEqual(['promise I1 2026-11-18', 'promise I2 2026-11-18']);
  });

  test('moved to another customer: that one promised nothing and is asked for it', async () => {
    await agreed.promise({ invoiceIds: ['I1', 'I2'] });
    shop.ledger.put({
      invoices: [invoiceRow('I1', { customerId: 'C2', changedAt: '2026-11-11T00:00:00Z' })],
    });
    expect(await agreed.on('2026-11-16T18:00:00Z')).toEqual(['pending 10000']);
    expect(await agreed.holds()).toEqual(['promise I2 2026-11-18']);
    const asked = (await shop.touches()).filter((row) => row.state === 'approved');
    expect(asked.map((row) => [row.customer_id, row.ask_minor])).toEqual([['C2', 20_000]]);
  });

  test('R16: merged into another customer, the promise and its hold go along', async () => {
    await agreed.promise({ invoiceIds: null });
    shop.ledger.put({
      customers: [
        customerRow('C1', { active: false, mergedIntoId: 'C2', changedAt: '2026-11-11T00:00:00Z' }),
      ],
      invoices: ['I1', 'I2'].map((id) => ({
        ...(shop.ledger.invoices.get(id) ?? invoiceRow(id)),
        customerId: 'C2',
        changedAt: '2026-11-11T00:00:00Z',
      })),
    });
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['pending 0']);
    expect(await agreed.holds()).toEqual(['promise C2 2026-11-18']);
    expect((await agreed.rows()).map((row) => row.customer_id)).toEqual(['C2']);
    agreed.pays('P1', day('2026-11-12'), { I1: 10_000, I2: 2_500 });
    expect(await agreed.on('2026-11-12T18:00:00Z')).toEqual(['kept 12500']);
  });

  test('R12: a promise of a sub-customer is its parent’s, whose payment keeps it', async () => {
    shop.ledger.put({
      customers: [customerRow('S1', { parentId: 'C1', billsWithParent: true })],
      invoices: [invoiceRow('I4', { customerId: 'S1' })],
    });
    await shop.morning();
    await agreed.promise({ customerId: 'S1', invoiceIds: ['I4'] });
    expect((await agreed.rows()).map((row) => row.customer_id)).toEqual(['C1']);
    agreed.pays('P1', day('2026-11-11'), { I4: 10_000 });
    expect(await agreed.on('2026-11-11T18:00:00Z')).toEqual(['kept 10000']);
  });
});
