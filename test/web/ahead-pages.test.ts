import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { saveBrand } from '../../src/messages/brand.store.ts';
import { inCompany } from '../../src/platform/db.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { call } from '../../src/policies/presets/parts.ts';
import { larkspur } from '../messages/samples.ts';
import { withSteps } from '../policies/check-support.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { now, type TestServer, testServer, today } from './api-support.ts';

let server: TestServer;
let companyId: string;
let person: SignedInPerson;
let key: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'preview' });
  await seedBook(server.database.db, companyId);
  await inCompany(server.database.db, companyId, (tx) =>
    tx.updateTable('company').set({ books_read_at: now }).where('company_id', '=', companyId).execute(),
  );
  person = await signIn(server, companyId, 'owner');
  key = await server.key(companyId);
});
afterAll(() => server.close());

const page = async (address: string): Promise<{ status: number; words: string; html: string }> => {
  const { status, html } = await person.get(`/companies/${companyId}${address}`);
  const words = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
  return { status, words, html };
};
const api = (address: string) => server.call({ url: `/api/v1/companies/${companyId}${address}`, key });

describe('the next 30 days', () => {
  it('in preview mode: nothing leaves until the mode is changed, and this is what would, day by day', async () => {
    const { status, words, html } = await page('/preview');
    expect(status).toBe(200);
    expect(words).toContain('Nothing leaves until you change the mode.');
    const { body } = await api('/preview?days=30');
    expect(body.items.length).toBeGreaterThan(0);
    for (const touch of body.items) expect(words).toContain(touch.customerName);
    expect(html).toContain(`/customers/${body.items[0].customerId}/why?day=${body.items[0].day}`);
  });

  it('for one customer, and over the API with every figure', async () => {
    const { body } = await api('/preview?days=30&customerId=quill');
    expect(body).toMatchObject({ from: today, days: 30 });
    const [first] = body.items;
    expect(first).toMatchObject({ customerId: 'quill', customerName: 'Quill & Sons', currency: 'USD' });
    expect(first.reasons.length).toBeGreaterThan(0);
    expect((await page('/preview?customer=quill')).words).toContain('The next 30 days: Quill & Sons');
    expect((await page('/customers/quill')).words).toMatch(/The next 30 days: \d/);
    expect((await page('/preview?customer=nobody')).words).toContain(
      'Nothing would be sent in the next 30 days.',
    );
    expect((await api('/preview?days=91')).status).toBe(400);
  });
});

describe('why', () => {
  it('on the page and over the API the same questions are answered, for any day', async () => {
    const { body } = await api('/customers/ridgeway/explain');
    const { status, words } = await page('/customers/ridgeway/why');
    expect(status).toBe(200);
    for (const branch of body.items[0].branches) expect(words).toContain(branch.words.replaceAll("'", '’'));
    expect((await page('/customers/ridgeway/why?day=2026-12-10')).words).toContain(
      'As it would be decided if nobody paid',
    );
    expect((await page('/customers/nobody/why')).status).toBe(404);
    expect((await page('/customers/quill/why?day=2020-01-01')).words).toContain('had decided nothing');
    expect((await api('/customers/nobody/explain')).status).toBe(404);
  });
});

it('a day that cannot be shown is refused on the page itself, with what was typed still in its field', async () => {
  const far = await page('/customers/ridgeway/why?day=2027-12-01');
  expect(far.status).toBe(400);
  expect(far.words).toContain('Duly looks 90 days ahead, until');
  expect(far.html).toMatch(/name="day" value="2027-12-01" aria-invalid="true" aria-describedby="day-fault"/);
  expect(far.words).not.toContain('What is owed?');
  const none = await page('/customers/ridgeway/why?day=2026-02-30');
  expect(none.status).toBe(400);
  expect(none.words).toContain('There is no such day.');
  expect((await page('/customers/nobody/why?day=2027-12-01')).status).toBe(404);
});

it('the next step is told by its place in the sequence and its day, without the words of a program (S1)', async () => {
  const [first] = (await api('/preview?days=30&customerId=quill')).body.items;
  const { words } = await page(`/customers/quill/why?day=${first.day}`);
  expect(words).toMatch(
    /The next step is the [a-z ]+, the [a-z]+ of \d+ steps, \d+ (?:business )?days (?:before|after) the due date: invoice N-201/,
  );
  expect(words).not.toMatch(/step \d of \d|day \+/);
});

