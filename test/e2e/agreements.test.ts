import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { addCompany } from '../support/company.ts';
import { signIn } from '../web/agreements-support.ts';
import { seedBook } from '../web/api-seed.ts';
import { type TestServer, testServer } from '../web/api-support.ts';
import { desk, Eyes } from './eyes.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let eyes: Eyes;
let companyId: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
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
  eyes = new Eyes(context, page, 'test/e2e/screenshots-agreements');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const words = (text: string | RegExp) => page.getByText(text).first();
const both = { dark: true, phone: true };

it('notes a promise, agrees a plan and offers a settlement with the keyboard and without faults', async () => {
  const customer = `/companies/${companyId}/customers/ridgeway`;
  await page.goto(`/companies/${companyId}/agreements`);
  await eyes.look('nothing-agreed', { phone: true });
  await page.goto(customer);
  await page.getByText('Note a promise to pay').press('Enter');
  await eyes.look('promise-form', { phone: true });
  await page.getByLabel('Amount').first().fill('12,50');
  await button('Note the promise').press('Enter');
  await words('Write who said it.').waitFor();
  await eyes.look('promise-with-faults', both);
  await page.getByLabel('Amount').fill('400');
  await page.getByLabel('Who said it').fill('Jo Park, accounts payable');
  await page.getByText('Choose only some').click();
  await page.getByLabel(/N-102/).check();
  await button('Note the promise').click();
  await words('The promise is noted').waitFor();

  await page.getByText('Agree a plan').click();
  await page.getByLabel(/N-101/).and(page.locator('#plan-invoices-101')).check();
  await button('Lay out the instalments').click();
  await words('2. Agree it').waitFor();
  await page.getByLabel('Agreed with').fill('Jo Park');
  await page.getByLabel('Instalment 1, amount').fill('299.99');
  await button('Agree the plan of $900.00').click();
  await words('$0.01 is missing').waitFor();
  await eyes.look('plan-with-faults', both);
  await page.getByLabel('Instalment 1, amount').fill('300');
  await button('Agree the plan of $900.00').click();
  await words('The plan of 3 instalments is agreed').waitFor();
  await eyes.look('customer-agreed', both);

  await page.goto(`/companies/${companyId}/customers/quill/agreements/offer`);
  await page.getByLabel(/N-201/).check();
  await page.getByLabel('or a discount in per cent').fill('10');
  await button('Look at the offer').click();
  await words('instead of $900.00').waitFor();
  await eyes.look('offer', both);
  await button('Offer $810.00').click();
  await words('The offer is noted').waitFor();
  await page.goto(`/companies/${companyId}/agreements`);
  await page
    .getByRole('navigation', { name: 'Which agreements' })
    .getByRole('link', { name: 'Plans' })
    .click();
  await words('Plan: $900.00 in 3 instalments').waitFor();
  await eyes.look('list', both);
  expect(eyes.faults).toEqual([]);
});
