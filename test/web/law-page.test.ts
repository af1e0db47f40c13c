import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { day } from '../../src/domain/day.ts';
import { lawInBooksOf } from '../../src/dunning/law-in-books.store.ts';
import { lawQuestion } from '../../src/dunning/laws.ts';
import { inCompany } from '../../src/platform/db.ts';
import { ensurePolicy } from '../../src/policies/document.store.ts';
import { allRules, rulesFor } from '../../src/policies/law/law-for.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { now, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let owner: SignedInPerson;

type Facts = Readonly<Record<string, string | boolean | null>>;
const york = { country: 'US', region: 'NY', city: 'New York', postcode: '10001' };

beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, {
    country: 'GB',
    currency: 'GBP',
    timeZone: 'Europe/London',
  });
  owner = await signIn(server, companyId, 'owner');
  const customers: Facts[] = [
    { country: 'GB', debtor_type: 'business' },
    { country: 'GB', debtor_type: 'business' },
    { country: 'GB', debtor_type: 'sole_trader' },
    { country: 'US', region: 'OR', city: 'Portland', debtor_type: 'unknown' },
    { ...york, debtor_type: 'consumer' },
    { country: null, debtor_type: 'unknown' },
    // gone from the books
    { country: 'NZ', debtor_type: 'consumer', active: false },
  ];
  await inCompany(server.database.db, companyId, async (tx) => {
    await ensurePolicy(tx, companyId, 'Duly', now, emailBody);
    for (const [index, facts] of customers.entries())
      await tx
        .insertInto('customer')
        .values({
          ...{ company_id: companyId, customer_id: `c${index}`, name: `Customer ${index}`, emails: [] },
          ...{
            contacts: '[]',
            bills_with_parent: false,
            active: true,
            changed_at: new Date(0),
            version: '1',
          },
          ...facts,
        })
        .execute();
  });
});
afterAll(() => server.close());

const at = () => `/companies/${companyId}`;
const get = async (path: string): Promise<string> => (await owner.get(`${at()}${path}`)).html;
const words = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s+/g, ' ');
const idsOf = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
const section = (html: string, id: string): string =>
  new RegExp(`<section[^>]* id="${id}".*?</section>`, 's').exec(html)?.[0] ?? '';
/** Everything that is read without opening anything. */
const atFirstSight = (html: string): string =>
  words(html.replaceAll(/<details.*?<\/details>/gs, ' ').replaceAll(/<head.*?<\/head>/gs, ' '));

