import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { now, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let owner: SignedInPerson;
let at: string;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  owner = await signIn(server, companyId, 'owner');
  at = `/companies/${companyId}/policy`;
});

const inForce = () => inCompany(server.duly.db, companyId, (tx) => getDocument(tx, companyId));

/** The step's form as a browser would send it untouched. */
async function typedIn(address: string): Promise<Record<string, string | string[]>> {
  const { status, html } = await owner.get(address);
  expect(status).toBe(200);
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const fields: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string): void => {
    if (name !== undefined && name !== '_csrf') fields[name] = [...(fields[name] ?? []), value];
  };
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  for (const [tag] of main.matchAll(/<input\b[^>]*>/g))
    if (!/type="(?:checkbox|radio)"/.test(tag) || /\schecked/.test(tag))
      add(attribute(tag, 'name'), attribute(tag, 'value') ?? '');
  for (const [tag, inner = ''] of main.matchAll(/<select\b[^>]*>([\s\S]*?)<\/select>/g)) {
    const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
    const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0] ?? '';
    add(attribute(tag, 'name'), attribute(chosen, 'value') ?? '');
  }
  return fields;
}

it('the policy is told in words, with its version, its author and where to change it', async () => {
  const { status, html } = await owner.get(at);
  expect(status).toBe(200);
  for (const words of [
    'Payment policy',
    'Version 1, Duly',
    'Between two contacts lie at least 3 business days.',
    'Second reminder',
    '8 days after the due date',
    'Habitually late',
    'Make a public page',
  ])
    expect(html).toContain(words);
  const sales = await signIn(server, companyId, 'sales');
  const seen = await sales.get(at);
  expect(seen.html).toContain('Your role shows the policy.');
  expect(seen.html).not.toContain('Change the rules');
  expect((await sales.post(`${at}/sequences/standard/pause`, {})).status).toBe(403);
});

it('steps and segments are moved by words, not by arrows that a font may lack', async () => {
  for (const page of ['sequences/standard', 'segments']) {
    const { html } = await owner.get(`${at}/${page}`);
    expect(html).toMatch(/aria-label="Move [^"]+ up"[^>]*>Up</);
    expect(html).toMatch(/aria-label="Move [^"]+ down"[^>]*>Down</);
  }
});

it('a changed step is in force only once the policy is saved, after a look at what it changes (SEQ-17)', async () => {
  const step = `${at}/sequences/standard/steps/second`;
  const typed = await typedIn(step);
  expect(typed).toMatchObject({ name: ['second reminder'], offsetDays: ['8'], when: ['after calendar'] });
  const kept = await owner.post(step, { ...typed, offsetDays: '10', payWithinDays: '9' });
  expect(kept.status).toBe(303);
  expect((await inForce()).version).toBe(1);
  const review = await owner.get(`${at}/draft`);
  expect(review.html).toContain('comes 10 days after the due date (was 8 days after the due date)');
  expect(review.html).toContain('What this changes for whom');
  expect((await owner.get(at)).html).toContain('are not in force');
  const saved = await owner.post(`${at}/draft/save`, {});
  expect(saved.location).toBe(at);
  const document = await inForce();
  expect(document.version).toBe(2);
  const steps = document.sequences.find(({ key }) => key === 'standard')?.steps ?? [];
  expect(steps.find(({ key }) => key === 'second')).toMatchObject({ offsetDays: 10, payWithinDays: 9 });
  expect((await owner.get(`${at}/versions`)).html).toContain('Ann the owner');
  // nothing else of the step was touched by going through the form
  expect(steps.filter(({ key }) => key !== 'second')).toEqual(
    (await inForce()).sequences
      .find(({ key }) => key === 'standard')
      ?.steps.filter((one) => one.key !== 'second'),
  );
});

it('an old version is read whole and taken back through the draft, as a new version', async () => {
  const step = `${at}/sequences/standard/steps/second`;
  await owner.post(step, { ...(await typedIn(step)), offsetDays: '10' });
  await owner.post(`${at}/draft/save`, {});
  const list = await owner.get(`${at}/versions`);
  expect(list.html).toMatch(/Version 2<\/a>[\s\S]{0,40}in force/);
  expect(list.html).toContain(`href="${at}/versions/1"`);
  const old = await owner.get(`${at}/versions/1`);
  expect(old.html).toContain('8 days after the due date');
  expect(old.html).toContain('comes 8 days after the due date (was 10 days after the due date)');
  expect((await owner.get(`${at}/versions/2`)).html).not.toContain('into the draft');
  expect((await owner.get(`${at}/versions/9`)).status).toBe(404);
  expect((await owner.get(`${at}/versions/x`)).status).toBe(404);
  const sales = await signIn(server, companyId, 'sales');
  expect((await sales.get(`${at}/versions/1`)).html).not.toContain('into the draft');
  expect((await sales.post(`${at}/versions/1/take-back`, {})).status).toBe(403);
  const taken = await owner.post(`${at}/versions/1/take-back`, {});
  expect(taken.location).toBe(`${at}/draft`);
  expect((await inForce()).version).toBe(2);
  await owner.post(`${at}/draft/save`, {});
  const document = await inForce();
  expect(document.version).toBe(3);
  const steps = document.sequences.find(({ key }) => key === 'standard')?.steps ?? [];
  expect(steps.find(({ key }) => key === 'second')?.offsetDays).toBe(8);
  expect((await owner.get(`${at}/versions/1`)).html).toContain('Nothing differs');
});

