import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { postmarkMailer } from '../../../connectors/postmark/index.ts';
import type { OutgoingMail } from '../../../src/ports/mailer.ts';
import { type Answerer, json, type WireServer, wireServer } from '../wire-server.ts';

const mail: OutgoingMail = {
  touchId: 'touch-1',
  companyId: 'company-1',
  from: { name: 'Acme "Tools", Ltd', email: 'acme@notices.example' },
  to: { name: 'Zoë', email: 'ap@debtor.example' },
  replyTo: 'r+token@in.example',
  subject: 'Invoice 1042\r\nBcc: everybody@example.com',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: 'touch-1@notices.example',
  inReplyTo: 'touch-0@notices.example',
  references: ['first@notices.example', 'touch-0@notices.example'],
};

const receipt = {
  ErrorCode: 0,
  Message: 'OK',
  MessageID: 'b7bc2f4a-e38e-4336-af7d-e6c392c2f817',
  SubmittedAt: 'now',
};

let server: WireServer;
beforeAll(async () => {
  server = await wireServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

function mailer(url = server.url, timeoutSeconds = 5) {
  return postmarkMailer(
    { serverToken: 'secret-token', stream: 'ar-reminders', apiUrl: `${url}/postmark` },
    { timeoutSeconds },
  );
}

const says =
  (status: number, body: unknown): Answerer =>
  (_request, response) =>
    json(response, status, body);

describe('what Postmark is handed', () => {
  it('is one recipient with our ids, our Message-ID, the thread, and no tracking', async () => {
    server.answer = says(200, receipt);
    await mailer().send(mail);
    const [request] = server.seen;
    expect(request?.path).toBe('/postmark/email');
    expect(request?.headers['x-postmark-server-token']).toBe('secret-token');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      From: '"Acme \\"Tools\\", Ltd" <acme@notices.example>',
      To: '"Zoë" <ap@debtor.example>',
      ReplyTo: 'r+token@in.example',
      Subject: 'Invoice 1042 Bcc: everybody@example.com',
      HtmlBody: '<p>Hello</p>',
      TextBody: 'Hello',
      MessageStream: 'ar-reminders',
      TrackOpens: false,
      TrackLinks: 'None',
      Metadata: { ob: 'touch-1', co: 'company-1' },
      Headers: [
        { Name: 'Message-ID', Value: '<touch-1@notices.example>' },
        { Name: 'X-PM-KeepID', Value: 'true' },
        { Name: 'In-Reply-To', Value: '<touch-0@notices.example>' },
        { Name: 'References', Value: '<first@notices.example> <touch-0@notices.example>' },
        { Name: 'Auto-Submitted', Value: 'auto-generated' },
        { Name: 'X-Auto-Response-Suppress', Value: 'DR, RN, NRN' },
      ],
    });
  });

  it('starts a conversation without thread headers, and keeps a long one within a line', async () => {
    server.answer = says(200, receipt);
    await mailer().send({ ...mail, inReplyTo: null, references: [] });
    const many = Array.from({ length: 80 }, (_, at) => `message-number-${at}@notices.example`);
    await mailer().send({ ...mail, references: many });
    const headersOf = (at: number) =>
      (JSON.parse(server.seen[at]?.body ?? '') as { Headers: { Name: string; Value: string }[] }).Headers;
    expect(headersOf(0).map(({ Name }) => Name)).not.toContain('References');
    const references = headersOf(1).find(({ Name }) => Name === 'References')?.Value ?? '';
    expect(references.length).toBeLessThan(998);
    expect(references.startsWith('<message-number-0@')).toBe(true);
    expect(references.endsWith('<touch-0@notices.example>')).toBe(true);
  });
});