describe('the law page', () => {
  it('begins with the kinds of customers that are in the books', async () => {
    const kinds = words(section(await get('/policy/law'), 'customers'));
    expect(kinds).toContain('United Kingdom Businesses 2 United Kingdom');
    expect(kinds).toContain('United Kingdom Sole traders 1');
    expect(kinds).toContain('United States Consumers 1 United States · New York City · United Kingdom');
    expect(kinds).toContain('United States Type not stated , treated as consumers 1');
    expect(kinds).toContain('No country in the books Type not stated , treated as consumers 1');
    expect(kinds).not.toContain('New Zealand');
    expect(kinds).toContain('state once in Settings that all are businesses');
  });

  it('then what is blocked, then limits, each rule in a line with whom it is for', async () => {
    const html = await get('/policy/law');
    const heads = [...html.matchAll(/<h2[^>]*>([^<]+)/g)].map(([, title]) => title);
    expect(heads).toEqual([
      'Your customers',
      'Blocked',
      'How often, when, with how much notice',
      'Looked at by a person first',
      'Said in every message',
      'Kept by the way Duly works',
      'Not confirmed, and off',
      'Every rule there is',
    ]);
    const blocked = words(section(html, 'blocked'));
    expect(blocked).toContain(
      'No e-mail to a consumer in New York City who has not agreed to e-mail: a letter or a call instead. Consumers in New York City, 1 customer.',
    );
    expect(blocked).toMatch(
      /No interest and no late fee is named to a consumer or sole trader\. .*4 customers\./,
    );
    // for everybody it needs no word
    expect(blocked).toMatch(/No e-mail to anybody who asked for none: a letter or a call instead\. Source/);
    // nobody there is bound by them
    expect(words(section(html, 'limits'))).not.toContain('At most ten contacts with an individual');
  });

  it('folds what a stricter rule keeps for the same customers, and still has it', async () => {
    const html = await get('/policy/law');
    const blocked = section(html, 'blocked');
    const told = words(blocked.split('kept by keeping these')[0] ?? '');
    // the house's rule for all persons says it; those of the packs add nothing
    expect(told).toContain('no superior is copied in');
    expect(told).not.toContain('Nobody else is copied in.');
    expect(words(blocked)).toMatch(
      /\d+ more rules that are kept by keeping these .*Nobody else is copied in\./,
    );
    const limits = words(section(html, 'limits').split('kept by keeping these')[0] ?? '');
    expect(limits).toContain('At most two calls in any seven days.');
    expect(limits).not.toContain('At most seven calls to a consumer');
  });

  it('shows ids, sources and dates behind “Source” only; a source that has an address is a link', async () => {
    const html = await get('/policy/law');
    const seen = atFirstSight(html);
    for (const rule of allRules()) expect(seen).not.toContain(rule.id);
    expect(seen).not.toContain('6 RCNY 5-77(b)');
    const blocked = section(html, 'blocked');
    expect(words(blocked)).toContain(
      '6 RCNY 5-77(b), as amended, in force 1 September 2026 In force from 1 Sept 2026.',
    );
    expect(blocked).toContain('href="https://www.legislation.gov.uk/ukpga/1998/20"');
    expect(blocked).toContain('<span class="rule">us-nyc-email-consent</span>');
  });

  it('keeps every rule reachable once, and each line of the contents leads somewhere', async () => {
    const html = await get('/policy/law');
    const ids = idsOf(html);
    expect(ids.length).toBe(new Set(ids).size);
    for (const rule of allRules()) expect(ids).toContain(rule.id);
    const contents = /<nav class="subnav" aria-label="On this page">.*?<\/nav>/s.exec(html)?.[0] ?? '';
    const targets = [...contents.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(targets.length).toBe(8);
    for (const id of targets) expect(ids).toContain(id);
  });

  it('says how far the reference rates of late payment are known', async () => {
    const html = words(await get('/policy/law'));
    expect(html).toContain(
      'Reference rates are known up to 30 Jun 2026; the rate from 1 Jul 2026 is not known to this version of Duly',
    );
  });

  it('of one customer it has the rules that hold for them, where the links of reasons lead', async () => {
    const html = await get('/customers/c4/law');
    expect(words(html)).toContain('They are treated as a consumer.');
    expect(words(section(html, 'blocked'))).toContain('No e-mail to a consumer in New York City');
    expect(idsOf(html)).toContain('us-nyc-email-consent');
    expect(atFirstSight(html)).not.toContain('us-nyc-email-consent');
    expect(html).not.toContain('au-week');
    expect((await owner.get(`${at()}/customers/nobody/law`)).status).toBe(404);
  });

  it('counts as New York City’s whoever decisions do, however the address is written', async () => {
    const id = await addCompany(server.database.db, { country: 'US' });
    const places = [
      '10001',
      '10001-1234',
      '100011234',
      '11201 ',
      '12345',
      '12345-6',
      '1000',
      '',
      null,
    ].flatMap((postcode) =>
      ['New York', ' brooklyn', 'Albany', '', null].flatMap((city) =>
        ['NY', 'New York', 'CA', '', null].flatMap((region) =>
          ['US', 'us', 'GB', null].map((country) => ({ country, region, city, postcode })),
        ),
      ),
    );
    const [found, company] = await inCompany(server.database.db, id, async (tx) => {
      await tx
        .insertInto('customer')
        .values(
          places.map((place, index) => ({
            ...{ company_id: id, customer_id: `c${index}`, name: 'One', emails: [], contacts: '[]' },
            ...{ bills_with_parent: false, active: true, changed_at: new Date(0), version: '1' },
            ...{ debtor_type: 'consumer', ...place },
          })),
        )
        .execute();
      const row = await getCompany(tx, id);
      return [await lawInBooksOf(tx, row, day('2026-11-30')), row] as const;
    });
    const expected = new Map<string, number>();
    for (const place of places) {
      const asked = lawQuestion(company, { ...place, debtorType: 'consumer', emailConsent: null });
      for (const rule of rulesFor(asked, day('2026-11-30')))
        expected.set(rule.id, (expected.get(rule.id) ?? 0) + 1);
    }
    expect(expected.get('us-nyc-email-consent')).toBeGreaterThan(50);
    expect(new Map(found.rules.map(({ rule, customers }) => [rule.id, customers]))).toEqual(expected);
  });

  it('says so where there is no customer yet', async () => {
    const empty = await addCompany(server.database.db, {});
    await inCompany(server.database.db, empty, (tx) => ensurePolicy(tx, empty, 'Duly', now, emailBody));
    const someone = await signIn(server, empty, 'accountant');
    const { status, html } = await someone.get(`/companies/${empty}/policy/law`);
    expect(status).toBe(200);
    expect(words(html)).toContain('There is no active customer in the books yet.');
    expect(html).toContain('us-nyc-frequency');
  });
});