it('a form that cannot be read comes back as it was typed, each fault at its field', async () => {
  const step = `${at}/sequences/standard/steps/second`;
  const typed = await typedIn(step);
  const refused = await owner.post(step, {
    ...typed,
    name: 'nudge <b>',
    offsetDays: 'soon',
    'conditions.minimum.USD': 'much',
  });
  expect(refused.status).toBe(400);
  expect(refused.html).toMatch(/name="offsetDays" value="soon" aria-invalid="true" autofocus/);
  expect(refused.html).toContain('“soon” is no whole number.');
  expect(refused.html).toContain('“much” is not an amount in USD.');
  expect(refused.html).toContain('value="nudge &lt;b>"');
  expect((await owner.get(`${at}/draft`)).html).toContain('You have no changes');
});

it('what cannot be carried out is kept in the draft, shown at its field, and not saved (SEQ-12)', async () => {
  const step = `${at}/sequences/standard/steps/second`;
  const kept = await owner.post(step, { ...(await typedIn(step)), offsetDays: '2' });
  expect(kept.location).toBe(step);
  const shown = await owner.get(step);
  expect(shown.html).toMatch(/name="offsetDays" value="2" aria-invalid="true"/);
  expect(shown.html).toContain('does not come after “first reminder”');
  const review = await owner.get(`${at}/draft`);
  expect(review.html).toContain('does not come after');
  expect(review.html).toMatch(/<button[^>]*disabled[^>]*>Save policy/);
  const saved = await owner.post(`${at}/draft/save`, {});
  expect(saved.location).toBe(`${at}/draft`);
  expect((await inForce()).version).toBe(1);
});

it('steps are added, moved, copied and taken out', async () => {
  const list = `${at}/sequences/standard`;
  const fresh = await typedIn(`${list}/new-step`);
  const added = { ...fresh, name: 'one more word', offsetDays: '12', stage: 'second', template: 'second' };
  expect((await owner.post(`${list}/steps`, added)).location).toContain('?step=one_more_word_v2');
  await owner.post(`${list}/steps/one_more_word_v2/up`, {});
  await owner.post(`${list}/steps/final/copy`, {});
  await owner.post(`${list}/steps/letter/remove`, {});
  expect((await owner.post(`${at}/draft/save`, {})).location).toBe(at);
  const { sequences } = await inForce();
  const steps = sequences
    .find(({ key }) => key === 'standard')
    ?.steps.map((one) => [one.key, one.offsetDays]);
  expect(steps).toEqual([
    ['courtesy', -5],
    ['first', 3],
    ['one_more_word_v2', 8],
    ['second', 12],
    ['call', 14],
    ['third', 21],
    ['final', 45],
    ['final_notice_v2', 52],
  ]);
});

it('what is taken out is named, and the keyboard goes on where it stood', async () => {
  const focused = async (address: string): Promise<string | undefined> => {
    const { location } = await owner.post(`${address}/remove`, {});
    const { html } = await owner.get(location ?? '');
    expect(html.match(/ autofocus/g)).toHaveLength(1);
    return (
      /aria-label="([^"]+)" autofocus/.exec(html)?.[1] ??
      />([^<]+)<\/a>/.exec(html.split(' autofocus')[1] ?? '')?.[1]
    );
  };
  const { sequences, segments } = await inForce();
  const { steps = [] } = sequences.find(({ key }) => key === 'standard') ?? {};
  const stepAt = (key = ''): string => `${at}/sequences/standard/steps/${key}`;
  expect(await focused(stepAt('first'))).toBe('Edit second reminder');
  expect(await focused(stepAt(steps.at(-1)?.key))).toBe(`Edit ${steps.at(-2)?.name}`);
  const left = steps.filter(({ key }) => key !== 'first').slice(0, -1);
  for (const { key } of left.slice(1)) await owner.post(`${stepAt(key)}/remove`, {});
  expect(await focused(stepAt(left[0]?.key))).toBe('Add a step');
  const [one, next] = segments;
  expect(await focused(`${at}/segments/${one?.key}`)).toBe(`Edit ${next?.name}`);
});

