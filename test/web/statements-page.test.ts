import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
  const companyId = await addCompany(server.database.db);
  await seedBook(server.database.db, companyId);
  at = `/companies/${companyId}/settings`;
  owner = await signIn(server, companyId, 'owner');
  sales = await signIn(server, companyId, 'sales');
});
afterAll(() => server.close());

const settings = async (person = owner): Promise<string> =>
  (await person.get(at)).html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the statement that all customers are businesses', () => {
  it('is offered to be taken back with what that does, only where it stands and to who may state it', async () => {
    expect(await settings()).not.toContain('Take it back');
    await owner.post(`${at}/all-businesses`, { sure: 'yes' });
    const words = await settings();
    expect(words).toContain('Stated by Ann the owner, Mon, Nov 30, 2026, 10:00');
    expect(words).toMatch(
      /[1-9]\d* customers? of unknown type will count as (a consumer|consumers) again, under the strictest rules/,
    );
    expect(words).toContain('worked out again before anything leaves');
    expect(words).toContain('I take this back as Ann the owner for');
    expect(await settings(sales)).not.toContain('Take it back');
    expect((await sales.post(`${at}/take-back-businesses`, { sure: 'yes' })).status).toBe(403);
    expect(await settings()).toContain('Stated by Ann the owner');
  });

  it('is taken back in a name, once the box is ticked, and can be stated anew', async () => {
    await owner.post(`${at}/take-back-businesses`, {});
    expect(await settings()).toContain('Stated by Ann the owner');
    expect((await owner.post(`${at}/take-back-businesses`, { sure: 'yes' })).status).toBe(303);
    const words = await settings();
    expect(words).not.toContain('Stated by');
    expect(words).toContain('I state this as Ann the owner');
    // a second click, or the other person's
    expect((await owner.post(`${at}/take-back-businesses`, { sure: 'yes' })).status).toBe(303);
  });
});