describe('replay', () => {
  it('opens with a form, plays two policies side by side, and says what it cannot know', async () => {
    expect((await page('/replay')).words).toContain('Play these days');
    const { status, words, html } = await page(
      '/replay?policy=standard&against=letter_first&from=2026-09-01&to=2026-11-30',
    );
    expect(status).toBe(200);
    expect(words).toContain('Letters a week');
    expect(words).toContain('What this cannot know');
    // the bars of each policy, with their figures in words for who does not see them
    expect(html).toMatch(/<figcaption>\d+ e-mails?; at most \d+ in a week, that of [^<]+<\/figcaption>/);
    expect(html).toMatch(
      /<svg class="weekbars"[^>]*role="img"[^>]*aria-label="[^"]*Week by week: [\d, ]+\."/,
    );
    expect(words).toMatch(/Standard .*Letter first/);
    const turned = await page('/replay?policy=standard&from=2026-11-30&to=2026-09-01');
    expect(turned.status).toBe(400);
    expect(turned.html).toMatch(/name="from" value="2026-11-30" required[^>]*aria-invalid="true"/);
    expect(turned.words).toContain('The first day comes after the last one.');
    expect((await page('/replay?policy=standard&from=2020-01-01&to=2026-09-01')).words).toContain(
      'A year at most can be played here.',
    );
  });
});

describe('a draft of the policy', () => {
  it('S7: is previewed and played before it is saved, by whoever has one, and changes nothing for the others', async () => {
    const before = (await page('/preview')).words;
    expect(before).toContain('What would be sent, day by day');
    expect((await page('/replay')).words).not.toContain('Your draft');
    expect((await page('/preview?policy=draft')).words).not.toContain('This is your draft');
    const { status } = await person.post(`/companies/${companyId}/policy/presets/letter_first`, {});
    expect(status).toBe(303);
    const draft = (await page('/preview?policy=draft')).words;
    expect(draft).toContain('This is your draft of the policy, which is not in force.');
    // whoever has no postal address gets nothing before the letter that is first
    expect(draft.split('day by day')[1]).not.toBe(before.split('day by day')[1]);
    expect((await page('/preview')).words).toBe(before);
    const review = (await page('/policy/draft')).html;
    expect(review).toContain(`/companies/${companyId}/preview?policy=draft`);
    const played = (await page('/replay?policy=draft&against=in_force&from=2026-09-01&to=2026-11-30')).words;
    expect(played).toContain('Your draft');
    expect(played).toContain('Letters a week');
    const other = await signIn(server, companyId, 'bookkeeper');
    expect((await other.get(`/companies/${companyId}/replay`)).html).not.toContain('Your draft');
  });
});

describe('P5: whose a call is', () => {
  it('is said where it is ahead as on its task, on the calendars and over the API', async () => {
    await inCompany(server.database.db, companyId, async (tx) => {
      const { version: expectedVersion } = await getDocument(tx, companyId);
      const document = withSteps({ ...call, offsetDays: 3, stage: 'first' });
      await saveDocument(tx, companyId, { expectedVersion, document }, 'Maria', now);
    });
    const calls = (await api('/preview?days=30')).body.items.filter(
      (touch: { channel: string }) => touch.channel === 'call',
    );
    expect(calls.length).toBeGreaterThan(0);
    const [{ customerId, day: dueOn }] = calls;
    const nobody = { role: 'bookkeeper', name: null, words: 'the bookkeeper' };
    for (const { task, day: on } of calls) expect(task).toEqual({ dueOn: on, for: nobody });
    await inCompany(server.database.db, companyId, (tx) => saveBrand(tx, companyId, larkspur, 'Maria', now));
    const whose = 'for Maria Lopez, bookkeeper';
    expect((await page('/preview')).words).toContain(whose);
    expect((await page(`/preview?customer=${customerId}`)).words).toContain(whose);
    expect((await page(`/customers/${customerId}`)).words).toMatch(
      /Call, asks for .{5,60}, for Maria Lopez, bookkeeper\. Why/,
    );
    const { items } = (await api(`/preview?days=30&customerId=${customerId}`)).body;
    for (const { channel, task } of items)
      if (channel === 'call') expect(task).toMatchObject({ for: { name: 'Maria Lopez' } });
      else expect(task).toBeNull();
    expect(items.find((touch: { day: string }) => touch.day === dueOn)?.task).toMatchObject({ dueOn });
  });
});
