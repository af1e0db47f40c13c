import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { buildSandbox } from '../../sandbox/server.ts';
import { ACCOUNTING, consent, type Json, REDIRECT, tokenCall } from './intuit-support.ts';
import { folder, hasOfficial } from './xero-official.ts';

describe('the sample company of QuickBooks, read whole', () => {
  let app: FastifyInstance;
  let realm: string;
  let token: string;
  const read = async (path: string): Promise<Json> =>
    (
      await app.inject({
        url: `/intuit/v3/company/${realm}${path}`,
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      })
    ).json();
  const all = async (entity: string, where = ''): Promise<Json[]> => {
    const text = encodeURIComponent(`SELECT * FROM ${entity}${where} MAXRESULTS 1000`);
    return (await read(`/query?query=${text}&include=invoiceLink`)).QueryResponse[entity];
  };

  beforeAll(async () => {
    const config = readSandboxConfig(hasOfficial ? { SANDBOX_VALIDATE: folder } : {});
    const built = await buildSandbox(config);
    app = built.app;
    realm = built.context.books.companies().find((one) => one.vendor === 'intuit')?.id ?? '';
    const code = (await consent(app, ACCOUNTING, { realm })).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    token = (await tokenCall(app, form)).json.access_token;
  });
  afterAll(() => app.close());

  test('has customers as they are in life', async () => {
    const customers = await all('Customer', ' WHERE Active IN (true,false)');
    const some = (is: (row: Json) => boolean) => customers.filter(is).length;
    expect(some((row) => row.PrimaryEmailAddr === undefined)).toBeGreaterThan(0);
    expect(some((row) => /,/.test(row.PrimaryEmailAddr?.Address))).toBeGreaterThan(0);
    expect(some((row) => row.ParentRef && row.BillWithParent)).toBeGreaterThan(0);
    expect(some((row) => row.ParentRef && !row.BillWithParent)).toBeGreaterThan(0);
    expect(some((row) => row.DisplayName.endsWith('(deleted)') && !row.Active)).toBeGreaterThan(1);
    for (const strange of [/["']/, /&/, /\p{Emoji_Presentation}/u, /\p{Script=Hebrew}|\p{Script=Arabic}/u])
      expect(some((row) => strange.test(row.DisplayName))).toBeGreaterThan(0);
  });

  test('has invoices as they are in life', async () => {
    const invoices = await all('Invoice');
    const some = (is: (row: Json) => boolean) => invoices.filter(is).length;
    expect(some((row) => row.DocNumber === undefined)).toBeGreaterThan(0);
    expect(some((row) => row.DueDate === undefined)).toBeGreaterThan(0);
    expect(some((row) => row.TotalAmt < 0)).toBeGreaterThan(0);
    expect(some((row) => row.TotalAmt === 0 && /^Voided/.test(row.PrivateNote))).toBeGreaterThan(0);
    expect(some((row) => row.EmailStatus === 'NotSet')).toBeGreaterThan(0);
    expect(some((row) => row.Balance > 0 && row.Balance < row.TotalAmt)).toBeGreaterThan(0);
    expect(some((row) => row.InvoiceLink !== undefined)).toBeGreaterThan(0);
    expect(some((row) => row.InvoiceLink === undefined)).toBeGreaterThan(0);
  });

  test('and no answer of it is one that Intuit would not give', async () => {
    for (const entity of ['Payment', 'CreditMemo', 'Term', 'CompanyInfo', 'Preferences']) await all(entity);
    await read('/cdc?entities=Invoice,Payment,CreditMemo,Customer,Attachable&changedSince=2020-01-01');
    await read('/reports/AgedReceivables');
    await read(`/companyinfo/${realm}`);
    await read('/invoice/0');
    await app.inject({ url: `/intuit/v3/company/${realm}/preferences` });
    expect((await app.inject({ url: '/control/complaints' })).json()).toEqual([]);
  });
});

describe('people who sign in with Intuit', () => {
  test('may never have proved their address', async () => {
    const { app } = await buildSandbox(readSandboxConfig({}));
    const robin = '0c7be2d4-41f8-4d0b-b1a3-95c6f8e7d203';
    const back = await consent(app, 'openid email', { user: robin });
    const code = back.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    const { access_token } = (await tokenCall(app, form)).json;
    const who = await app.inject({
      url: '/intuit/v1/openid_connect/userinfo',
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(who.json()).toEqual({ sub: robin, email: 'robin@larkspur.example', emailVerified: false });
    await app.close();
  });
});
