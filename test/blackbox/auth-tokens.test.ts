import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openLedger } from '../../src/companies/ledger-access.store.ts';
import type { Duly } from '../../src/platform/context.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import { mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import {
  companyIn,
  composeWith,
  fault,
  heldTokenAddress,
  later,
  Subject,
  seen,
  staffMails,
  tokensOf,
  vendors,
} from './auth-support.ts';
import { Maker } from './syn-support.ts';

let world: World;
let duly: Duly;

beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z' });
  duly = composeWith(world);
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.control('DELETE', '/faults');
});

describe.each([vendors.quickbooks, vendors.xero])('$label', (vendor) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = new Subject(world, duly, vendor);
    await subject.connect('Quill & Lantern');
  });

  it('AUTH-03: a token that ends within five minutes is renewed before the call, so no call is refused', async () => {
    await subject.expireTokens();
    expect(await subject.readsWell()).toBe(true);
    const { access } = await tokensOf(world, subject.companyId);
    await later(world, vendor.lifeMinutes - 4);
    await world.control('DELETE', '/requests');
    await tickOnce(duly);
    const requests = await seen(world, vendor);
    expect(requests[0]?.path).toContain(vendor.token);
    expect(requests.filter(({ path }) => path.includes(vendor.token))).toHaveLength(1);
    expect(requests.filter(({ status }) => status === 401)).toEqual([]);
    expect((await tokensOf(world, subject.companyId)).access).not.toBe(access);
  });

  it('AUTH-04: ten callers find the token refused at once: one refresh, ten successes', async () => {
    await subject.expireTokens();
    await world.control('DELETE', '/requests');
    await fault(world, vendor, { match: vendor.token, kind: 'delay', ms: 300, times: 1 });
    const [one, two] = [composeWith(world), composeWith(world)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { ledger } = await openLedger(index % 2 === 0 ? one : two, subject.companyId, 'send');
        return (await ledger.profile()).name;
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['Quill & Lantern']));
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
  });

  it('AUTH-05: a refresh that loses against a newer authorisation uses that one, and the connection stays healthy', async () => {
    const held = await heldTokenAddress();
    const name = vendor.key === 'xero' ? 'XERO_TOKEN_URL' : 'INTUIT_TOKEN_URL';
    await subject.expireTokens();
    const losing = tickOnce(composeWith(world, { [name]: held.url }));
    await held.asked;
    expect(companyIn(await subject.person.reconnect(subject.companyId, subject.books))).toBe(
      subject.companyId,
    );
    held.refuse();
    await losing;
    held.close();
    expect(await subject.state()).toBe('healthy');
    expect(await subject.readAt()).toBe((await world.now()).getTime());
  });

  const body = (error: string): string => JSON.stringify({ error });
  it.each([
    ['AUTH-07: a 500', { kind: 'status', status: 500 }],
    ['AUTH-07: no answer', { kind: 'drop' }],
    ['AUTH-08: a 429', { kind: 'status', status: 429 }],
    ['AUTH-15: a 429 that names invalid_grant', { kind: 'status', status: 429, body: body('invalid_grant') }],
    ['AUTH-16: a 500 that names invalid_grant', { kind: 'status', status: 500, body: body('invalid_grant') }],
    ['AUTH-16: a 401 invalid_client', { kind: 'token_invalid_client' }],
    [
      'AUTH-17: a 200 without a refresh token',
      { kind: 'status', status: 200, body: { access_token: 'half', expires_in: 3600 } },
    ],
    ['AUTH-17: a 200 that is no JSON', { kind: 'html', status: 200 }],
  ])('%s of the token address leaves the connection as it is; the next read renews', async (_, order) => {
    // another minute: ours counts calls by the minute
    await later(world, 2);
    const before = await tokensOf(world, subject.companyId);
    await subject.expireTokens();
    await fault(world, vendor, { match: vendor.token, ...order });
    await world.control('DELETE', '/requests');
    const { failedJobs } = await tickOnce(duly);
    expect(failedJobs).toBe(0);
    // one try; a connection that was cut leaves no line in the vendor's log
    expect(await seen(world, vendor, vendor.token)).toHaveLength(order.kind === 'drop' ? 0 : 1);
    expect(await subject.state()).toBe('healthy');
    expect(await tokensOf(world, subject.companyId)).toEqual(before);
    expect(await subject.person.words(`/companies/${subject.companyId}/problems`)).toMatch(
      /could not be read/,
    );
    expect(await subject.readsWell()).toBe(true);
  });

  it('AUTH-09: a 401 on a call: renewed once, repeated once; a second 401 stops', async () => {
    await world.control('DELETE', '/requests');
    await fault(world, vendor, { match: vendor.api, kind: 'api_401', times: 1 });
    await later(world, 5);
    await tickOnce(duly);
    expect(await subject.readAt()).toBe((await world.now()).getTime());
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
    await world.control('DELETE', '/requests');
    await fault(world, vendor, { match: vendor.api, kind: 'api_401' });
    await later(world, 5);
    await tickOnce(duly);
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
    expect((await seen(world, vendor, vendor.api)).map(({ status }) => status)).toEqual([401, 401]);
    expect(await subject.state()).toBe('healthy');
    expect(await subject.readsWell()).toBe(true);
  });

  it('AUTH-14: the rotated refresh token is kept although the call after it failed', async () => {
    await later(world, 25 * 60);
    const before = await tokensOf(world, subject.companyId);
    await fault(world, vendor, { match: vendor.api, kind: 'status', status: 500 });
    await tickOnce(duly);
    const after = await tokensOf(world, subject.companyId);
    expect(after.refresh).not.toBe(before.refresh);
    // beyond the vendor's patience with the token before
    await later(world, 90);
    expect(await subject.readsWell()).toBe(true);
  });

  it('AUTH-06: a refused refresh ends the connection: said on the page and once by e-mail, nothing is read any more; reconnecting keeps everything', async () => {
    const history = await subject.activities();
    await subject.expireTokens('expire_refresh');
    await subject.expireTokens();
    await world.control('DELETE', '/requests');
    await tickOnce(duly);
    expect(await subject.state()).toBe('reconnect_needed');
    // invalid_grant is not asked again (AUTH-08)
    expect(await seen(world, vendor, vendor.token)).toHaveLength(1);
    expect(await subject.person.words(`/companies/${subject.companyId}/connection`)).toContain(
      'The connection is lost.',
    );
    expect(await subject.person.words('/companies')).toContain('Connection lost');
    await world.control('DELETE', '/requests');
    await later(world, 60);
    await tickOnce(duly);
    expect(await seen(world, vendor)).toEqual([]);
    const mails = await staffMails(world, vendor.owner);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.TextBody).toContain('No reminder goes out until');
    expect(mails[0]?.TextBody).toContain(`${world.duly}/companies/${subject.companyId}/connection`);
    expect(companyIn(await subject.person.reconnect(subject.companyId, subject.books))).toBe(
      subject.companyId,
    );
    expect(await subject.readsWell()).toBe(true);
    expect(await subject.activities()).toBeGreaterThan(history);
    expect(await subject.person.words(`/companies/${subject.companyId}/problems`)).not.toContain(
      'The connection',
    );
  });

  it('AUTH-06: a reminder that was released and is due does not leave once the grant has died; it leaves after reconnecting', async () => {
    const make = new Maker(world, subject.books);
    const customer = await make.customer('Ridgeway University');
    await make.invoice(customer, 10_000);
    const api = await Api.of(world, subject.companyId);
    // whose kind nobody states counts as a consumer, who in New York City gets no e-mail without consent
    await api.call('PATCH', '', { mode: 'approve', allBusinesses: true, by: 'Dana' });
    expect(await subject.readsWell()).toBe(true);
    const cases = await api.get<{ items: { nextAt: string | null }[] }>('/cases');
    const opensAt = Date.parse(cases.items[0]?.nextAt ?? '');
    // outside the customer's hours nothing is planned for today
    if (opensAt > (await world.now()).getTime()) await world.setNow(new Date(opensAt).toISOString());
    expect(await subject.readsWell()).toBe(true);
    const { released } = await api.call<{ released: number }>('POST', '/approvals', { touchIds: 'all' });
    expect(released).toBe(1);
    const { items } = await api.get<{ items: { touchId: string; plannedFor: string }[] }>(
      '/touches?state=approved',
    );
    const [due] = items;
    const mails = async () => (await mailsOf(world)).filter((mail) => mail.touchId === due?.touchId);
    await subject.expireTokens('expire_refresh');
    await subject.expireTokens();
    await world.setNow(new Date(Date.parse(due?.plannedFor ?? '') + 60_000).toISOString());
    for (const minutes of [0, 10, 60]) {
      await later(world, minutes);
      await tickOnce(duly);
      expect(await subject.state()).toBe('reconnect_needed');
      expect(await mails()).toEqual([]);
    }
    expect(companyIn(await subject.person.reconnect(subject.companyId, subject.books))).toBe(
      subject.companyId,
    );
    expect(await subject.readsWell()).toBe(true);
    await later(world, 60);
    await tickOnce(duly);
    expect(await mails()).toHaveLength(1);
  });
});
