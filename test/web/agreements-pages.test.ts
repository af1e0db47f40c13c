import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { now, type TestServer, testServer } from './api-support.ts';

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

const promise = {
  date: '2026-12-10',
  amount: '1,000.00',
  saidBy: 'Jo Park',
  how: 'phone',
  note: 'After the fair',
};
const words = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
/** The address by which the first agreement on the page is withdrawn. */
const withdrawal = (html: string): string => /action="([^"]+\/withdraw)"/.exec(html)?.[1] ?? '';

describe('on the customer’s page', () => {
  it('a promise is noted, shown with its figures, and withdrawn', async () => {
    const before = (await owner.get(customer)).html;
    expect(words(before)).toContain('Nothing was agreed so far.');
    const done = await owner.post(`${customer}/agreements/promise`, promise);
    expect([done.status, done.location]).toEqual([303, `${customer}#agreements`]);
    const { html } = await owner.get(customer);
    expect(words(html)).toContain('Promise : $1,000.00 promised for Dec 10, 2026');
    expect(words(html)).toContain(
      'Nothing received so far, $1,000.00 missing. The books decide after Dec 14, 2026.',
    );
    expect(words(html)).toContain(
      'Jo Park, on the telephone; noted by Ann the owner on Nov 30, 2026. After the fair',
    );
    const gone = await owner.post(withdrawal(html), { reason: 'Another supplier was meant' });
    expect(gone.status).toBe(303);
    expect(words((await owner.get(customer)).html)).toContain('Withdrawn on Nov 30, 2026.');
  });

  it('EXC-08: a promise may be late as long as the customer’s policy says, and the form says how long', async () => {
    const own = {
      segment: null,
      settings: { promiseGraceBusinessDays: 9 },
      paused: false,
      expectedVersion: 0,
    };
    const rest = (html: string) => /Reminders for it rest [^.]+\./.exec(words(html))?.[0];
    expect(rest((await owner.get(customer)).html)).toBe(
      'Reminders for it rest until 2 business days after that day.',
    );
    await inCompany(server.database.db, companyId, (tx) =>
      saveCustomerPolicy(tx, companyId, 'ridgeway', own, 'Ann', now),
    );
    for (const page of [customer, `${customer}/agreements/promise`])
      expect(rest((await owner.get(page)).html)).toBe(
        'Reminders for it rest until 9 business days after that day.',
      );
    await owner.post(`${customer}/agreements/promise`, promise);
    expect(words((await owner.get(customer)).html)).toContain('The books decide after Dec 23, 2026.');
  });

  it('what is wrong stands beside its field, and nothing that was typed is lost', async () => {
    const { status, html } = await owner.post(`${customer}/agreements/promise`, {
      ...promise,
      date: '2026-11-01',
      amount: '12,50',
      saidBy: '',
      invoices: ['101'],
    });
    expect(status).toBe(400);
    for (const said of ['That day has passed.', 'Write an amount like 900.00', 'Write who said it.'])
      expect(words(html)).toContain(said);
    expect(html).toMatch(/aria-invalid="true"/);
    for (const kept of [
      'value="12,50"',
      'value="2026-11-01"',
      'value="After the fair"',
      'value="101" checked',
    ])
      expect(html).toContain(kept);
    const twice = { ...promise, invoices: ['101'], amount: '' };
    expect((await owner.post(`${customer}/agreements/promise`, twice)).status).toBe(303);
    const again = await owner.post(`${customer}/agreements/promise`, twice);
    expect([again.status, words(again.html).includes('N-101 is agreed already. Choose the others.')]).toEqual(
      [400, true],
    );
  });

  it('a plan is laid out to the cent, changed by hand, and refused until it adds up', async () => {
    const layout = `${customer}/agreements/plan?count=7&rhythm=monthly&firstOn=2026-12-31`;
    const { html } = await owner.get(layout);
    const rows = [...html.matchAll(/name="row(On|Amount)" value="([^"]*)"/g)].map((found) => found[2] ?? '');
    const [on, amount] = [
      rows.filter((_, index) => index % 2 === 0),
      rows.filter((_, index) => index % 2 === 1),
    ];
    expect(on).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
    ]);
    expect(amount).toEqual([...Array(6).fill('214.28'), '214.32']);
    const post = (amounts: readonly string[]) =>
      owner.post(`${customer}/agreements/plan`, {
        rowOn: on,
        rowAmount: amounts,
        currency: 'USD',
        saidBy: 'Jo Park',
        how: 'email',
        grace: '3',
      });
    const wrong = await post(['214.27', ...amount.slice(1)]);
    expect(wrong.status).toBe(400);
    expect(words(wrong.html)).toContain(
      'The instalments add up to $1,499.99, and $1,500.00 is open: $0.01 is missing.',
    );
    expect(wrong.html).toContain('value="214.27"');
    const done = await post(['214.27', ...amount.slice(1, 6), '214.33', '']);
    expect(done.status).toBe(303);
    const page = words((await owner.get(customer)).html);
    expect(page).toContain('$1,500.00 in 7 instalments until Jun 30, 2027');
    expect(page).toContain('Next: $214.27 on Dec 31, 2026.');
  });

  it('an offer shows both figures before it is written down', async () => {
    const address = `${customer}/agreements/offer`;
    const asked = { percent: '12.5', date: '2026-12-15', how: 'email', look: 'yes' };
    const neither = await owner.post(address, { date: '2026-12-15', how: 'email', look: 'yes' });
    expect(words(neither.html)).toContain('Write either the reduced sum or the discount.');
    const looked = await owner.post(address, asked);
    expect(looked.status).toBe(200);
    // to make the offer is the main thing now
    expect(looked.html.match(/<button class="btn btn-primary/g)).toHaveLength(1);
    expect(words(looked.html)).toContain(
      '$1,312.50 instead of $1,500.00: $187.50 less, a discount of 12.5 per cent',
    );
    expect(words((await owner.get(customer)).html)).toContain('Nothing was agreed so far.');
    const hidden = Object.fromEntries(
      [
        ...(/aria-label="The offer"[\s\S]*?<\/form>/.exec(looked.html)?.[0] ?? '').matchAll(
          /name="(\w+)" value="([^"]*)"/g,
        ),
      ].map(([, name = '', value = '']) => [name, value]),
    );
    expect(hidden).toMatchObject({ amount: '1312.50', currency: 'USD', date: '2026-12-15' });
    const { _csrf: _, ...fields } = hidden;
    expect((await owner.post(address, fields)).status).toBe(303);
    expect(words((await owner.get(customer)).html)).toContain(
      '$1,312.50 instead of $1,500.00, until Dec 15, 2026',
    );
  });

  it('tells how they have paid, and says so when the books know nothing of it', async () => {
    const page = words((await owner.get(customer)).html);
    expect(page).toContain(
      'No invoice was settled in the last 24 months. 1 invoice has nothing open, but the books don’t tell since when.',
    );
    expect(page).toContain('Days late not known');
    expect(page).toContain('Last payment none in the books');
    expect(page).toContain('Oldest past due N-101, 10 days');
  });

  it('of one who bills with a parent, says where agreements are made', async () => {
    const { html } = await owner.get(`/companies/${companyId}/customers/ridgeway-yard`);
    expect(html).toContain(`href="${customer}#agreements"`);
    expect(html).not.toContain('/agreements/promise"');
    expect((await owner.get(`/companies/${companyId}/customers/nobody/agreements/promise`)).status).toBe(404);
  });
});

