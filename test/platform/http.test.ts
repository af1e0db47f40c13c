import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { httpClient } from '../../src/platform/http.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function client(origin: string, lines: object[] = []) {
  const log = { info: (fields: object) => lines.push(fields), warn: (fields: object) => lines.push(fields) };
  return httpClient({ allowedOrigins: [`${origin}/some/path`], userAgent: 'Duly/test', log });
}

describe('the HTTP client', () => {
  test('sends once and hands back status, headers, text and trace id', async () => {
    let seen = '';
    const origin = await serve((request, response) => {
      seen = `${request.method} ${request.url} ${request.headers['user-agent']}`;
      response.writeHead(418, { intuit_tid: '1-abc', 'content-encoding': 'gzip' }).end(gzipSync('héllo'));
    });
    const result = await client(origin).send({ method: 'POST', url: `${origin}/a?b=c`, body: 'x' });
    expect(seen).toBe('POST /a?b=c Duly/test');
    expect(result).toMatchObject({ ok: true, answer: { status: 418, text: 'héllo', traceId: '1-abc' } });
  });

  test('refuses every other origin without calling it', async () => {
    let calls = 0;
    const origin = await serve((_request, response) => response.end(String(++calls)));
    const other = origin.replace('127.0.0.1', 'localhost');
    for (const url of [other, 'not an address', 'file:///etc/passwd']) {
      expect(await client(origin).send({ method: 'GET', url })).toMatchObject({
        ok: false,
        certainlyNotSent: true,
      });
    }
    expect(calls).toBe(0);
  });

  test('does not follow a redirect', async () => {
    const origin = await serve((_request, response) => response.writeHead(302, { location: '/x' }).end());
    const result = await client(origin).send({ method: 'GET', url: origin });
    expect(result).toMatchObject({ ok: false, certainlyNotSent: false });
  });

  test('knows when nothing was sent, and when that is not known', async () => {
    const origin = await serve((request) => request.socket.destroy());
    const broken = await client(origin).send({ method: 'POST', url: origin, body: 'x' });
    expect(broken).toMatchObject({ ok: false, certainlyNotSent: false });
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const refused = await client(origin).send({ method: 'POST', url: origin, body: 'x' });
    expect(refused).toMatchObject({ ok: false, certainlyNotSent: true });
  });

  test('gives up on a slow answer and on a large one', async () => {
    const slow = await serve((_request, response) => void response.write('begin'));
    expect(await client(slow).send({ method: 'GET', url: slow, timeoutMs: 100 })).toMatchObject({
      ok: false,
      certainlyNotSent: false,
      reason: 'no complete answer within 100 ms',
    });
    const large = await serve((_request, response) => response.end('x'.repeat(2000)));
    const result = await client(large).send({ method: 'GET', url: large, maxBytes: 1000 });
    expect(result).toMatchObject({ ok: false, reason: 'the answer is larger than 1000 bytes' });
  });

  test('asks for packed answers, and cuts off one that unpacks to more than allowed', async () => {
    let asked: string | undefined;
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024));
    const origin = await serve((request, response) => {
      asked = request.headers['accept-encoding'];
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(bomb.byteLength).toBeLessThan(40_000);
    const result = await client(origin).send({ method: 'GET', url: origin, maxBytes: 100_000 });
    expect(asked).toBe('gzip');
    expect(result).toMatchObject({ ok: false, certainlyNotSent: false });
    expect(result.ok ? '' : result.reason).toContain('larger than 100000 bytes');
  });

  test('hands out the bytes of a paper as they came', async () => {
    const paper = Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0x00, 0xfe]);
    const origin = await serve((_request, response) => response.end(paper));
    const result = await client(origin).send({ method: 'GET', url: origin });
    expect(result.ok && Buffer.from(result.answer.bytes).equals(paper)).toBe(true);
  });

  test('logs the address without query, tenant, headers or body', async () => {
    const origin = await serve((_request, response) => response.end('the-secret-body'));
    const lines: object[] = [];
    const url = `${origin}/v3/company/9130347596826826/query?query=the-secret-query`;
    await client(origin, lines).send({
      method: 'GET',
      url,
      headers: { authorization: 'Bearer the-secret-token' },
    });
    expect(lines).toHaveLength(1);
    const written = JSON.stringify(lines);
    expect(written).toContain(`${origin}/v3/company/…/query`);
    expect(written).not.toMatch(/secret|9130347596826826/);
  });
});
