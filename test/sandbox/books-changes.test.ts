import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { buildSandbox } from '../../sandbox/server.ts';

/* Many changes in one call, as a test orders them. */
describe('POST /control/companies/{id}/changes', () => {
  let sandbox: Awaited<ReturnType<typeof buildSandbox>>;
  let base: string;

  beforeEach(async () => {
    sandbox = await buildSandbox(readSandboxConfig({}));
    const made = await call('POST', '/control/companies', { vendor: 'intuit', baseCurrency: 'USD' });
    base = `/control/companies/${made.body.id}`;
  });
  afterEach(() => sandbox.app.close());

  async function call(method: 'GET' | 'POST', url: string, payload?: object) {
    const answer = await sandbox.app.inject({ method, url, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  }

  const change = (...changes: object[]) => call('POST', `${base}/changes`, changes);

  const customer = { do: 'addCustomer', row: { id: '901', name: 'Ada Ltd' } };
  const invoice = { do: 'addInvoice', row: { id: '902', customerId: '901', totalMinor: 10_000 } };
  const payment = { do: 'addPayment', row: { id: '903', customerId: '901', totalMinor: 4_000 } };
  const part = {
    do: 'allocate',
    row: { id: '904', sourceKind: 'payment', sourceId: '903', invoiceId: '902', amountMinor: 3_000 },
  };

  it('carries them out in their order, with the ids that they bring', async () => {
    expect(await change(customer, invoice, payment, part)).toEqual({ status: 200, body: { done: 4 } });
    expect((await call('GET', `${base}/invoices/902`)).body).toMatchObject({ balanceMinor: 7_000 });
    const [aged] = (await call('GET', `${base}/aged-receivables`)).body;
    expect(aged).toMatchObject({ customerId: '901', credits: 1_000, total: 6_000 });
    await change({ do: 'removeAllocation', id: '904' }, { do: 'deletePayment', id: '903' });
    expect((await call('GET', `${base}/invoices/902`)).body).toMatchObject({ balanceMinor: 10_000 });
  });

  it('does all of them or none', async () => {
    await change(customer);
    const refused = await change(invoice, payment, { ...part, row: { ...part.row, amountMinor: 9_000 } });
    expect(refused).toMatchObject({ status: 409, body: { error: 'over_allocated' } });
    expect((await call('GET', `${base}/invoices`)).body).toEqual([]);
    expect((await change({ do: 'burnDown' })).body).toMatchObject({ error: 'invalid' });
    expect((await change(invoice)).status).toBe(200);
  });

  it('a payment takes another amount, but not less than is set against invoices', async () => {
    await change(customer, invoice, payment, part);
    await change({ do: 'updatePayment', id: '903', row: { totalMinor: 3_500 } });
    const [row] = (await call('GET', `${base}/payments`)).body;
    expect(row).toMatchObject({ totalMinor: 3_500, unallocatedMinor: 500 });
    const refused = await change({ do: 'updatePayment', id: '903', row: { totalMinor: 2_999 } });
    expect(refused.body.error).toBe('over_allocated');
  });

  it('a customer is not merged into its own sub-customer', async () => {
    const below = { do: 'addCustomer', row: { id: '905', name: 'Ada Roofs', parentId: '901' } };
    await change(customer, below);
    expect((await change({ do: 'mergeCustomer', id: '901', into: '905' })).body.error).toBe('invalid');
    expect((await change({ do: 'mergeCustomer', id: '905', into: '901' })).status).toBe(200);
  });
});
