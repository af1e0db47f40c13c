import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { quickbooks } from '../../../connectors/quickbooks/index.ts';
import type { QuickBooksSettings } from '../../../connectors/quickbooks/settings.ts';
import { httpClient } from '../../../src/platform/http.ts';
import { now } from './support.ts';

const settings: QuickBooksSettings = {
  clientId: 'client-1',
  clientSecret: 'secret-1',
  webhookToken: 'verifier-1',
  authorizeUrl: 'https://intuit.test/a',
  tokenUrl: 'https://intuit.test/t',
  revokeUrl: 'https://intuit.test/r',
  userinfoUrl: 'https://intuit.test/u',
  jwksUrl: 'https://intuit.test/j',
  apiUrl: 'https://intuit.test',
};
const deps = { clock: { now: () => now }, http: httpClient({ allowedOrigins: [], userAgent: 'Duly/test' }) };
const provider = quickbooks(settings, deps);

const sign = (body: Buffer, key = 'verifier-1') => createHmac('sha256', key).update(body).digest('base64');
const ring = (value: unknown) => {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return provider.readWebhook(body, { 'intuit-signature': sign(body) });
};

const cloudEvent = (id: string, type = 'qbo.invoice.updated.v1', realm = '310687') => ({
  specversion: '1.0',
  id,
  source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
  type,
  time: '2025-10-07T19:59:07.034359333Z',
  intuitentityid: '1234',
  intuitaccountid: realm,
  data: {},
});
const classic = (operation: string) => ({
  eventNotifications: [
    {
      realmId: '1185883450',
      dataChangeEvent: {
        entities: [
          { name: 'Customer', id: '1', operation, lastUpdated: '2015-10-05T14:42:19-0700' },
          { name: 'Vendor', id: '1', operation, lastUpdated: '2015-10-05T14:42:19-0700' },
        ],
      },
    },
  ],
});

describe('a webhook', () => {
  test('of CloudEvents rings for every company in it', () => {
    const events = [cloudEvent('e1'), cloudEvent('e2', 'qbo.creditmemo.voided.v1', '42')];
    expect(ring(events)).toEqual([
      { ledgerRef: '310687', eventId: 'e1' },
      { ledgerRef: '42', eventId: 'e2' },
    ]);
  });

  test('may be one event alone', () => {
    expect(ring(cloudEvent('e1', 'qbo.payment.deleted.v1'))).toEqual([
      { ledgerRef: '310687', eventId: 'e1' },
    ]);
  });

  test('of the classic form gets ids that are equal for equal events and hide the company', () => {
    const first = ring(classic('Create'));
    expect(first).toHaveLength(1);
    expect(first?.[0]?.ledgerRef).toBe('1185883450');
    expect(first?.[0]?.eventId).not.toContain('1185883450');
    expect(ring(classic('Create'))).toEqual(first);
    expect(ring(classic('Update'))).not.toEqual(first);
  });

  test('tells of a merge, whichever way the member is spelled', () => {
    for (const member of ['deletedId', 'deletedID']) {
      const merge = { name: 'Customer', id: '5', operation: 'Merge', [member]: '9' };
      const dataChangeEvent = {
        entities: [merge, { ...merge, name: 'Vendor' }, { ...merge, operation: 'Update' }],
      };
      const rings = ring({ eventNotifications: [{ realmId: '42', dataChangeEvent }] });
      expect(rings?.map((each) => each.merged)).toEqual([{ from: '9', into: '5' }, undefined]);
    }
  });

  test('about what we do not read, or about nothing, is right but rings nowhere', () => {
    const nothing = [[cloudEvent('e1', 'qbo.class.created.v1')], [], {}, [null, 7], 'not json'];
    expect(ring('')).toBeNull();
    for (const body of nothing) expect(ring(body)).toEqual([]);
  });

  test('with a wrong, missing or short signature is refused', () => {
    const body = Buffer.from(JSON.stringify(cloudEvent('e1')));
    const wrong = [sign(body, 'other'), sign(Buffer.from('x')), '', 'AAAA', undefined];
    for (const signature of wrong) {
      expect(provider.readWebhook(body, { 'intuit-signature': signature })).toBeNull();
    }
    expect(provider.readWebhook(body, {})).toBeNull();
  });

  test('is refused as long as no token is configured, even when signed with nothing', () => {
    const body = Buffer.from('{}');
    const open = quickbooks({ ...settings, webhookToken: '' }, deps);
    expect(open.readWebhook(body, { 'intuit-signature': sign(body, '') })).toBeNull();
  });
});

describe('the provider', () => {
  test('is configured only with a client id and a secret', () => {
    expect(provider.configured).toBe(true);
    expect(quickbooks({ ...settings, clientSecret: '' }, deps).configured).toBe(false);
  });

  test('knows where a person sees an invoice', () => {
    expect(provider.invoicePageUrl('42', '7')).toBe('https://qbo.intuit.com/app/invoice?txnId=7');
    const sandbox = quickbooks({ ...settings, appUrl: 'http://localhost:4000/ledger/intuit/' }, deps);
    expect(sandbox.invoicePageUrl('42', '7')).toBe('http://localhost:4000/ledger/intuit/42/invoices/7');
  });
});
