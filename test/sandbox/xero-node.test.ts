import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { XeroClient } from 'xero-node';
import { TENANT, XeroBench } from './xero-support.ts';

describe('Xero: its own SDK takes the stand-in for the real one', () => {
  let bench: XeroBench;
  let client: XeroClient;
  let invoice: string;

  beforeAll(async () => {
    bench = await XeroBench.open();
    invoice = bench.addInvoice(bench.addCustomer(), 12_345).id;
    client = new XeroClient();
    client.accountingApi.basePath = `${bench.url}/xero/api.xro/2.0`;
    client.accountingApi.accessToken = (await bench.connect()).access_token;
  });
  afterAll(() => bench.app.close());

  test('getInvoices', async () => {
    const where = 'Type=="ACCREC" AND Status=="AUTHORISED"';
    const { body } = await client.accountingApi.getInvoices(
      TENANT,
      new Date('2026-01-01'),
      where,
      'DueDate ASC',
      undefined,
      undefined,
      undefined,
      undefined,
      1,
    ); // prettier-ignore
    expect(body.pagination).toMatchObject({ page: 1, itemCount: 1 });
    expect(body.invoices?.[0]).toMatchObject({
      invoiceID: invoice,
      amountDue: 123.45,
      lineItems: [{ quantity: 1 }],
    });
    // the SDK turns the text of a date into a Date, whatever its types say
    expect(new Date(String(body.invoices?.[0]?.dueDate)).toISOString()).toBe('2026-10-21T00:00:00.000Z');
  });

  test('getContacts and getOrganisations', async () => {
    const contacts = await client.accountingApi.getContacts(
      TENANT,
      undefined,
      undefined,
      undefined,
      undefined,
      1,
    );
    expect(contacts.body.contacts?.[0]).toMatchObject({
      name: 'Ridgeway Builders',
      contactPersons: [{ includeInEmails: true }],
    });
    const { body } = await client.accountingApi.getOrganisations(TENANT);
    expect(body.organisations?.[0]).toMatchObject({
      timezone: 'NEWZEALANDSTANDARDTIME',
      baseCurrency: 'NZD',
    });
  });

  test('createInvoiceHistory, twice with one key, leaves one note', async () => {
    const write = () =>
      client.accountingApi.createInvoiceHistory(
        TENANT,
        invoice,
        { historyRecords: [{ details: 'By the SDK' }] },
        'key-1',
      );
    expect((await write()).body.historyRecords?.[0]?.details).toBe('By the SDK');
    await write();
    const { body } = await client.accountingApi.getInvoiceHistory(TENANT, invoice);
    expect(body.historyRecords?.filter((each) => each.details === 'By the SDK')).toHaveLength(1);
  });

  test('a refusal carries the body of the stand-in', async () => {
    const failed = client.accountingApi.getInvoices('00000000-0000-4000-8000-000000000000');
    await expect(failed).rejects.toContain('AuthenticationUnsuccessful');
  });
});
