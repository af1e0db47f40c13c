import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { type Answer, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let key: string;
let owner: SignedInPerson;

beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  key = await server.key(companyId);
  owner = await signIn(server, companyId, 'owner');
});
afterAll(() => server.close());

const api = (method: 'GET' | 'PUT', customerId: string, body?: unknown): Promise<Answer> =>
  server.call({
    method,
    url: `/api/v1/companies/${companyId}/customers/${customerId}/people`,
    key,
    ...(body === undefined ? {} : { body }),
  });

describe('who else is written to or told about a customer', () => {
  it('nobody at first; said over the API, shown in the form, and told in the activity without an address', async () => {
    expect((await api('GET', 'ridgeway')).body).toEqual({
      escalation: null,
      sales: null,
      emailConsent: null,
    });
    const people = {
      escalation: { name: 'Dr Hale', email: 'hale@ridgeway.example', phone: '+1 503 555 0199' },
      sales: { name: 'Sam', email: 'sam@larkspur.example' },
      emailConsent: true,
    };
    const set = await api('PUT', 'ridgeway', { ...people, by: 'Ana' });
    expect([set.status, set.body]).toEqual([200, people]);
    const { html } = await owner.get(`/companies/${companyId}/customers/ridgeway/people`);
    expect(html).toContain('value="hale@ridgeway.example"');
    expect(html).toContain('value="+1 503 555 0199"');
    expect(html).toMatch(/<option value="yes" selected>/);
    const { rows } = await server.database.pool.query<{ summary: string; actor: string }>(
      `select summary, actor from activity where company_id = $1 and kind = 'customer_people_set'`,
      [companyId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.actor).toContain('Ana');
    expect(rows[0]?.summary).toContain('Dr Hale is copied in');
    expect(rows[0]?.summary).not.toContain('@');
  });

  it('an address that is none is refused at its field, and nothing is half done', async () => {
    const at = `/companies/${companyId}/customers/quill/people`;
    const typed = {
      escalationName: 'Pat',
      escalationEmail: 'pat@birch.example',
      salesName: 'Sam',
      salesEmail: 'sam at larkspur',
      consent: 'no',
    };
    const refused = await owner.post(at, typed);
    expect(refused.status).toBe(400);
    expect(refused.html).toMatch(/name="salesEmail" value="sam at larkspur" aria-invalid="true"/);
    expect(refused.html).toContain('value="pat@birch.example"');
    expect(refused.html).toMatch(/<option value="no" selected>/);
    expect((await api('GET', 'quill')).body).toMatchObject({ escalation: null, emailConsent: null });
    const number = await owner.post(at, {
      ...typed,
      salesName: '',
      salesEmail: '',
      escalationPhone: 'ask him',
    });
    expect(number.status).toBe(400);
    expect(number.html).toMatch(/name="escalationPhone" value="ask him" aria-invalid="true"/);
    const done = await owner.post(at, { ...typed, salesName: '', salesEmail: '' });
    expect(done.status).toBe(303);
    expect((await api('GET', 'quill')).body).toEqual({
      escalation: { name: 'Pat', email: 'pat@birch.example', phone: null },
      sales: null,
      emailConsent: false,
    });
  });

  it('a telephone number without an e-mail address is not thrown away: the address is asked for, what was typed stays', async () => {
    const at = `/companies/${companyId}/customers/quill/people`;
    const before = (await api('GET', 'quill')).body;
    for (const escalationName of ['', 'Pat']) {
      const typed = { escalationName, escalationEmail: '', escalationPhone: '+1 503 555 0142' };
      const { status, html } = await owner.post(at, typed);
      expect(status).toBe(400);
      expect(html).toMatch(/name="escalationEmail" value(="")? aria-invalid="true"/);
      expect(html).toContain('Give their e-mail address too.');
      expect(html).toContain('value="+1 503 555 0142"');
    }
    expect((await api('GET', 'quill')).body).toEqual(before);
  });

  it('a client that does not know of the number keeps it; null and empty erase it', async () => {
    const escalation = { name: 'Pat', email: 'pat@birch.example' };
    const phone = '+1 503 555 0142';
    const put = async (named: object) => {
      const { status, body } = await api('PUT', 'quill', {
        ...{ escalation: { ...escalation, ...named }, sales: null, emailConsent: null, by: 'Ana' },
      });
      expect(status).toBe(200);
      return body;
    };
    for (const erasing of [null, '']) {
      expect(await put({ phone })).toMatchObject({ escalation: { phone } });
      expect(await put({ name: 'Pat Quill' })).toMatchObject({ escalation: { name: 'Pat Quill', phone } });
      expect(await put({ phone: erasing })).toMatchObject({ escalation: { phone: null } });
    }
    await put({ phone });
    const another = { name: 'Dr Hale', email: 'hale@birch.example' };
    expect(await put(another)).toMatchObject({ escalation: { ...another, phone: null } });
  });

  it('is for those who may change settings, and for customers that there are', async () => {
    const sales = await signIn(server, companyId, 'sales');
    expect((await sales.get(`/companies/${companyId}/customers/quill/people`)).status).toBe(403);
    expect((await sales.post(`/companies/${companyId}/customers/quill/people`, {})).status).toBe(403);
    expect(
      (await api('PUT', 'nobody', { escalation: null, sales: null, emailConsent: null, by: 'Ana' })).status,
    ).toBe(404);
    expect((await owner.get(`/companies/${companyId}/customers/nobody/people`)).status).toBe(404);
  });
});

describe('they asked us to stop writing', () => {
  const at = () => `/companies/${companyId}/customers/ridgeway`;

  it('e-mail only, with one click: the law of this customer leaves no e-mail, letters go on', async () => {
    const page = await owner.get(at());
    expect(page.html).toMatch(/<button[^>]* name="what" value="email"/);
    const done = await owner.post(`${at()}/asked-to-stop`, { what: 'email' });
    expect([done.status, done.location]).toEqual([303, expect.stringContaining(at())]);
    expect((await api('GET', 'ridgeway')).body).toMatchObject({ emailConsent: false });
    const law = await server.call({
      method: 'GET',
      url: `/api/v1/companies/${companyId}/customers/ridgeway/law`,
      key,
    });
    expect(JSON.stringify(law.body)).toContain('house-email-refused');
    const after = await owner.get(at());
    expect(after.html).toContain('The customer refuses e-mail: none is sent any more.');
    expect(after.html).not.toMatch(/name="what" value="email"/);
    expect(after.html).toMatch(/name="what" value="everything"/);
  });

  it('everything, with one click: a hold of the customer from this moment on', async () => {
    await owner.post(`${at()}/asked-to-stop`, { what: 'everything' });
    const { rows } = await server.database.pool.query(
      `select kind, scope, set_by, lifted_at from hold where company_id = $1 and customer_id = 'ridgeway'
        and kind = 'do_not_contact'`,
      [companyId],
    );
    expect(rows).toEqual([
      { kind: 'do_not_contact', scope: 'customer', set_by: owner.name, lifted_at: null },
    ]);
    expect((await owner.get(at())).html).not.toContain('/asked-to-stop"');
  });
});
