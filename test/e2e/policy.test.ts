import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { inCompany } from '../../src/platform/db.ts';
import { getDocument } from '../../src/policies/document.store.ts';
import { launchChromium } from '../support/chromium.ts';
import { addCompany } from '../support/company.ts';
import { signIn } from '../web/agreements-support.ts';
import { seedBook } from '../web/api-seed.ts';
import { now, type TestServer, testServer } from '../web/api-support.ts';
import { byTerms, owing, settle } from '../web/interest-seed.ts';
import { desk, Eyes } from './eyes.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let eyes: Eyes;
let companyId: string;
let at: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  at = `/companies/${companyId}/policy`;
  const baseURL = await server.app.listen({ port: 0, host: '127.0.0.1' });
  browser = await launchChromium();
  const context = await browser.newContext({ baseURL, viewport: desk });
  // the styles are compiled by the build
  const styles = await readFile('dist/src/web/assets/app.css', 'utf8');
  await context.route('**/assets/app.css*', (route) =>
    route.fulfill({ contentType: 'text/css', body: styles }),
  );
  const [name = '', value = ''] = (await signIn(server, companyId, 'owner')).cookie.split('=');
  await context.addCookies([{ name, value, url: baseURL }]);
  page = await context.newPage();
  eyes = new Eyes(context, page, 'test/e2e/screenshots-policy');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const both = { dark: true, phone: true };
const words = (text: string | RegExp) => page.getByText(text).first().waitFor();

/** What the focus is on, as somebody hears it, and whether it can be seen. */
const focused = `(() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.querySelector('.label-text')?.textContent ?? one.labels?.[0]?.textContent;
  const name = one.getAttribute('aria-label') ?? label ?? one.textContent;
  const style = getComputedStyle(one);
  return { name: name.trim().replace(/\\s+/g, ' '), seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
})()`;

