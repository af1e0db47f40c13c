import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inSystem } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let at: string;
let owner: SignedInPerson;
let sales: SignedInPerson;
beforeAll(async () => {
  server = await testServer();
  const companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  await inSystem(server.duly.db, (tx) =>
    tx
      .updateTable('company')
      .set({ time_zone_confirmed: false })
      .where('company_id', '=', companyId)
      .execute(),
  );
  at = `/companies/${companyId}`;
  owner = await signIn(server, companyId, 'owner');
  sales = await signIn(server, companyId, 'sales');
});
afterAll(() => server.close());

/** The pages of the company that these pages link to, without what follows the path. */
const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/<a\b[^>]* href="([^"?#]+)/g)].map(([, href = '']) => href);

describe('whoever owns a relationship', () => {
  it('is led to no page that their role may not open, from any page that they may', async () => {
    const seen = new Set<string>();
    const refused: string[] = [];
    const wanted = [`${at}/policy`, `${at}/customers/ridgeway`];
    for (let address = wanted.shift(); address !== undefined && seen.size < 120; address = wanted.shift()) {
      if (seen.has(address)) continue;
      seen.add(address);
      const { status, html } = await sales.get(address);
      if (status === 403) refused.push(address);
      else wanted.push(...linksOf(html).filter((href) => href.startsWith(`${at}/`)));
    }
    expect(refused).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining([`${at}/policy/segments`, `${at}/settings`]));
    expect((await owner.get(`${at}/policy`)).html).toContain(`href="${at}/policy/settings"`);
  });

  it('is not asked to confirm a time zone that they cannot change', async () => {
    const told = async (person: SignedInPerson) => {
      const { html } = await person.get(`${at}/settings`);
      return ['please confirm it', 'Nobody has confirmed it yet'].map((words) => html.includes(words));
    };
    expect(await told(owner)).toEqual([true, false]);
    expect(await told(sales)).toEqual([false, true]);
  });
});
