import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { provider } from './support.ts';

const xero = provider('http://127.0.0.1:1');
const sign = (body: string, key = 'webhook-key') => createHmac('sha256', key).update(body).digest('base64');
const read = (body: string, signature: string | undefined) =>
  xero.readWebhook(Buffer.from(body), { 'x-xero-signature': signature });

const event = {
  resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/i-1',
  resourceId: 'i-1',
  eventDateUtc: '2026-06-21T01:15:39.902',
  eventType: 'UPDATE',
  eventCategory: 'INVOICE',
  tenantId: 'tenant-1',
  tenantType: 'ORGANISATION',
};

describe('a webhook of Xero', () => {
  it('rings for each organisation, with an id that a repetition shares', () => {
    const body = JSON.stringify({
      events: [event, { ...event, tenantId: 'tenant-2' }],
      firstEventSequence: 1,
    });
    const rings = read(body, sign(body));
    expect(rings?.map((ring) => ring.ledgerRef)).toEqual(['tenant-1', 'tenant-2']);
    expect(new Set(rings?.map((ring) => ring.eventId)).size).toBe(2);
    // the organisation's id is a secret at rest
    expect(rings?.[0]?.eventId).toMatch(/^[\w-]{43}$/);
    expect(read(body, sign(body))).toEqual(read(body, sign(body)));
  });

  it('that only asks whether we check signatures gets an empty list, or null', () => {
    const body = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3"}';
    expect(read(body, sign(body))).toEqual([]);
    expect(read(body, sign(body, 'other-key'))).toBeNull();
    expect(read(body, undefined)).toBeNull();
    expect(read(body, '')).toBeNull();
  });

  it('is verified over the raw bytes', () => {
    const body = JSON.stringify({ events: [event] });
    expect(read(` ${body}`, sign(body))).toBeNull();
  });

  it('never passes without a key', () => {
    const keyless = provider('http://127.0.0.1:1', { webhookKey: '' });
    expect(keyless.readWebhook(Buffer.from('{}'), { 'x-xero-signature': sign('{}', '') })).toBeNull();
  });

  it('with nothing to say about books rings nobody', () => {
    const subscription = { ...event, eventCategory: 'SUBSCRIPTION' };
    const body = JSON.stringify({ events: [subscription, { ...event, tenantId: null }, 'odd'] });
    expect(read(body, sign(body))).toEqual([]);
    expect(read('not json', sign('not json'))).toEqual([]);
  });
});
