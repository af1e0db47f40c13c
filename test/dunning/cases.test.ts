import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { changeInLedger, owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { creditRow, invoiceRow, paymentRow } from '../support/values.ts';
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

const cases = () =>
  shop.within((tx) =>
    tx
      .selectFrom('dunning_case')
      .select(['customer_id', 'state', 'close_reason'])
      .orderBy('opened_at')
      .execute(),
  );
const afterThat = async (on: string): Promise<void> => {
  shop.at(`${on}T18:00:00Z`);
  await shop.morning();
  await shop.deliver();
};

describe('a case closes with its reason', () => {
  const closes = async (): Promise<(string | null)[]> => (await cases()).map((row) => row.close_reason);
  const paid = paymentRow('P1', { allocations: [{ invoiceId: 'I1', amountMinor: 10_000 }] });

  test('PAR-01: paid', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
    shop.ledger.put({ payments: [paid] });
    await shop.morning();
    expect(await closes()).toEqual(['paid']);
    expect(await shop.states()).toEqual(['first cancelled']);
  });

  test('PAR-05, PAR-10: credited', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
    shop.ledger.put({
      credits: [
        creditRow('K1', {
          totalMinor: 10_000,
          remainingMinor: 0,
          status: 'closed',
          allocations: [{ invoiceId: 'I1', amountMinor: 10_000 }],
        }),
      ],
    });
    await shop.morning();
    expect(await closes()).toEqual(['credited']);
  });

  test('PAR-12, DET-08: voided, whatever its balance still says', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { status: 'void' });
    await shop.morning();
    expect(await closes()).toEqual(['voided']);
    expect(await shop.states()).toEqual(['first cancelled']);
  });

  test('PAR-17: not while another of its invoices is past due', async () => {
    owes(shop);
    shop.ledger.put({ invoices: [invoiceRow('I2'), invoiceRow('I3')] });
    await shop.morning();
    changeInLedger(shop, 'I2', { openMinor: 0, status: 'closed' });
    await shop.morning();
    expect(await closes()).toEqual([null]);
    expect((await shop.touches()).at(-1)).toMatchObject({ state: 'approved', ask_minor: 20_000 });
  });

  test('PAR-11, R6: a reversed payment reopens the same case, and what was sent is not repeated', async () => {
    owes(shop);
    await afterThat('2026-11-10');
    shop.at('2026-11-12T18:00:00Z');
    changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
    shop.ledger.put({ payments: [paid] });
    await shop.morning();
    shop.at('2026-11-24T18:00:00Z');
    changeInLedger(shop, 'I1', { openMinor: 10_000, status: 'open' });
    shop.ledger.put({ payments: [{ ...paid, status: 'void', changedAt: shop.now().toISOString() }] });
    await shop.morning();
    expect((await cases()).map((row) => row.state)).toEqual(['open']);
    const record = await shop.within((tx) =>
      tx.selectFrom('activity').select('summary').where('kind', '=', 'case_reopened').execute(),
    );
    expect(record).toHaveLength(1);
    expect(record[0]?.summary).toMatch(
      /^Case \S+ reopened: Payment of \$100\.00 of 2026-11-09 was voided in the ledger: \$100\.00 on invoice I1/,
    );
    expect(await shop.states()).toEqual(['first sent', 'second approved']);
  });
});