/** Presses Tab until the focus is on what is called so: it can be reached, and seen when it is. */
async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 160; presses += 1) {
    const on = (await page.evaluate(focused)) as { readonly name: string; readonly seen: boolean };
    if (on.name === name) {
      if (!on.seen) throw new Error(`the focus on “${name}” cannot be seen`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`“${name}” cannot be reached with the keyboard`);
}

async function press(name: string, key = 'Enter'): Promise<void> {
  await tabTo(name);
  await page.keyboard.press(key);
}

/** The same, and waits for the page that follows. */
async function follow(name: string): Promise<void> {
  await tabTo(name);
  const next = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await next;
}

async function type(name: string, text: string): Promise<void> {
  await tabTo(name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

it('a sequence is built, changed, previewed and saved with the keyboard alone', async () => {
  await page.goto(at);
  await press('Build another sequence');
  await type('Name of the new sequence', 'Builders');
  await follow('Add the sequence to the draft');
  await words('is in your draft, with the steps copied');
  // another step, with a fault first
  await follow('Add a step');
  await type('Name', 'word before the letter');
  await type('How many', 'soon');
  await follow('Add the step to the draft');
  await words('“soon” is no whole number.');
  // the page opens at the field that is wrong
  await type('How many', '25');
  await tabTo('Stage');
  await page.keyboard.type('Third');
  await tabTo('Wording');
  await page.keyboard.type('E-mail: third');
  await page.locator('#wording').getByText('third', { exact: false }).first().waitFor();
  await follow('Add the step to the draft');
  await words('is kept in your draft');
  // moved up and down again: the focus stays on the button that was pressed
  await follow('Move word before the letter up');
  await words('Moved up in your draft');
  expect(await page.evaluate(focused)).toMatchObject({ name: 'Move word before the letter up' });
  await follow('Move word before the letter down');
  await words('Moved down in your draft');
  await follow('Copy final notice');
  await words('Copied in your draft');
  await follow('Remove final notice, again');
  await words('“final notice, again” is out of your draft.');
  // the focus goes on where it stood
  expect(await page.evaluate(focused)).toMatchObject({ name: 'Edit final notice' });
  // everybody follows it
  await follow('Rules for everybody');
  await tabTo('Sequence, unless a segment names another');
  await page.keyboard.type('Builders');
  await follow('Keep the rules in the draft');
  await words('The rules are kept in your draft.');
  await follow('Check and save');
  await words('New sequence “Builders” with 8 steps.');
  await words('What this changes for whom');
  await follow('Save policy');
  await words('Version 2 of the policy is in force.');
  const document = await inCompany(server.duly.db, companyId, (tx) => getDocument(tx, companyId));
  expect(document.settings.sequence).toBe('builders_v1');
  expect(document.sequences.at(-1)?.steps.map(({ name, offsetDays }) => [name, offsetDays])).toEqual([
    ['courtesy note', -5],
    ['first reminder', 3],
    ['second reminder', 8],
    ['call', 14],
    ['third reminder', 21],
    ['word before the letter', 25],
    ['formal letter', 30],
    ['final notice', 45],
  ]);
});

it('the pages of the policy are readable for everybody, in light, dark and on a phone', async () => {
  const phone = { phone: true };
  await page.goto(at);
  await eyes.look('policy', both);
  await page.goto(`${at}/sequences/standard`);
  await eyes.look('sequence', phone);
  await page.goto(`${at}/sequences/standard/steps/third`);
  await page.getByLabel('How many').fill('2');
  await page.getByRole('button', { name: 'Keep the step in the draft' }).click();
  await words('can’t be saved like this');
  await eyes.look('step-with-faults', both);
  await page.goto(`${at}/draft`);
  await eyes.look('check-with-faults', phone);
  await page.goto(`${at}/presets`);
  await page.getByText('Read it').first().click();
  await eyes.look('presets', phone);
  await page.goto(`${at}/settings`);
  await eyes.look('rules', phone);
  await page.goto(`${at}/segments`);
  await eyes.look('segments', phone);
  await page.goto(`${at}/segments/habitually_late`);
  await eyes.look('segment');
  await page.goto(`${at}/versions`);
  await eyes.look('versions', phone);
  await page.goto(`${at}/versions/1`);
  await eyes.look('version', both);
  const of = `/companies/${companyId}`;
  // the books of the past are played only once they were read
  await inCompany(server.duly.db, companyId, (tx) =>
    tx.updateTable('company').set({ books_read_at: now }).where('company_id', '=', companyId).execute(),
  );
  await page.goto(`${of}/replay?policy=standard&against=letter_first&from=2026-09-01&to=2026-11-30`);
  await words('Week by week');
  await eyes.look('replay', both);
  await page.goto(`${of}/customers/ridgeway/why?day=2030-01-01`);
  await words('Duly looks 90 days ahead');
  await eyes.look('why-far', both);
  await page.goto(`/companies/${companyId}/customers/ridgeway/policy`);
  await eyes.look('customer-policy', phone);
  await page.goto(`${at}/law`);
  await eyes.look('law', phone);
  await page.goto(`/companies/${companyId}/customers/ridgeway/law`);
  await eyes.look('customer-law', phone);
  await owing(
    server.database.db,
    companyId,
    { id: 'late', name: 'Late Payer LLC', country: 'US' },
    {
      '1001': { dueOn: '2026-10-01', minor: 1_000_000, currency: 'USD' },
      '1000': { dueOn: '2026-09-01', minor: 250_000, currency: 'USD' },
    },
    byTerms,
  );
  await settle(server.database.db, companyId, 'late-1000', [
    { by: 'late', on: '2026-10-15', minor: 250_000, currency: 'USD' },
  ]);
  await page.goto(`/companies/${companyId}/customers/late?asOf=2026-12-31#interest`);
  await words('If nothing is paid until Dec 31, 2026.');
  await eyes.look('customer-interest', both);
  await page.goto(at);
  await page.getByRole('button', { name: 'Make a public page' }).click();
  await page.getByRole('link', { name: 'Look at the page' }).waitFor();
  const address = await page.getByLabel('Copy this into your invoices').inputValue();
  await page.goto(new URL(address).pathname);
  await eyes.look('public', both);
  expect(eyes.faults).toEqual([]);
});
