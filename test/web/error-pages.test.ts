import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let origin: string;
let companyId: string;
let at: string;
let owner: SignedInPerson;
let sales: SignedInPerson;
let stranger: SignedInPerson;
beforeAll(async () => {
  server = await testServer();
  origin = await server.app.listen({ port: 0, host: '127.0.0.1' });
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  at = `/companies/${companyId}`;
  owner = await signIn(server, companyId, 'owner');
  sales = await signIn(server, companyId, 'sales');
  const elsewhere = await addCompany(server.database.db, { name: 'Ashby Slate' });
  stranger = await signIn(server, elsewhere, 'owner');
});
afterAll(() => server.close());

interface Asked {
  readonly by?: SignedInPerson;
  readonly fields?: Readonly<Record<string, string>>;
  readonly from?: string;
}

/** Asks over a socket as a browser does, and follows nothing. Fields are posted with the session's token. */
async function ask(address: string, { by, fields, from }: Asked = {}) {
  const headers: Record<string, string> = {};
  if (by !== undefined) headers.cookie = by.cookie;
  if (from !== undefined) headers.referer = server.duly.config.baseUrl + from;
  const token = async (): Promise<string> =>
    /name="_csrf" value="([^"]+)"/.exec((await by?.get('/companies'))?.html ?? '')?.[1] ?? '';
  const answer = await fetch(origin + address, {
    redirect: 'manual',
    headers,
    ...(fields === undefined
      ? {}
      : { method: 'POST', body: new URLSearchParams({ _csrf: await token(), ...fields }) }),
  });
  return { status: answer.status, html: await answer.text(), location: answer.headers.get('location') };
}

const menu = () => `href="${at}/approve"`;
/** What stands in the page itself, without the frame. */
const content = (html: string): string => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
const linksIn = (html: string): string[] =>
  [...content(html).matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);

it('an address of a company that leads nowhere stands in the company’s frame, with a way on that works', async () => {
  for (const address of [`${at}/nothing`, `${at}/customers/nobody`, `${at}/policy/segments/none`]) {
    const { status, html } = await ask(address, { by: owner });
    expect([address, status]).toEqual([address, 404]);
    expect(html).toContain('Larkspur Joinery</span></summary>');
    expect(html).toContain(menu());
    expect(html).toContain('class="chip approve"');
    expect(linksIn(html)).toContain(`${at}/receivables`);
  }
  expect(content((await ask(`${at}/nothing`, { by: owner })).html)).toContain(
    'Check the address, or choose a page from the menu.',
  );
});

it('what a role does not include stands in the frame, and says whom to ask', async () => {
  const { status, html } = await ask(`${at}/settings/mode`, { by: sales, fields: { mode: 'preview' } });
  expect(status).toBe(403);
  expect(html).toContain(menu());
  expect(content(html)).toContain('Ask the owner of the account');
  expect(linksIn(html)).toContain(`${at}/settings`);
});

it('a form that is too old stands in the frame and leads back to the page it stands on', async () => {
  const stale = { by: owner, fields: { _csrf: 'old' } };
  const { status, html } = await ask(`${at}/customers/ridgeway/dispute`, {
    ...stale,
    from: `${at}/customers/ridgeway/dispute`,
  });
  expect(status).toBe(419);
  expect(html).toContain(menu());
  expect(linksIn(html)).toEqual([`${at}/customers/ridgeway`, `${at}/receivables`]);
  expect(linksIn((await ask(`${at}/disconnect`, stale)).html)).toContain(`${at}/connection`);
  expect(linksIn((await ask(`${at}/policy/draft/save`, stale)).html)).toContain(`${at}/policy/draft`);
});

it('a form that is too large, or not readable as one, stands in the frame too', async () => {
  const { status, html } = await ask(`${at}/settings/bcc`, {
    by: owner,
    fields: { email: 'x'.repeat(2 ** 20) },
    from: `${at}/settings`,
  });
  expect(status).toBe(413);
  expect(html).toContain(menu());
  expect(linksIn(html)[0]).toContain(`${at}/settings`);
  const odd = await server.app.inject({
    method: 'POST',
    url: `${at}/settings/bcc`,
    headers: { cookie: owner.cookie, 'content-type': 'text/calendar' },
    payload: 'BEGIN:VCALENDAR',
  });
  expect(odd.statusCode).toBe(415);
  expect(odd.body).toContain(menu());
  expect(content(odd.body)).toContain('of a kind that is not taken here');
});

it('a fault of ours stands in the frame, offers to try again, and tells nothing of the inside', async () => {
  const { pool } = server.database;
  await pool.query('alter table activity rename to activity_away');
  const { status, html } = await ask(`${at}/customers/ridgeway`, { by: owner });
  await pool.query('alter table activity_away rename to activity');
  expect(status).toBe(500);
  expect(html).toContain(menu());
  expect(html).not.toContain('activity');
  expect(linksIn(html)).toEqual([`${at}/customers/ridgeway`, `${at}/receivables`]);
});

it('when not even the frame can be read the page is there without it', async () => {
  const { pool } = server.database;
  await pool.query('alter table problem rename to problem_away');
  const { status, html } = await ask(`${at}/problems`, { by: owner });
  await pool.query('alter table problem_away rename to problem');
  expect(status).toBe(500);
  expect(html).toContain('Something went wrong here.');
  expect(html).not.toContain(menu());
});

it('of another account’s company nothing is told: neither its name nor that there is one', async () => {
  const nowhere = '00000000-0000-4000-8000-00000000beef';
  const addresses = [
    '',
    '/nothing',
    '/receivables',
    '/customers/ridgeway',
    '/settings/mode',
    '/policy/draft',
  ];
  for (const by of [stranger, undefined])
    for (const fields of [undefined, { mode: 'preview' }])
      for (const address of addresses) {
        const asked = { ...(by === undefined ? {} : { by }), ...(fields === undefined ? {} : { fields }) };
        const real = await ask(at + address, asked);
        const none = await ask(`/companies/${nowhere}${address}`, asked);
        const hidden = (text: string | null) => text?.replaceAll(nowhere, companyId) ?? null;
        expect([real.status, real.location, real.html]).toEqual([
          none.status,
          hidden(none.location),
          hidden(none.html),
        ]);
        expect(real.html).not.toContain('Larkspur');
      }
});

it('who asks too often for what is not there is told to wait as well, and the answer costs no page', async () => {
  const statuses = new Set<number>();
  let last = '';
  for (let count = 0; count <= 1_200; count += 1) {
    const url = count < 1_200 ? '/nothing' : `${at}/nothing`;
    const headers = { cookie: owner.cookie };
    const { statusCode, body } = await server.app.inject({ url, remoteAddress: '203.0.113.10', headers });
    statuses.add(statusCode);
    last = body;
  }
  expect([...statuses]).toEqual([404, 429]);
  expect(last).not.toContain(`${at}/approve`);
});

it('who asks too often is told to wait, without a look into the database, and can try the same page again', async () => {
  let answer = { status: 0, html: '' };
  for (let count = 0; count <= 1_200 && answer.status !== 429; count += 1) {
    const { statusCode, body } = await server.app.inject({
      url: count < 1_200 ? '/terms' : `${at}/approve`,
      remoteAddress: '203.0.113.9',
      headers: { cookie: owner.cookie },
    });
    answer = { status: statusCode, html: body };
  }
  expect(answer.status).toBe(429);
  expect(answer.html).toContain('Wait a minute, then try again.');
  expect(linksIn(answer.html)[0]).toBe(`${at}/approve`);
});
