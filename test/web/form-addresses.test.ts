import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Role } from '../../src/companies/roles.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { type Seeded, seedBook } from './api-seed.ts';
import { type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let seeded: Seeded;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  seeded = await seedBook(server.database.db, companyId);
});
afterAll(() => server.close());

/** Every address that takes a form, out of the routes as the server itself lists them. */
function formRoutes(): string[] {
  const path: string[] = [];
  const found: string[] = [];
  for (const line of server.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] =
      /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \(([^)]*)\))?/.exec(line) ?? [];
    if (part === '') continue;
    path.length = indent.length / 4;
    path.push(part);
    if (/\bPOST\b/.test(methods)) found.push(path.join(''));
  }
  return found.filter((url) => !/^\/(?:api|webhooks)\//.test(url)).sort();
}

/** Things that are there, by the name of their place in an address. */
const there = (): Readonly<Record<string, string>> => ({
  companyId,
  customerId: 'ridgeway',
  touchId: seeded.waiting[0],
  key: 'quickbooks',
  sequence: 'standard',
  version: '1',
  kind: 'suspend_work',
});
const addressOf = (route: string, values: Readonly<Record<string, string>>): string =>
  route.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'none');

/** What a browser ends at from there, over all redirects; an address of another house counts as a page. */
async function followed(person: SignedInPerson, from: string) {
  let at = from;
  for (let hops = 0; hops < 5; hops += 1) {
    const { statusCode, headers, body } = await server.app.inject({
      url: at,
      headers: { cookie: person.cookie },
    });
    const location = typeof headers.location === 'string' ? headers.location : null;
    if (location === null || !location.startsWith('/'))
      return { status: location === null ? statusCode : 200, html: body };
    at = location;
  }
  throw new Error(`${from} leads in a circle`);
}

type Found = Awaited<ReturnType<typeof followed>>;

/** Whether one ends at a page from there: at once, or by a link of what is said instead. */
async function leadsToAPage(
  person: SignedInPerson,
  address: string,
  known: Map<string, Found>,
): Promise<boolean> {
  const look = async (at: string): Promise<Found> => {
    const found = known.get(at) ?? (await followed(person, at));
    known.set(at, found);
    return found;
  };
  const first = await server.app.inject({ url: address, headers: { cookie: person.cookie } });
  const { status, html } = await look(first.headers.location?.toString() ?? address);
  if (status >= 500) return false;
  if (status === 200) return true;
  const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
  const links = [...main.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
  for (const link of links) if ((await look(link)).status !== 200) return false;
  return links.length > 0;
}

it('the routes are all found', () => {
  expect(formRoutes().length).toBeGreaterThan(60);
  expect(formRoutes()).toContain('/companies/:companyId/customers/:customerId/dispute');
});

for (const role of ['owner', 'bookkeeper', 'sales'] satisfies Role[])
  it(`every address of a form, opened as a page by ${role}, leads to a page that is there`, async () => {
    const person = await signIn(server, companyId, role);
    const known = new Map<string, Found>();
    const lost: string[] = [];
    for (const route of formRoutes())
      for (const values of [there(), { companyId }]) {
        const address = addressOf(route, values);
        if (!(await leadsToAPage(person, address, known))) lost.push(address);
      }
    expect(lost).toEqual([]);
  });

it('an address that only takes a form leads to the page the form stands on, and says that nothing was sent', async () => {
  const owner = await signIn(server, companyId, 'owner');
  const at = `/companies/${companyId}`;
  const pages = {
    '/customers/ridgeway/dispute': '/customers/ridgeway',
    [`/touches/${seeded.waiting[0]}/skip`]: `/touches/${seeded.waiting[0]}`,
    '/settings/pause': '/settings',
    '/policy/draft/save': '/policy/draft',
    '/policy/link/revoke': '/policy',
    '/disconnect': '/connection',
    '/reconnect': '/connection',
    '/read': '/connection',
    '/announcements/none/done': '/consequences',
  };
  for (const [form, page] of Object.entries(pages)) {
    const answer = await server.app.inject({ url: at + form, headers: { cookie: owner.cookie } });
    expect([form, answer.statusCode, answer.headers.location]).toEqual([form, 303, at + page]);
    const said = answer.cookies.find(({ name }) => name === 'duly_said');
    expect(Buffer.from(said?.value ?? '', 'base64url').toString()).toContain('Nothing was sent');
  }
});

it('whoever is not signed in is asked to, and is then back on the page they asked for', async () => {
  const { app } = server;
  const page = `/companies/${companyId}/customers/ridgeway`;
  const kept = async (method: 'GET' | 'POST', url: string): Promise<string | undefined> =>
    (await app.inject({ method, url })).cookies.find(({ name }) => name === 'duly_wanted')?.value;
  expect(await kept('GET', `${page}?as=1`)).toBe(`${page}?as=1`);
  expect(await kept('POST', `${page}/dispute`)).toBe(page);
  expect(await kept('GET', '/companies/')).toBe(undefined);
});
