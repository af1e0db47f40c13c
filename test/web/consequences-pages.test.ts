import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { ensurePolicy } from '../../src/policies/document.store.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { type Answer, now, type TestServer, testServer } from './api-support.ts';
import { addCustomer } from './rows.ts';

let server: TestServer;
let companyId: string;
let key: string;
let owner: SignedInPerson;
let at: string;

beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await inCompany(server.duly.db, companyId, (tx) => ensurePolicy(tx, companyId, 'Duly', now));
  key = await server.key(companyId);
  owner = await signIn(server, companyId, 'owner');
  at = `/companies/${companyId}/consequences`;
});
afterAll(() => server.close());

const api = (method: 'GET' | 'PUT' | 'POST', address: string, body?: unknown): Promise<Answer> =>
  server.call({
    method,
    url: `/api/v1/companies/${companyId}${address}`,
    key,
    ...(body === undefined ? {} : { body }),
  });

const form = { ownerName: 'Dana Whitfield', ownerEmail: '', leadDays: '7', doing: 'Lock the account.' };

/** As if a message of 16 November had announced it. */
function announcedTo(customerId: string, state: string, actOn: string): Promise<string> {
  const announcementId = randomUUID();
  const [caseId, touchId] = [randomUUID(), randomUUID()];
  return inCompany(server.duly.db, companyId, async (tx) => {
    await addCustomer(tx, companyId, customerId, `The ${customerId}`);
    const of = { company_id: companyId, case_id: caseId, customer_id: customerId, currency: 'USD' };
    await tx
      .insertInto('dunning_case')
      .values({ ...of, reference: customerId, state: 'open', opened_on: '2026-11-01', opened_at: now })
      .execute();
    await tx
      .insertInto('touch')
      .values({
        ...of,
        touch_id: touchId,
        step_key: 'final',
        step_number: 1,
        channel: 'email',
        style: 'own',
        recipient_name: customerId,
        recipient_email: 'ap@customer.example',
        invoice_set: customerId,
        state: 'sent',
        ask_minor: 1,
        planned_for: now,
        created_at: now,
        sent_at: now,
      })
      .execute();
    await tx
      .insertInto('announcement')
      .values({
        ...of,
        announcement_id: announcementId,
        touch_id: touchId,
        kind: 'stop_supply',
        words: 'we make no further deliveries until the account is settled',
        announced_on: '2026-11-16',
        act_on: actOn,
        owner_name: 'Dana Whitfield',
        doing: 'Lock the account.',
        state,
      })
      .execute();
    return announcementId;
  });
}

