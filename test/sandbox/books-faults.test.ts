import { afterEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { type FaultOrder, Faults, installFaults } from '../../sandbox/faults.ts';

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
});

/** A stand-in of one route that counts how often something was committed. */
async function standIn(...orders: Omit<FaultOrder, 'vendor'>[]) {
  const faults = new Faults();
  for (const order of orders) faults.order({ vendor: 'xero', ...order });
  const made = { count: 0 };
  app = Fastify({ forceCloseConnections: true });
  installFaults(app, faults, 'xero');
  app.post('/api.xro/2.0/notes', async (request) => {
    made.count += 1;
    return { note: made.count, fault: request.sandboxFault?.kind ?? null };
  });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  return { made, faults, post: () => fetch(`${base}/api.xro/2.0/notes`, { method: 'POST' }) };
}

describe('faults to order', () => {
  it('drop the connection after the work is done, once', async () => {
    const { made, post } = await standIn({ kind: 'drop_after_commit', match: '/notes' });
    await expect(post()).rejects.toThrow();
    expect(made.count).toBe(1);
    expect(await (await post()).json()).toEqual({ note: 2, fault: null });
  });

  it('drop the connection before any work is done', async () => {
    const { made, post } = await standIn({ kind: 'drop' });
    await expect(post()).rejects.toThrow();
    expect(made.count).toBe(0);
  });

  it('cut an answer short, so that it is no JSON any more', async () => {
    const { made, post } = await standIn({ kind: 'truncate' });
    const text = await (await post()).text();
    expect(made.count).toBe(1);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('answer with any status, headers and body, as often as ordered, without doing the work', async () => {
    const { made, post } = await standIn({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '7' },
      body: 'slow',
      times: 2,
    });
    for (const _ of [1, 2]) {
      const answer = await post();
      expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([
        429,
        '7',
        'slow',
      ]);
    }
    expect((await post()).status).toBe(200);
    expect(made.count).toBe(1);
  });

  it("hand a vendor's own kinds on, wait when told to, and last until withdrawn with times 0", async () => {
    const { faults, post } = await standIn({ kind: 'delay', ms: 60 }, { kind: 'api_403', times: 0 });
    const started = performance.now();
    expect(await (await post()).json()).toEqual({ note: 1, fault: 'delay' });
    expect(performance.now() - started).toBeGreaterThan(50);
    expect(await (await post()).json()).toMatchObject({ fault: 'api_403' });
    expect(await (await post()).json()).toMatchObject({ fault: 'api_403' });
    faults.clear();
    expect(await (await post()).json()).toMatchObject({ fault: null });
  });

  it('happen to the vendor, company, method and path they are ordered for', () => {
    const faults = new Faults();
    faults.order({ vendor: 'intuit', companyId: '1', method: 'post', match: 'batch', kind: 'drop' });
    expect(faults.take('xero', '1', 'POST', '/batch')).toBeUndefined();
    expect(faults.take('intuit', '2', 'POST', '/batch')).toBeUndefined();
    expect(faults.take('intuit', '1', 'GET', '/batch')).toBeUndefined();
    expect(faults.take('intuit', '1', 'POST', '/query')).toBeUndefined();
    expect(faults.take('intuit', '1', 'POST', '/v3/batch')).toMatchObject({ kind: 'drop' });
    expect(faults.list()).toEqual([]);
  });

  it('are used up only where they make sense, the oldest first, after those that are to pass', () => {
    const faults = new Faults();
    faults.order({ vendor: 'intuit', kind: 'webhook_lost' });
    faults.order({ vendor: 'intuit', kind: 'token_invalid_grant' });
    faults.order({ vendor: 'intuit', kind: 'throttle', after: 1 });
    const take = (path: string) => faults.take('intuit', '1', 'GET', path)?.kind;
    expect(take('/intuit/v3/company/1/query')).toBeUndefined();
    expect(take('/intuit/v3/company/1/query')).toBe('throttle');
    expect(take('/intuit/oauth2/v1/tokens/bearer')).toBe('token_invalid_grant');
    expect(faults.takeForHook('intuit', '1')?.kind).toBe('webhook_lose');
    const id = faults.order({ vendor: 'xero', kind: 'drop' });
    expect([faults.withdraw(id), faults.withdraw(id), faults.list()]).toEqual([true, false, []]);
  });
});
