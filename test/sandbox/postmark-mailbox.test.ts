import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PostmarkBench } from './postmark-support.ts';

describe('The mailbox for a person', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'duly-mailbox-'));
  let bench: PostmarkBench;
  beforeAll(async () => {
    bench = await PostmarkBench.open({ DATA_DIR: folder });
  });
  afterAll(async () => {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = async (address: string) => {
    const response = await fetch(`${bench.url}${address}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  test('says what will arrive when nothing has', async () => {
    expect((await get('/mailbox')).text).toContain('No mail yet');
  });

  test('lists the newest first and finds by address', async () => {
    await bench.sent({ Subject: 'First <b>reminder</b>', To: 'one@example.com' });
    bench.later(60);
    await bench.sent({ Subject: 'Second reminder', To: 'two@example.com' });
    const { text } = await get('/mailbox');
    expect(text.indexOf('Second reminder')).toBeLessThan(text.indexOf('First &lt;b>reminder'));
    expect(text).toContain('20 Nov 2026, 10:00 UTC');
    const some = (await get('/mailbox?to=one@')).text;
    expect(some).toContain('one@example.com');
    expect(some).not.toContain('two@example.com');
  });

  test('shows a mail in a locked frame, as text, and with its headers and metadata', async () => {
    const { MessageID } = await bench.sent({
      Attachments: [{ Name: 'invoice.pdf', Content: 'JVBERi0=', ContentType: 'application/pdf' }],
    });
    const mail = `/mailbox/${MessageID}`;
    const page = await get(mail);
    expect(page.text).toMatch(/<iframe[^>]+sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(page.text).toContain('invoice.pdf');
    const frame = await get(`${mail}/html`);
    expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(frame.headers.get('content-security-policy')).toContain('sandbox allow-popups');
    expect(frame.text).toContain('<head><base target="_blank">');
    expect((await get(`${mail}?tab=text`)).text).toContain('Thank you');
    const headers = (await get(`${mail}?tab=headers`)).text;
    expect(headers).toContain('&lt;touch-1@mail.example.com>');
    expect(headers).toContain('touch-1</td>');
    const file = await get(`${mail}/attachments/0`);
    expect([file.headers.get('content-disposition'), file.text]).toEqual([
      expect.stringContaining('attachment'),
      '%PDF-',
    ]);
    expect((await get('/mailbox/none')).status).toBe(404);
  });

  test('keeps its mail when the program starts again, and empties when told to', async () => {
    const all = async () =>
      (await (await fetch(`${bench.url}/control/mails`)).json()) as { id: string; at: string }[];
    const before = await all();
    await bench.close();
    bench = await PostmarkBench.open({ DATA_DIR: folder });
    expect(await all()).toEqual(before);
    const late = await fetch(`${bench.url}/control/mails?since=2026-11-20T10:00:00Z`);
    expect((await late.json()) as unknown[]).toHaveLength(2);
    expect((await fetch(`${bench.url}/control/mails`, { method: 'DELETE' })).status).toBe(204);
    expect(await all()).toEqual([]);
  });
});