describe('what an answer means', () => {
  it('accepts a full receipt', async () => {
    server.answer = says(200, receipt);
    expect(await mailer().send(mail)).toEqual({ kind: 'accepted', providerMessageId: receipt.MessageID });
    expect(server.seen).toHaveLength(1);
  });

  const inactive =
    'You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: a@x.';
  it.each([
    ['an inactive recipient', 422, { ErrorCode: 406, Message: inactive }, 'refused', '406', true],
    [
      'an impossible address',
      422,
      { ErrorCode: 300, Message: "Invalid 'To' address" },
      'refused',
      '300',
      false,
    ],
    ['several errors about the message', 422, { ErrorCode: 11, Message: 'no' }, 'refused', '11', false],
    [
      'an inactive recipient within a 200',
      200,
      { ErrorCode: 406, Message: inactive },
      'refused',
      '406',
      true,
    ],
    ['a page for 413', 413, '<html>too large</html>', 'refused', 'http_413', false],
  ])('refuses for good: %s', async (_name, status, body, kind, code, recipientInactive) => {
    server.answer = says(status, body);
    expect(await mailer().send(mail)).toMatchObject({ kind, code, recipientInactive });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['a wrong token', 401, 10],
    ['an unknown sender', 422, 400],
    ['an unconfirmed sender', 422, 401],
    ['no credits', 422, 405],
    ['a pending account', 422, 412],
    ['an account that may not send', 422, 413],
    ['a stream that is not there', 422, 1235],
    ['a stream that cannot send', 422, 1236],
    ['an IP that is not allowed', 422, 1480],
    ['an account fault within a 200', 200, 405],
  ])('blames no address for a fault of our own account: %s', async (_name, status, code) => {
    server.answer = says(status, { ErrorCode: code, Message: 'No.' });
    expect(await mailer().send(mail)).toEqual({ kind: 'blocked', code: String(code), reason: 'No.' });
    expect(server.seen).toHaveLength(1);
  });

  it.each([401, 403, 404, 415])('blames no address for a page for %s', async (status) => {
    server.answer = says(status, '<html></html>');
    expect(await mailer().send(mail)).toMatchObject({ kind: 'blocked', code: `http_${status}` });
  });

  it.each([
    ['the rate limit', 429, { ErrorCode: 429, Message: 'Rate limit exceeded' }, '429'],
    ['the rate limit without a body', 429, '', 'http_429'],
    ['maintenance', 503, { ErrorCode: 100, Message: 'Maintenance' }, '100'],
    ['a page for 503', 503, '<html></html>', 'http_503'],
  ])('may try later: %s', async (_name, status, body, code) => {
    server.answer = says(status, body);
    expect(await mailer().send(mail)).toMatchObject({ kind: 'later', code });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['500', 500, { ErrorCode: 0, Message: 'Internal' }],
    ['a page for 502', 502, '<html>Bad gateway</html>'],
    ['a page for 504', 504, '<html>Gateway timeout</html>'],
    ['a redirect', 302, ''],
    ['200 with a page', 200, '<html>Welcome to the hotel WiFi</html>'],
    ['200 with nothing', 200, ''],
    ['200 without a message id', 200, { ErrorCode: 0, Message: 'OK' }],
    ['200 without an error code', 200, { MessageID: 'x' }],
    ['200 cut off', 200, '{"ErrorCode":0,"MessageID":"b7'],
  ])('is uncertain after %s', async (_name, status, body) => {
    server.answer = says(status, body);
    expect((await mailer().send(mail)).kind).toBe('uncertain');
    expect(server.seen).toHaveLength(1);
  });
});

describe('when no answer comes', () => {
  it('may try later when nobody listens, or the name is unknown', async () => {
    const gone = await wireServer();
    await gone.close();
    expect(await mailer(gone.url).send(mail)).toMatchObject({ kind: 'later', code: 'ECONNREFUSED' });
    const outcome = await mailer('http://no-such-host.invalid').send(mail);
    expect(outcome).toMatchObject({ kind: 'later', code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('is uncertain after a connection that broke off', async () => {
    server.answer = (_request, response) => void response.destroy();
    expect((await mailer().send(mail)).kind).toBe('uncertain');
    expect(server.seen).toHaveLength(1);
  });

  it('is uncertain after silence', async () => {
    server.answer = () => {};
    expect(await mailer(server.url, 0.2).send(mail)).toMatchObject({ kind: 'uncertain', code: 'timeout' });
  });

  it('is uncertain when the answer begins and stalls', async () => {
    server.answer = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    expect((await mailer(server.url, 0.2).send(mail)).kind).toBe('uncertain');
  });

  it('sends nothing without a token', async () => {
    const outcome = await postmarkMailer({ serverToken: '', stream: 's', apiUrl: server.url }).send(mail);
    expect(outcome).toMatchObject({ kind: 'blocked', code: 'not_configured' });
    expect(server.seen).toHaveLength(0);
  });
});

describe('looking a message up', () => {
  it('asks its own stream for our metadata', async () => {
    server.answer = says(200, {
      TotalCount: 1,
      Messages: [{ MessageID: 'pm-1', Metadata: { ob: 'touch-1' } }],
    });
    expect(await mailer().find('touch-1')).toBe('pm-1');
    const asked = new URL(server.seen[0]?.path ?? '', server.url);
    expect(asked.pathname).toBe('/postmark/messages/outbound');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      count: '1',
      offset: '0',
      messagestream: 'ar-reminders',
      metadata_ob: 'touch-1',
    });
  });

  it('finds nothing in an empty answer, nor in somebody else’s message', async () => {
    server.answer = says(200, { TotalCount: 0, Messages: [] });
    expect(await mailer().find('touch-1')).toBeNull();
    server.answer = says(200, {
      TotalCount: 1,
      Messages: [{ MessageID: 'pm-2', Metadata: { ob: 'touch-2' } }],
    });
    expect(await mailer().find('touch-1')).toBeNull();
  });

  it.each([
    ['a page', 200, '<html></html>'],
    ['a failure', 500, { ErrorCode: 0, Message: 'Internal' }],
    ['a wrong token', 401, { ErrorCode: 10, Message: 'No account' }],
  ])('throws rather than saying "not found" after %s, without the token', async (_name, status, body) => {
    server.answer = says(status, body);
    const error = await mailer()
      .find('touch-1')
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: expect.stringContaining("Postmark can't be asked") });
    expect(JSON.stringify(Object.entries(error as object)) + String((error as Error).stack)).not.toContain(
      'secret-token',
    );
  });
});