describe('the page of consequences', () => {
  it('is empty at first, and says what can be approved; the API lists all six kinds', async () => {
    const { html } = await owner.get(at);
    expect(html).toContain('Nothing waits.');
    expect(html.match(/not approved/g)).toHaveLength(6);
    const { body } = await api('GET', '/consequences');
    expect(body.items).toHaveLength(6);
    expect(body.items[1]).toMatchObject({
      kind: 'stop_supply',
      active: false,
      approvedBy: null,
      leadDays: null,
    });
    expect((await api('GET', '/announcements?state=live')).body).toEqual({ items: [] });
  });

  it('approves with name and day; a faulty form comes back as typed with the fault at its field', async () => {
    const refused = await owner.post(`${at}/court`, { ...form, leadDays: 'soon' });
    expect(refused.status).toBe(400);
    expect(refused.html).toMatch(/name="leadDays" value="soon" aria-invalid="true"/);
    expect(refused.html).toContain('value="Lock the account."');
    expect((await owner.post(`${at}/court`, { ...form, ownerEmail: 'dana at home' })).html).toMatch(
      /name="ownerEmail" value="dana at home" aria-invalid="true"/,
    );
    expect((await owner.post(`${at}/threat`, form)).status).toBe(404);
    expect((await owner.post(`${at}/court`, form)).status).toBe(303);
    const { html } = await owner.get(at);
    expect(html).toContain(`Approved by ${owner.name} on`);
    expect((await owner.post(`${at}/court/stop`, {})).status).toBe(303);
    const { body } = await api('GET', '/consequences');
    expect(body.items.find(({ kind }: { kind: string }) => kind === 'court')).toMatchObject({
      active: false,
      ownerName: 'Dana Whitfield',
      approvedBy: owner.name,
      approvedOn: '2026-11-30',
    });
    const wanted = { ...form, ownerEmail: null, leadDays: 0, active: true, by: 'Ana' };
    expect((await api('PUT', '/consequences/agency', wanted)).status).toBe(400);
    expect((await api('PUT', '/consequences/agency', { ...wanted, leadDays: 30 })).body).toMatchObject({
      active: true,
      leadDays: 30,
    });
  });

  it('shows a broken one first with what it blocks; done and withdrawn need a word, and happen once', async () => {
    const waiting = await announcedTo('later', 'announced', '2026-12-20');
    const broken = await announcedTo('broken', 'broken', '2026-11-20');
    const { html } = await owner.get(at);
    expect(html.indexOf('The broken')).toBeLessThan(html.indexOf('The later'));
    expect(html).toContain('no message to anybody announces anything');
    const settle = (id: string, path: string, note: string) =>
      owner.post(`/companies/${companyId}/announcements/${id}/${path}`, { note });
    // not before its day: the page does not offer it, and the address refuses it
    expect(html).not.toContain(`announcements/${waiting}/done`);
    expect((await settle(waiting, 'done', 'Early.')).status).toBe(409);
    const wordless = await settle(broken, 'done', ' ');
    expect(wordless.status).toBe(400);
    expect(wordless.html).toContain('What was done is missing.');
    expect((await owner.get(`/companies/${companyId}/customers/later`)).html).toMatch(
      /Announced: from[^<]*Dec 20, 2026 we make no further deliveries/,
    );
    expect((await settle(broken, 'done', 'On stop since today.')).status).toBe(303);
    expect((await api('POST', `/announcements/${broken}/withdraw`, { note: 'No.', by: 'Ana' })).status).toBe(
      409,
    );
    // nobody has an address here, so a person tells the customer
    const withdrawn = await api('POST', `/announcements/${waiting}/withdraw`, { note: 'A plan.', by: 'Ana' });
    expect([withdrawn.status, withdrawn.body.state]).toEqual([200, 'withdrawn']);
    expect((await owner.get(at)).html).toContain('the customer does not know');
    const problems = await owner.get(`/companies/${companyId}/problems`);
    expect(problems.html).toContain(`${at}#${waiting}`);
    expect((await settle(waiting, 'told', 'By telephone.')).status).toBe(303);
    const after = (await owner.get(at)).html;
    expect(after).not.toContain('the customer does not know');
    expect(after).toContain('Settled: 2');
    expect((await api('GET', '/announcements?state=live')).body.items).toEqual([]);
    expect((await api('GET', '/announcements?customerId=broken')).body.items).toMatchObject([
      { state: 'done', settledBy: owner.name, note: 'On stop since today.' },
    ]);
  });

  it('sales see it and change nothing; what is not there is not found', async () => {
    const sales = await signIn(server, companyId, 'sales');
    expect((await sales.get(at)).html).not.toContain('<button class="btn btn-primary btn-sm"');
    expect((await sales.post(`${at}/court`, form)).status).toBe(403);
    const nothing = `/announcements/${randomUUID()}/done`;
    expect((await sales.post(`/companies/${companyId}${nothing}`, { note: 'x' })).status).toBe(403);
    expect((await api('POST', nothing, { note: 'x', by: 'Ana' })).status).toBe(404);
    expect((await owner.post(`/companies/${companyId}/announcements/none/done`, { note: 'x' })).status).toBe(
      404,
    );
  });
});

it('the next 30 days show what was announced and is to be done by then, with who does it (P8)', async () => {
  await inCompany(server.database.db, companyId, (tx) =>
    tx.updateTable('company').set({ books_read_at: now }).where('company_id', '=', companyId).execute(),
  );
  await announcedTo('soon', 'announced', '2026-12-10');
  await announcedTo('late', 'announced', '2027-03-10');
  const { status, html } = await owner.get(`/companies/${companyId}/preview`);
  expect(status).toBe(200);
  expect(html).toContain('What was announced, and is done by people');
  expect(html).toMatch(/Thu, Dec 10, 2026:[\s\S]{0,200}The soon<\/a>, [^;]+; Dana Whitfield answers for/);
  expect(html).not.toContain('The late');
});
