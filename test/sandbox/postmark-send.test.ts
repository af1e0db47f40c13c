import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServerClient } from 'postmark';
import { message, PostmarkBench } from './postmark-support.ts';

type Found = { TotalCount: number; Messages: Record<string, unknown>[] };

describe('Postmark: sending', () => {
  let bench: PostmarkBench;
  beforeAll(async () => {
    bench = await PostmarkBench.open();
  });
  afterAll(() => bench.close());

  const found = async (query: string) =>
    (await (await bench.call(`/messages/outbound?count=1&offset=0&${query}`)).json()) as Found;
  const mails = async (to: string) =>
    (await (await fetch(`${bench.url}/control/mails?to=${encodeURIComponent(to)}`)).json()) as Record<
      string,
      unknown
    >[];

  test('a good message is accepted, kept exactly as it came, and found by its metadata', async () => {
    const answer = await bench.sent();
    expect(answer).toEqual({
      To: 'ana@ridgeway.example.com',
      SubmittedAt: '2026-11-20T09:00:00.0000000Z',
      MessageID: expect.any(String),
      ErrorCode: 0,
      Message: 'OK',
    });
    expect(await mails('ANA@ridgeway.example.com')).toMatchObject([
      { id: answer.MessageID, request: message() },
    ]);
    expect(await found('metadata_ob=touch-1')).toMatchObject({
      TotalCount: 1,
      Messages: [{ MessageID: answer.MessageID, Status: 'Sent' }],
    });
    expect(await found('metadata_ob=touch-2')).toEqual({ TotalCount: 0, Messages: [] });
    const details = (await (
      await bench.call(`/messages/outbound/${answer.MessageID}/details`)
    ).json()) as object;
    expect(details).toMatchObject({ TextBody: 'Thank you', MessageEvents: [{ Type: 'Delivered' }] });
  });

  test('the search looks into one stream and forgets after 45 days', async () => {
    await bench.sent({ MessageStream: 'broadcast', Metadata: { ob: 'elsewhere' } });
    expect((await found('metadata_ob=elsewhere')).TotalCount).toBe(0);
    expect((await found('metadata_ob=elsewhere&messagestream=broadcast')).TotalCount).toBe(1);
    bench.later(46 * 24 * 60);
    expect((await found('metadata_ob=elsewhere&messagestream=broadcast')).TotalCount).toBe(0);
  });

  test('a wrong token is code 10 with 401', async () => {
    const response = await bench.call('/email', {
      method: 'POST',
      body: JSON.stringify(message()),
      headers: { 'x-postmark-server-token': 'no' },
    });
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ ErrorCode: 10 }),
    ]);
  });

  test.each([
    [300, 'no recipient', { To: '' }],
    [300, 'an address that is none', { To: 'ana at ridgeway' }],
    [
      300,
      'more than 50 recipients',
      { To: Array.from({ length: 51 }, (_, n) => `a${n}@example.com`).join(',') },
    ],
    [300, 'no body', { HtmlBody: '', TextBody: undefined }],
    [300, 'a metadata value that is too long', { Metadata: { ob: 'x'.repeat(81) } }],
    [
      411,
      'an attachment that is a program',
      { Attachments: [{ Name: 'pay.exe', Content: '', ContentType: 'x' }] },
    ],
    [1235, 'a stream that does not exist', { MessageStream: 'nowhere' }],
    [1236, 'the inbound stream', { MessageStream: 'inbound' }],
  ])('code %i for %s', async (code, _what, change) => {
    const response = await bench.send(change);
    expect(response.status).toBe(422);
    expect(response.headers.get('x-pm-apierrorcode')).toBe(String(code));
    expect(await response.json()).toMatchObject({ ErrorCode: code, Message: expect.any(String) });
  });

  test('a sender without signature is 400, an account that may not send 405, an unknown message 701', async () => {
    const set = (settings: object) =>
      fetch(`${bench.url}/control/postmark/settings`, {
        method: 'PUT',
        body: JSON.stringify(settings),
        headers: { 'content-type': 'application/json' },
      });
    await set({ senders: ['kauri.example.com'] });
    expect((await bench.sent()).ErrorCode).toBe(0);
    expect((await bench.sent({ From: 'me@other.example.com' })).ErrorCode).toBe(400);
    await set({ accountProblem: 405 });
    expect((await bench.sent()).ErrorCode).toBe(405);
    await set({ accountProblem: 0, senders: null });
    expect(await (await bench.call('/messages/outbound/none/details')).json()).toMatchObject({
      ErrorCode: 701,
    });
  });

  test('broken JSON is 402, a body that is not JSON 409', async () => {
    expect(await (await bench.call('/email', { method: 'POST', body: '{"From":' })).json()).toMatchObject({
      ErrorCode: 402,
    });
    const form = await bench.call('/email', {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'application/xml' },
    });
    expect([form.status, ((await form.json()) as { ErrorCode: number }).ErrorCode]).toEqual([415, 409]);
  });

  test('a batch answers 200 in order, with code and words alone for what failed', async () => {
    const body = JSON.stringify([
      message({ To: 'one@example.com' }),
      message({ To: '' }),
      message({ To: 'two@example.com' }),
    ]);
    const response = await bench.call('/email/batch', { method: 'POST', body });
    expect(response.status).toBe(200);
    const answers = (await response.json()) as Record<string, unknown>[];
    expect(answers.map((each) => each.ErrorCode)).toEqual([0, 300, 0]);
    expect(Object.keys(answers[1] ?? {}).sort()).toEqual(['ErrorCode', 'Message']);
    const many = await bench.call('/email/batch', {
      method: 'POST',
      body: JSON.stringify(Array(501).fill(message())),
    });
    expect(await many.json()).toMatchObject({ ErrorCode: 410 });
  });

  test('POSTMARK_API_TEST checks and delivers nothing', async () => {
    const response = await bench.call('/email', {
      method: 'POST',
      body: JSON.stringify(message({ To: 'nobody@example.com' })),
      headers: { 'x-postmark-server-token': 'POSTMARK_API_TEST' },
    });
    expect(await response.json()).toMatchObject({ ErrorCode: 0, Message: 'Test job accepted' });
    expect(await mails('nobody@example.com')).toEqual([]);
  });

  test.each(['drop_after_commit', 'sent_but_500', 'sent_but_html', 'stall'])(
    '%s: the sender learns nothing, and exactly one mail is found afterwards',
    async (kind) => {
      const ob = `doubt-${kind}`;
      bench.ctx.faults.order({ vendor: 'postmark', kind, match: '/email', ms: 100 });
      const outcome = await bench.sent({ Metadata: { ob } }).catch(() => undefined);
      expect(outcome?.MessageID).toBeUndefined();
      expect((await found(`metadata_ob=${ob}`)).TotalCount).toBe(1);
    },
  );

  test.each(['drop', 'status', 'html'])('%s: nothing was sent', async (kind) => {
    const ob = `never-${kind}`;
    bench.ctx.faults.order({
      vendor: 'postmark',
      kind,
      match: '/email',
      status: kind === 'html' ? 200 : 503,
    });
    const outcome = await bench.sent({ Metadata: { ob } }).catch(() => undefined);
    expect(outcome?.MessageID).toBeUndefined();
    expect((await found(`metadata_ob=${ob}`)).TotalCount).toBe(0);
  });

  test('the official client sends, searches, and reads the inactive address out of a refusal', async () => {
    const client = new ServerClient(bench.ctx.config.postmark.serverToken, {
      requestHost: `${new URL(bench.url).host}/postmark`,
      useHttps: false,
    });
    const sent = await client.sendEmail({
      From: 'a@kauri.example.com',
      To: 'sdk@example.com',
      Subject: 'x',
      TextBody: 'y',
      Metadata: { ob: 'sdk' },
    });
    expect(sent.ErrorCode).toBe(0);
    const search = await client.getOutboundMessages({
      count: 1,
      offset: 0,
      messageStream: 'outbound',
      metadata_ob: 'sdk',
    } as never);
    expect(search.TotalCount).toBe(1);
    await client.createSuppressions('outbound', { Suppressions: [{ EmailAddress: 'sdk@example.com' }] });
    const refused = client.sendEmail({
      From: 'a@kauri.example.com',
      To: 'sdk@example.com',
      Subject: 'x',
      TextBody: 'y',
    });
    await expect(refused).rejects.toMatchObject({
      name: 'InactiveRecipientsError',
      code: 406,
      recipients: ['sdk@example.com'],
    });
  });
});
