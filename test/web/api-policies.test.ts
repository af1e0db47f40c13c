import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PolicyBody, PolicyDocument } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import { addCompany } from '../support/company.ts';
import { seedBook } from './api-seed.ts';
import { type Answer, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let key: string;
let base: string;

beforeAll(async () => {
  server = await testServer();
  const companyId = await addCompany(server.database.db);
  await seedBook(server.database.db, companyId);
  key = await server.key(companyId);
  base = `/api/v1/companies/${companyId}`;
});
afterAll(() => server.close());

const get = (path: string): Promise<Answer> => server.call({ method: 'GET', url: `${base}${path}`, key });
const send = (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> =>
  server.call({ method, url: `${base}${path}`, key, ...(body === undefined ? {} : { body }) });

/** The policy in force: its number, and the rest. */
async function inForce(): Promise<{ version: number; document: PolicyBody }> {
  const { version, ...document } = (await get('/policy')).body as PolicyDocument;
  return { version, document };
}

async function summaries(): Promise<string[]> {
  const { items } = (await get('/activities?limit=500')).body as {
    items: { kind: string; summary: string; actor: string }[];
  };
  return items
    .filter(({ kind }) => kind === 'policy_changed')
    .map(({ actor, summary }) => `${actor}: ${summary}`);
}

describe('the policy in the API', () => {
  it('a new company has the preset Standard as version 1', async () => {
    expect(await inForce()).toEqual({ version: 1, document: presets.standard });
  });

  it('is changed as a whole, with its author and what changed in words', async () => {
    const { version, document } = await inForce();
    const settings = { ...document.settings, minGapBusinessDays: 5 };
    const saved = await send('PUT', '/policy', {
      expectedVersion: version,
      document: { ...document, settings },
      by: 'Dana Whitfield',
    });
    expect(saved).toMatchObject({ status: 200, body: { version: version + 1, settings } });
    expect(await summaries()).toContain(
      'Dana Whitfield: Policy: Between two contacts lie at least 5 business days.',
    );
  });

  it('is not written again when nothing differs', async () => {
    const { version, document } = await inForce();
    expect(await send('PUT', '/policy', { expectedVersion: version, document })).toMatchObject({
      status: 200,
      body: { version },
    });
  });

  it('refuses a change made from another version, and says what to do', async () => {
    const { version, document } = await inForce();
    const answer = await send('PUT', '/policy', {
      expectedVersion: version - 1,
      document: { ...document, segments: [] },
    });
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', action: 'Look at it and try again.' } },
    });
    expect((await inForce()).version).toBe(version);
  });

  it('SEQ-12: refuses what cannot be carried out, every fault at once, and the check names their places', async () => {
    const { version, document } = await inForce();
    const impossible = {
      ...document,
      settings: { ...document.settings, sendDays: [], window: { from: '17:00', to: '09:00' } },
    };
    const refused = await send('PUT', '/policy', { expectedVersion: version, document: impossible });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toMatch(
      /ends at 09:00, before it starts at 17:00.*no day on which anything/,
    );
    const checked = await send('POST', '/policy/check', { document: impossible });
    expect(checked.body.faults).toMatchObject([
      { path: 'settings.window.to', level: 'refuse' },
      { path: 'settings.sendDays', level: 'refuse' },
      { path: 'sequences.2.steps.2.offsetDays', level: 'warn' },
    ]);
    expect((await inForce()).version).toBe(version);
  });

  it('refuses what is no policy at all', async () => {
    const { version, document } = await inForce();
    for (const body of [
      { expectedVersion: version },
      { expectedVersion: version, document: { ...document, extra: 1 } },
      { expectedVersion: version, document: { ...document, settings: {} } },
      { expectedVersion: version, document: { ...document, preset: 'harsh' } },
    ])
      expect((await send('PUT', '/policy', body)).status).toBe(400);
  });

  it('changes to another preset and keeps what the business set itself', async () => {
    const { version } = await inForce();
    const answer = await send('POST', '/policy/preset', {
      expectedVersion: version,
      preset: 'gentle',
      by: 'Dana',
    });
    expect(answer.body).toMatchObject({
      preset: 'gentle',
      settings: { sequence: 'gentle', minGapBusinessDays: 5, caps: { perWeek: 2, perMonth: 6 } },
    });
    expect(answer.body.sequences).toEqual(presets.gentle.sequences);
  });

  it('SEQ-22: a sequence or a segment is paused and resumed by its key', async () => {
    const paused = await send('POST', '/policy/sequences/gentle/pause', { by: 'Dana' });
    expect(paused.body.sequences[0]).toMatchObject({ key: 'gentle', paused: true });
    expect(await summaries()).toContain('Dana: Policy: “Gentle”: it is paused.');
    const resumed = await send('POST', '/policy/sequences/gentle/resume', { by: 'Dana' });
    expect(resumed.body.sequences[0]).toMatchObject({ key: 'gentle', paused: false });
    await send('POST', '/policy/segments/new/pause', { by: 'Dana' });
    expect(await summaries()).toContain('Dana: Policy: Reminders to “New customer” are paused.');
    expect((await send('POST', '/policy/sequences/none/pause', {})).status).toBe(404);
  });

  it('keeps every version, and lists them newest first with what changed', async () => {
    const { version } = await inForce();
    const { items, next } = (await get('/policies?limit=3')).body;
    expect(items.map((item: { version: number }) => item.version)).toEqual([
      version,
      version - 1,
      version - 2,
    ]);
    expect(items[0]).toMatchObject({
      inForce: true,
      createdBy: 'Dana',
      changes: ['Reminders to “New customer” are paused.'],
    });
    const rest = (await get(`/policies?after=${next}`)).body;
    expect(rest.items.at(-1)).toMatchObject({ version: 1, changes: [] });
    expect(rest.next).toBeNull();
    expect((await get('/policies/1')).body).toEqual({ version: 1, ...presets.standard });
    expect((await get('/policies/999')).status).toBe(404);
    expect((await get('/policies?after=x')).status).toBe(400);
  });

  it('the e-mails of before there were presets are a policy like any other', async () => {
    const { version } = await inForce();
    const answer = await send('PUT', '/policy', { expectedVersion: version, document: emailBody });
    expect(answer.body).toEqual({ version: version + 1, ...emailBody });
  });
});