it('two people who change the policy see each other’s changes before one saves over the other (SEQ-18)', async () => {
  const step = `${at}/sequences/standard/steps/second`;
  await owner.post(step, { ...(await typedIn(step)), offsetDays: '10' });
  await inCompany(server.duly.db, companyId, async (tx) => {
    const { version, ...document } = await getDocument(tx, companyId);
    const body: PolicyBody = { ...document, settings: { ...document.settings, thankYou: false } };
    await saveDocument(tx, companyId, { expectedVersion: version, document: body }, 'Ben', now);
  });
  const refused = await owner.post(`${at}/draft/save`, {});
  expect(refused.location).toBe(`${at}/draft`);
  const { html } = await owner.get(`${at}/draft`);
  expect(html).toContain('The policy was changed meanwhile');
  expect(html).toContain('Ben');
  expect(html).toContain('Nobody is thanked');
  await owner.post(`${at}/draft/rebase`, {});
  expect((await owner.post(`${at}/draft/save`, {})).location).toBe(at);
  expect((await inForce()).settings.thankYou).toBe(true);
  expect((await inForce()).version).toBe(3);
});

it('rules for everybody go through their form unchanged, and a fee needs somebody’s word', async () => {
  const rules = `${at}/settings`;
  const typed = await typedIn(rules);
  expect((await owner.post(rules, typed)).location).toBe(at);
  expect((await owner.get(`${at}/draft`)).html).toContain('You have no changes');
  const fee = {
    ...typed,
    'lateFee.kind': 'contract',
    'lateFee.yearlyRateBp': '8.5',
    'lateFee.graceDays': '10',
  };
  const refused = await owner.post(rules, fee);
  expect(refused.status).toBe(400);
  expect(refused.html).toContain('A fee needs your word');
  await owner.post(rules, { ...fee, 'lateFee.attestedBy': 'yes', 'minimumBalance.USD': '$1,250.00' });
  await owner.post(`${at}/draft/save`, {});
  const { settings } = await inForce();
  expect(settings.lateFee).toEqual({
    kind: 'contract',
    yearlyRateBp: 850,
    graceDays: 10,
    attestedBy: 'Ann the owner',
    attestedOn: '2026-11-30',
  });
  expect(settings.minimumBalance).toMatchObject({ USD: 125_000 });
  // currencies without a field keep what they had
  expect(settings.worthACall.JPY).toBe(10_000);
  const bad = await owner.post(rules, { ...typed, 'window.from': '25:00', 'minimumBalance.USD': '5 or so' });
  expect(bad.status).toBe(400);
  expect(bad.html).toMatch(/name="minimumBalance.USD" value="5 or so" aria-invalid="true"/);
});

it('a sequence is paused at once, and a draft that stands still fits', async () => {
  const step = `${at}/sequences/standard/steps/second`;
  await owner.post(step, { ...(await typedIn(step)), offsetDays: '10' });
  await owner.post(`${at}/sequences/standard/pause`, {});
  expect((await inForce()).sequences.find(({ key }) => key === 'standard')?.paused).toBe(true);
  expect((await owner.post(`${at}/draft/save`, {})).location).toBe(at);
  const standard = (await inForce()).sequences.find(({ key }) => key === 'standard');
  expect(standard).toMatchObject({ paused: true });
  expect(standard?.steps.find(({ key }) => key === 'second')?.offsetDays).toBe(10);
});

it('a segment has send days and a late fee of its own, and is paused at once (SEQ-22)', async () => {
  const segment = `${at}/segments/new`;
  const typed = await typedIn(segment);
  const fee = { 'lateFee.kind': 'contract', 'lateFee.yearlyRateBp': '9', 'lateFee.graceDays': '5' };
  const refused = await owner.post(segment, { ...typed, ...fee, sendDays: ['2', '4'] });
  expect(refused.status).toBe(400);
  expect(refused.html).toContain('A fee needs your word');
  await owner.post(segment, { ...typed, ...fee, sendDays: ['2', '4'], 'lateFee.attestedBy': 'yes' });
  const review = await owner.get(`${at}/draft`);
  expect(review.html).toContain('“New customer”: Customers are contacted on');
  expect(review.html).toContain('stated by Ann the owner');
  const page = await owner.get(segment);
  expect(page.html).toContain('Pause reminders to this segment');
  expect((await owner.post(`${segment}/pause`, {})).location).toBe(`${at}/segments`);
  expect((await inForce()).segments.find(({ key }) => key === 'new')?.paused).toBe(true);
  expect((await owner.get(`${at}/segments`)).html).toMatch(/New customer <span class="chip bad">paused/);
  await owner.post(`${segment}/resume`, {});
  expect((await inForce()).segments.find(({ key }) => key === 'new')?.paused).toBe(false);
  // the draft that stood meanwhile can be saved
  expect((await owner.post(`${at}/draft/save`, {})).location).toBe(at);
  expect((await inForce()).segments.find(({ key }) => key === 'new')?.settings).toMatchObject({
    sendDays: [2, 4],
    lateFee: { kind: 'contract', yearlyRateBp: 900, graceDays: 5, attestedBy: 'Ann the owner' },
  });
  const sales = await signIn(server, companyId, 'sales');
  expect((await sales.post(`${segment}/pause`, {})).status).toBe(403);
});

