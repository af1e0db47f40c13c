import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PostmarkBench } from './postmark-support.ts';

describe('Postmark: events and suppressions', () => {
  let bench: PostmarkBench;
  beforeAll(async () => {
    bench = await PostmarkBench.open();
  });
  afterEach(async () => {
    bench.status = 200;
    await bench.rung();
  });
  afterAll(() => bench.close());

  const kinds = async () => (await bench.rung()).map((each) => each.body.RecordType);
  const suppressions = async (path: string, body?: object) =>
    (await (
      await bench.call(
        `/message-streams/outbound/suppressions${path}`,
        body ? { method: 'POST', body: JSON.stringify(body) } : {},
      )
    ).json()) as { Suppressions: Record<string, unknown>[] };

  test('a delivery is announced with Basic auth and our metadata', async () => {
    const { MessageID } = await bench.sent();
    const [call, ...rest] = await bench.rung();
    expect(rest).toEqual([]);
    expect(call?.headers.authorization).toBe(
      `Basic ${Buffer.from('sandbox:sandbox-postmark-webhook').toString('base64')}`,
    );
    expect(call?.headers['x-pm-webhook-trace-id']).toBeTruthy();
    expect(call?.body).toMatchObject({
      RecordType: 'Delivery',
      MessageID,
      Recipient: 'ana@ridgeway.example.com',
      Metadata: { ob: 'touch-1' },
      MessageStream: 'outbound',
      DeliveredAt: '2026-11-20T09:00:00.0000000Z',
    });
  });

  test('an address made to bounce hard is suppressed, and the next mail to it is refused with 406', async () => {
    const To = 'hardbounce@bounce-testing.postmarkapp.com';
    await bench.sent({ To });
    const calls = await bench.rung();
    expect(calls.map((each) => each.body.RecordType)).toEqual(['Bounce', 'SubscriptionChange']);
    expect(calls[0]?.body).toMatchObject({
      Type: 'HardBounce',
      TypeCode: 1,
      Email: To,
      Inactive: true,
      CanActivate: true,
    });
    const refused = await bench.send({ To });
    expect([refused.status, await refused.json()]).toEqual([
      422,
      { ErrorCode: 406, Message: expect.stringContaining(`Found inactive addresses: ${To}.`) },
    ]);
    expect(await suppressions(`/dump?EmailAddress=${To}`)).toMatchObject({
      Suppressions: [{ SuppressionReason: 'HardBounce', Origin: 'Recipient' }],
    });
    expect(await suppressions('/delete', { Suppressions: [{ EmailAddress: To }] })).toMatchObject({
      Suppressions: [{ Status: 'Deleted' }],
    });
    expect(await kinds()).toEqual(['SubscriptionChange']);
    expect((await bench.sent({ To })).ErrorCode).toBe(0);
  });

  test('a soft bounce suppresses nothing', async () => {
    await bench.sent({ To: 'softbounce@bounce-testing.postmarkapp.com' });
    expect(await kinds()).toEqual(['Bounce']);
    expect((await bench.sent({ To: 'softbounce@bounce-testing.postmarkapp.com' })).ErrorCode).toBe(0);
  });

  test('a complaint ordered by a test can never be taken back', async () => {
    const To = 'cross@example.com';
    const { MessageID } = await bench.sent({ To });
    await bench.rung();
    await fetch(`${bench.url}/control/mails/${MessageID}/bounce`, {
      method: 'POST',
      body: JSON.stringify({ type: 'SpamComplaint' }),
      headers: { 'content-type': 'application/json' },
    });
    const [complaint, change] = await bench.rung();
    expect(complaint?.body).toMatchObject({
      RecordType: 'SpamComplaint',
      TypeCode: 100001,
      CanActivate: false,
      MessageID,
    });
    expect(change?.body).toMatchObject({
      RecordType: 'SubscriptionChange',
      SuppressionReason: 'SpamComplaint',
      SuppressSending: true,
    });
    expect(await suppressions('/delete', { Suppressions: [{ EmailAddress: To }] })).toMatchObject({
      Suppressions: [{ Status: 'Failed' }],
    });
  });

  test('a manual suppression carries no MessageID', async () => {
    expect(await suppressions('', { Suppressions: [{ EmailAddress: 'stop@example.com' }] })).toMatchObject({
      Suppressions: [{ Status: 'Suppressed' }],
    });
    expect((await bench.rung())[0]?.body).toMatchObject({
      MessageID: null,
      SuppressionReason: 'ManualSuppression',
      Origin: 'Customer',
    });
  });

  test('5xx is tried again with the same trace id; 4xx is dropped for ever', async () => {
    bench.status = 503;
    await bench.sent({ To: 'again@example.com' });
    const [first] = await bench.rung();
    bench.status = 200;
    bench.later(2);
    const [second] = await bench.rung();
    expect(second?.headers['x-pm-webhook-trace-id']).toBe(first?.headers['x-pm-webhook-trace-id']);
    expect(Number(second?.headers['x-pm-retries-remaining'])).toBeLessThan(
      Number(first?.headers['x-pm-retries-remaining']),
    );
    bench.status = 400;
    await bench.sent({ To: 'lost@example.com' });
    expect(await bench.rung()).toHaveLength(1);
    bench.status = 200;
    bench.later(60);
    expect(await bench.rung()).toEqual([]);
  });
});