describe('what a customer has for itself', () => {
  const own = { segment: null, settings: {}, paused: false };

  it('has nothing at first', async () => {
    expect((await get('/customers/ridgeway/policy')).body).toEqual({ version: 0, ...own });
  });

  it('is versioned, told in words, and taken away again', async () => {
    const settings = { sequence: null, minGapBusinessDays: 10 };
    const put = await send('PUT', '/customers/ridgeway/policy', {
      expectedVersion: 0,
      ...own,
      settings,
      by: 'Dana',
    });
    expect(put).toMatchObject({ status: 200, body: { version: 1, ...own, settings } });
    expect(await summaries()).toContain(
      'Dana: Policy for Ridgeway Ltd: Nothing is sent. Between two contacts lie at least 10 business days.',
    );
    const again = await send('PUT', '/customers/ridgeway/policy', { expectedVersion: 0, ...own });
    expect(again.status).toBe(409);
    const gone = await send('DELETE', '/customers/ridgeway/policy?by=Dana');
    expect(gone).toMatchObject({ status: 200, body: { version: 2, ...own } });
    expect(await summaries()).toContain(
      'Dana: Policy for Ridgeway Ltd: Sequence: as for everybody else. Gap: as for everybody else.',
    );
  });

  it('refuses segments and sequences that the policy does not have, impossible settings and unknown customers', async () => {
    const put = (customerId: string, some: object) =>
      send('PUT', `/customers/${customerId}/policy`, { expectedVersion: 2, ...own, ...some });
    expect((await put('ridgeway', { segment: 'friends' })).body.error.message).toBe(
      'There is no segment “friends”.',
    );
    expect((await put('ridgeway', { settings: { sequence: 'none' } })).status).toBe(400);
    expect((await put('ridgeway', { settings: { sendDays: [6, 7] } })).status).toBe(400);
    expect((await put('nobody', { expectedVersion: 0, paused: true })).status).toBe(404);
  });
});