it('segments are ordered and added, and show who is in which and why', async () => {
  const form = `${at}/segments/new`;
  expect((await owner.post(form, await typedIn(form))).location).toBe(`${at}/segments`);
  expect((await owner.get(`${at}/draft`)).html).toContain('You have no changes');
  const list = await owner.get(`${at}/segments`);
  expect(list.html).toContain('Ridgeway Ltd');
  expect(list.html).toMatch(/\d+ invoices?, none settled yet/i);
  await owner.post(`${at}/segments/new/down`, {});
  await owner.post(`${at}/segments`, { name: 'Nobody but by hand', 'when.byHandOnly': 'yes', sequence: '-' });
  await owner.post(`${at}/draft/save`, {});
  const after = (await inForce()).segments;
  expect(after.map(({ key }) => key)).toEqual([
    'consumer',
    'large_balance',
    'habitually_late',
    'new',
    'reliable',
    'sometimes_late',
    'nobody_but_by_hand_v1',
  ]);
  expect(after.at(-1)).toMatchObject({ when: { byHandOnly: true }, settings: { sequence: null } });
});

it('a customer has a segment by hand and a pause of its own, and a conflict keeps what was typed (P27)', async () => {
  const form = `/companies/${companyId}/customers/ridgeway/policy`;
  const typed = await typedIn(form);
  expect((await owner.post(form, { ...typed, segment: 'reliable', minGapBusinessDays: '5' })).status).toBe(
    303,
  );
  const { html } = await owner.get(form);
  expect(html).toContain('<strong>Reliable</strong>, chosen by hand');
  expect(html).toContain('at least 5 business days');
  const again = await typedIn(form);
  await inCompany(server.duly.db, companyId, (tx) =>
    saveCustomerPolicy(
      tx,
      companyId,
      'ridgeway',
      { expectedVersion: 1, segment: null, settings: {}, paused: true },
      'Ben',
      now,
    ),
  );
  const refused = await owner.post(form, { ...again, minGapBusinessDays: '7' });
  expect(refused.status).toBe(400);
  expect(refused.html).toContain('Somebody else changed');
  expect(refused.html).toContain('name="minGapBusinessDays" value="7"');
  expect((await owner.get(`/companies/${companyId}/customers/nobody/policy`)).status).toBe(404);
});

it('the law is listed with its sources, for everybody and for one customer', async () => {
  const { html } = await owner.get(`${at}/law`);
  expect(html).toContain('us-nyc-frequency');
  expect(html).toContain('6 RCNY 5-77(b)');
  const one = await owner.get(`/companies/${companyId}/customers/ridgeway/law`);
  expect(one.status).toBe(200);
  expect(one.html).toContain('The law for Ridgeway Ltd');
  expect(one.html).not.toContain('us-nyc-frequency');
});

it('the public page is the policy in words for whoever has its address, until it is taken back (P28)', async () => {
  await owner.post(`${at}/link`, {});
  const { html } = await owner.get(at);
  const address = /value="http:\/\/localhost:3000(\/policy-of\/[^"]+)"/.exec(html)?.[1] ?? '';
  const page = await server.app.inject({ url: address });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('When we remind you');
  expect(page.body).not.toContain('Habitually late');
  expect(page.body).not.toContain('<script');
  expect(page.headers['x-robots-tag']).toContain('noindex');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const guessed = await server.app.inject({
    url: `${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`,
  });
  expect(guessed.statusCode).toBe(404);
  await owner.post(`${at}/link/revoke`, {});
  expect((await server.app.inject({ url: address })).statusCode).toBe(404);
  const answers = [];
  for (let count = 0; count < 61; count += 1)
    answers.push((await server.app.inject({ url: '/policy-of/nothing' })).statusCode);
  expect(answers.at(-1)).toBe(429);
});

it('nobody sees or changes the policy of another account', async () => {
  const other = await addCompany(server.database.db, {});
  for (const path of ['', '/draft', '/settings', '/segments', '/law', '/presets', '/versions'])
    expect((await owner.get(`/companies/${other}/policy${path}`)).status).toBe(404);
});
