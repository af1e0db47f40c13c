import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let owner: SignedInPerson;
let customer: string;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  owner = await signIn(server, companyId, 'owner');
  customer = `/companies/${companyId}/customers/ridgeway`;
});

/** The open fold around the form that posts there. */
const foldOf = (html: string, path: string): string =>
  new RegExp(`<details class="fold" open>(?:(?!</details>).)*${path}".*?</details>`, 's').exec(html)?.[0] ??
  '';

it('a dispute above the balance comes back open, as it was typed, with the fault at its amount', async () => {
  const typed = { invoice: '102', category: 'wrong_amount', reason: 'Two boards were split' };
  for (const amount of ['99999', 'much']) {
    const { status, html } = await owner.post(`${customer}/dispute`, { ...typed, amount });
    expect(status).toBe(400);
    const form = foldOf(html, '/dispute');
    expect(form).toContain('value="Two boards were split"');
    expect(form).toMatch(/<option value="102" selected>/);
    expect(form).toMatch(/<option value="wrong_amount" selected>/);
    expect(form).toMatch(
      new RegExp(`name="amount" value="${amount}" aria-invalid="true"[^>]*>\\s*<span class="hint t-late">`),
    );
    expect(foldOf(html, '/hold')).toBe('');
  }
  const done = await owner.post(`${customer}/dispute`, { ...typed, amount: '1' });
  expect([done.status, done.location]).toEqual([303, customer]);
});

it('a pause of a customer that ends before it begins keeps its days; one without a reason says so there', async () => {
  const past = { end: 'day', until: '2026-11-01', review: '2026-12-10', reason: 'New order' };
  const early = foldOf((await owner.post(`${customer}/hold`, past)).html, '/hold');
  expect(early).toMatch(
    /name="until" value="2026-11-01" aria-invalid="true"[^>]*>\s*<span class="hint t-late">/,
  );
  expect(early).toContain('value="2026-12-10"');
  const silent = foldOf((await owner.post(`${customer}/hold`, { end: 'open', reason: '' })).html, '/hold');
  expect(silent).toMatch(/value="open" checked/);
  expect(silent).toMatch(/name="reason"[^>]*aria-invalid="true"/);
});

it('settings keep a pause that was refused', async () => {
  const settings = `/companies/${companyId}/settings`;
  const pause = await owner.post(`${settings}/pause`, { end: 'day', until: 'soon', reason: 'Stocktaking' });
  expect(pause.status).toBe(400);
  expect(foldOf(pause.html, '/settings/pause')).toContain('value="Stocktaking"');
});

it('a form that is too old, and an address that leads nowhere, offer the way back; never to another house', async () => {
  const { baseUrl } = server.duly.config;
  const asked = async (method: 'GET' | 'POST', url: string, referer: string): Promise<string> =>
    (await server.app.inject({ method, url, headers: { cookie: owner.cookie, referer } })).body;
  const settings = `/companies/${companyId}/settings`;
  const way = `href="${baseUrl}${settings}">Back to the page before`;
  const stale = await asked('POST', `${settings}/bcc`, `${baseUrl}${settings}`);
  expect(stale).toContain('nothing was changed');
  expect(stale).toContain(way);
  expect(await asked('GET', `${customer}x`, `${baseUrl}${settings}`)).toContain(way);
  for (const from of ['https://elsewhere.example/a', 'nonsense', `${baseUrl}${customer}x`])
    expect(await asked('GET', `${customer}x`, from)).not.toContain('Back to the page before');
});

it('a form shown again after a refusal stands where no page is: the way back leads to the page it belongs to', async () => {
  const { baseUrl } = server.duly.config;
  const stale = async (path: string, from: string): Promise<string> => {
    const headers = { cookie: owner.cookie, referer: `${baseUrl}${from}` };
    return (await server.app.inject({ method: 'POST', url: path, headers })).body;
  };
  const settings = `/companies/${companyId}/settings`;
  for (const [at, page] of [
    [`${customer}/dispute`, customer],
    [`${settings}/pause`, settings],
    [`/companies/${companyId}/policy/segments/x/up`, `/companies/${companyId}/policy/segments`],
  ] as const) {
    expect((await owner.get(at)).status).toBe(303);
    const html = await stale(at, at);
    expect(html).toContain('nothing was changed');
    expect(html).not.toContain('Back to the page before');
    expect(html).toContain(`href="${page}">Back to the form`);
  }
  const filtered = `/companies/${companyId}/receivables?state=due`;
  for (const from of [customer, filtered, `${customer}/people`])
    expect(await stale(`${settings}/pause`, from)).toContain(
      `href="${baseUrl}${from}">Back to the page before`,
    );
});

it('a release that is refused is the page again, with what is wrong', async () => {
  const { status, html } = await owner.post(`/companies/${companyId}/approve`, {});
  expect(status).toBe(400);
  expect(html).toContain('No reminder was selected. Select at least one.');
  expect(html).toContain('<h1>Approve</h1>');
});

it('whoever has just noted something reads that what happens next is worked out anew', async () => {
  const said = 'the next step is being worked out anew';
  const { pool } = server.database;
  await pool.query('delete from stale_position where company_id = $1', [companyId]);
  await pool.query('delete from plan_due where company_id = $1', [companyId]);
  expect((await owner.get(customer)).html).not.toContain(said);
  await owner.post(`${customer}/hold`, { end: 'open', reason: 'New order' });
  expect((await owner.get(customer)).html).toContain(said);
});
