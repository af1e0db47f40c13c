import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TENANT, XeroBench } from './xero-support.ts';

/* Xero forgets no document: an overpayment that was there once is there to the end, as VOIDED. */

let bench: XeroBench;
let token: string;
let customer: string;

beforeAll(async () => {
  bench = await XeroBench.open();
  customer = bench.addCustomer();
  token = (await bench.connect()).access_token;
});
afterAll(() => bench.app.close());

async function listed(list: string, where = ''): Promise<readonly Record<string, unknown>[]> {
  const query = where === '' ? '' : `&where=${encodeURIComponent(where)}`;
  const answer = (await bench.json(`/${list}?page=1${query}`, token)) as Record<string, unknown>;
  return answer[list] as Record<string, unknown>[];
}

test('of money taken off its invoice and then deleted, the overpayment stays, voided', async () => {
  const { books } = bench.ctx;
  const payment = bench.pay(bench.addInvoice(customer, 10_000), 10_000);
  bench.later(5);
  const [part] = books.allocationsFrom(TENANT, 'payment', payment);
  books.removeAllocation(TENANT, part?.id ?? '');
  expect(await listed('Overpayments')).toMatchObject([
    { Total: 100, RemainingCredit: 100, Status: 'AUTHORISED' },
  ]);
  bench.later(5);
  books.deletePayment(TENANT, payment);
  expect(await listed('Overpayments')).toMatchObject([{ Total: 100, RemainingCredit: 0, Status: 'VOIDED' }]);
});

test('of an overpayment that was set against an invoice and then deleted, no payment is told', async () => {
  const { books } = bench.ctx;
  const [invoice, other] = [bench.addInvoice(customer, 6_000), bench.addInvoice(customer, 9_000)];
  const payment = bench.pay(invoice, 6_000, 8_000);
  bench.later(5);
  const row = { sourceKind: 'payment', sourceId: payment, invoiceId: other.id, amountMinor: 2_000 } as const;
  books.allocate(TENANT, { ...row, date: '2026-11-10' });
  bench.later(5);
  books.deletePayment(TENANT, payment);
  const overpayments = await listed('Overpayments');
  expect(overpayments.at(-1)).toMatchObject({ Total: 20, RemainingCredit: 0, Status: 'VOIDED' });
  const gone = await listed('Payments', 'Status=="DELETED"');
  expect(gone.filter((each) => each.Amount === 20)).toEqual([]);
  expect(gone.filter((each) => each.Amount === 60)).toHaveLength(1);
});