describe('who may what', () => {
  it('sales notes a promise and withdraws its own, but no plan, no offer and no promise of others', async () => {
    const sales = await signIn(server, companyId, 'sales');
    const { html } = await sales.get(customer);
    expect(html).toContain('/agreements/promise"');
    expect(html).not.toContain('/agreements/plan"');
    for (const kind of ['plan', 'offer']) {
      expect((await sales.get(`${customer}/agreements/${kind}`)).status).toBe(403);
      expect((await sales.post(`${customer}/agreements/${kind}`, promise)).status).toBe(403);
    }
    await sales.post(`${customer}/agreements/promise`, promise);
    const own = withdrawal((await sales.get(customer)).html);
    expect((await sales.post(own, { reason: 'Misheard' })).status).toBe(303);
    await owner.post(`${customer}/agreements/promise`, promise);
    expect(withdrawal((await sales.get(customer)).html)).toBe('');
    const theirs = withdrawal((await owner.get(customer)).html);
    expect((await sales.post(theirs, { reason: 'I say so' })).status).toBe(403);
  });

  it('a namesake of who noted a promise is somebody else', async () => {
    await owner.post(`${customer}/agreements/promise`, promise);
    const theirs = withdrawal((await owner.get(customer)).html);
    const sales = await signIn(server, companyId, 'sales');
    await server.database.db.transaction().execute(async (tx) => {
      await tx.updateTable('agreement').set({ made_by: 'Sam Sales' }).execute();
      await tx.updateTable('person').set({ name: 'Sam Sales' }).execute();
    });
    expect(withdrawal((await sales.get(customer)).html)).toBe('');
    expect((await sales.post(theirs, { reason: 'I say so' })).status).toBe(403);
  });

  it('a stranger sees nothing of it', async () => {
    const stranger = await signIn(server, await addCompany(server.database.db, { name: 'Other' }), 'owner');
    expect((await stranger.get(`/companies/${companyId}/agreements`)).status).toBe(404);
    expect((await stranger.post(`${customer}/agreements/promise`, promise)).status).toBe(404);
  });
});

describe('the company’s list', () => {
  it('has what is promised, due this week, planned and offered, and says so when there is none', async () => {
    const list = async (show: string): Promise<string> =>
      words((await owner.get(`/companies/${companyId}/agreements?show=${show}`)).html);
    expect(await list('promised')).toContain('No promise is waiting.');
    const plan = { rowOn: ['2026-12-04', '2027-01-04'], rowAmount: ['400', '500'], invoices: ['101'] };
    await owner.post(`${customer}/agreements/plan`, { ...plan, saidBy: 'Jo', how: 'phone' });
    await owner.post(`${customer}/agreements/promise`, { ...promise, amount: '', invoices: ['102'] });
    expect(await list('promised')).toContain('Ridgeway Ltd Promise: $600.00 promised for Dec 10, 2026');
    expect(await list('promised')).toContain('Promised 1 Due this week 1 Broken 0 Plans 1 Offers 0 Over 0');
    expect(await list('week')).toContain('Plan: $900.00 in 2 instalments until Jan 4, 2027');
    expect(await list('plans')).toContain('Fri, Dec 4, 2026');
    expect(await list('offers')).toContain('No offer stands.');
    expect(await list('anything')).toContain('Ridgeway Ltd Promise');
  });
});
