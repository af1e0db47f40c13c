import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { getDocument } from '../../src/policies/document.store.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { now, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let owner: SignedInPerson;
let at: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  owner = await signIn(server, companyId, 'owner');
  at = `/companies/${companyId}/policy`;
  await inCompany(server.duly.db, companyId, (tx) =>
    tx
      .insertInto('agreement')
      .values({
        ...{ company_id: companyId, agreement_id: randomUUID(), kind: 'promise', customer_id: 'quill' },
        ...{ currency: 'USD', state: 'broken', amount_minor: 1, debt_minor: 1, credits_minor: 0 },
        ...{ credits_at_start: '[]', due_on: '2026-10-01', grace_until: '2026-10-03', whole_customer: false },
        ...{ said_by: 'Jo Park', how: 'phone', note: '', made_on: '2026-09-01', made_by: 'Dana' },
        ...{ created_at: now, settled_on: '2026-10-04' },
      })
      .execute(),
  );
});
afterAll(() => server.close());

const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

it('R11: a segment for whoever broke promises is made on the page and seen on the company’s own customers', async () => {
  const form = { name: 'Broke their word', 'when.brokenPromisesAtLeast': '1', sequence: '-' };
  expect((await owner.post(`${at}/segments`, form)).location).toBe(`${at}/segments`);
  // the first that fits counts
  const { html } = await owner.get(`${at}/segments`);
  const place = [...html.matchAll(/\/policy\/segments\/([^"/]+)\/up"/g)].at(-1)?.[1] ?? '';
  for (let index = 0; index < 6; index += 1) await owner.post(`${at}/segments/${place}/up`, {});
  const list = words((await owner.get(`${at}/segments`)).html);
  expect(list).toMatch(/1 promise or more broken in the last 12 months/i);
  expect(list).toMatch(/Quill &amp; Sons Broke their word [^.]*broke 1 promise in 12 months/);
  expect(list).not.toMatch(/Ridgeway Ltd Broke their word/);
  await owner.post(`${at}/draft/save`, {});
  const saved = await inCompany(server.duly.db, companyId, (tx) => getDocument(tx, companyId));
  expect(saved.segments[0]?.when).toEqual({ brokenPromisesAtLeast: 1 });
  expect(words((await owner.get(at)).html)).toMatch(/1 promise or more broken in the last 12 months/i);
});

it('the API takes and gives it, and refuses what cannot be met', async () => {
  const key = await server.key(companyId);
  const url = `/api/v1/companies/${companyId}/policy`;
  const { version, ...document } = (await server.call({ url, key })).body;
  const [first, ...rest] = document.segments;
  const put = (when: object) =>
    server.call({
      method: 'PUT',
      url,
      key,
      body: {
        expectedVersion: version,
        document: { ...document, segments: [{ ...first, when }, ...rest] },
        by: 'Dana',
      },
    });
  expect((await put({ brokenPromisesAtLeast: -1 })).status).toBe(400);
  const { status, body } = await put({ brokenPromisesAtMost: 0 });
  expect(status).toBe(200);
  expect(body.segments[0].when).toEqual({ brokenPromisesAtMost: 0 });
});
