import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import { launchChromium } from '../support/chromium.ts';
import { emailOnly } from '../support/email-only.ts';
import { World } from '../support/world.ts';
import { desk, Eyes } from './eyes.ts';

/** Wednesday, 10:00 in Portland and 07:00 on Thursday in Auckland. */
const BEGIN = '2026-12-02T18:00:00Z';

/** In Auckland, after the clock was moved. */
const TODAY = '2026-12-08';

type Ledger = 'quickbooks' | 'xero';
const ledgers: readonly Ledger[] = ['quickbooks', 'xero'];

interface SandboxCompany {
  readonly id: string;
  readonly vendor: 'intuit' | 'xero';
}

interface SandboxInvoice {
  readonly id: string;
  readonly status: string;
  readonly customerId: string;
  readonly currency: string;
  readonly dueDate?: string;
  readonly balanceMinor: number;
}

/** What was found on the way and is needed further on. */
interface Found {
  /** Our company. */
  id: string;
  /** The same in the sandbox. */
  books: string;
  /** A customer who got a reminder, and the only invoice in it. */
  customer: string;
  invoice: string;
}

describe('the way of a person through the whole product', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let eyes: Eyes;
  const found: Record<Ledger, Found> = {
    quickbooks: { id: '', books: '', customer: '', invoice: '' },
    xero: { id: '', books: '', customer: '', invoice: '' },
  };

  beforeAll(async () => {
    [world, browser] = await Promise.all([
      World.start({ now: BEGIN, webhooks: true, role: 'all' }),
      launchChromium(),
    ]);
    const context = await browser.newContext({
      viewport: desk,
      reducedMotion: 'reduce',
      baseURL: world.duly,
    });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    eyes = new Eyes(context, page);
    for (const { id, vendor } of await world.control<SandboxCompany[]>('GET', '/companies'))
      found[vendor === 'xero' ? 'xero' : 'quickbooks'].books = id;
  });

  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  let broken: string | null = null;

  /** One stage; those after a broken one are not tried, and a picture shows where it broke. */
  function stage(name: string, walk: () => Promise<void>): void {
    it(name, async () => {
      if (broken !== null) throw new Error(`not reached: "${broken}" broke`);
      try {
        await walk();
      } catch (error) {
        broken = name;
        await eyes.snap('broken');
        throw error;
      }
    });
  }

  const link = (name: string | RegExp): Locator => page.getByRole('link', { name });
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const heading = (name: string | RegExp): Locator => page.getByRole('heading', { name }).first();
  const words = (text: string | RegExp): Locator => page.getByText(text).first();
  const tab = (name: string): Locator =>
    page.getByRole('navigation', { name: 'Which customers' }).getByRole('link', { name });
  const at = (ledger: Ledger, rest: string): string => `/companies/${found[ledger].id}/${rest}`;

  /** Opens the page again until it shows this: what a person does who waits for the worker. */
  async function appears(what: Locator): Promise<void> {
    // rings are gathered for up to 15 seconds
    const until = performance.now() + 90_000;
    for (;;) {
      const seen = await what.waitFor({ timeout: 500 }).then(
        () => true,
        () => false,
      );
      if (seen) return;
      if (performance.now() > until) return await what.waitFor({ timeout: 500 });
      await page.reload();
    }
  }

  /** Follows a customer's reminder into the ledger: opens the invoice there as a person would. */
  async function openInLedger(ledger: Ledger): Promise<void> {
    await page.goto(`${world.sandbox}/ledger/${found[ledger].books}?show=all`);
    await page.getByRole('link', { name: found[ledger].invoice, exact: true }).click();
    await heading(`Invoice ${found[ledger].invoice}`).waitFor();
  }

  async function openCustomer(ledger: Ledger): Promise<void> {
    await page.goto(at(ledger, 'receivables?show=all'));
    await page.getByRole('link', { name: found[ledger].customer, exact: true }).click();
    await heading(found[ledger].customer).waitFor();
  }

  function idInAddress(): string {
    const id = /\/companies\/([0-9a-f-]{36})/.exec(page.url())?.[1];
    if (id === undefined) throw new Error(`no company in ${page.url()}`);
    return id;
  }

  stage('says in words that nothing was connected when consent is refused', async () => {
    await page.goto('/');
    await eyes.look('start', { dark: true, phone: true });
    await link('Connect QuickBooks Online').click();
    await heading('Connect Duly to QuickBooks').waitFor();
    await eyes.look('quickbooks-consent', { phone: true });
    await button('No thanks').click();
    await heading('You said no').waitFor();
    await words('Nothing was connected').waitFor();
    await eyes.look('consent-refused', { phone: true });
  });

  stage('connects QuickBooks with one click and shows how the first reading advances', async () => {
    const { quickbooks } = found;
    const slow = { vendor: 'intuit', companyId: quickbooks.books, kind: 'delay', ms: 700, times: 0 };
    await link('Connect QuickBooks Online again').click();
    await world.control('POST', '/faults', slow);
    await button('Connect').click();
    await heading('Reading the books of Larkspur Joinery').waitFor();
    quickbooks.id = idInAddress();
    const second = await page.context().newPage();
    await second.goto(at('quickbooks', 'approve'));
    await second.getByText('Nothing waits, and nothing is planned').waitFor();
    await second.close();
    await words(/[1-9][\d,]* (?:of [\d,]+ )?rows/).waitFor();
    await eyes.look('first-reading', { dark: true, phone: true });
    await world.control('DELETE', '/faults');
    await page.waitForURL('**/receivables');
  });

  stage('shows who is past due, by how much and why', async () => {
    await heading('Who is past due').waitFor();
    await words('First reminder (preview)').waitFor();
    await words('Why?').click();
    await words(/Rule [RS]\d/).waitFor();
    await eyes.look('past-due', { dark: true, phone: true });
    for (const name of ['Held', 'All open']) {
      await tab(name).click();
      await page
        .getByRole('link', { name, exact: false })
        .and(page.locator('[aria-current]'))
        .first()
        .waitFor();
      await eyes.look(name.toLowerCase().replaceAll(' ', '-'));
    }
    await tab('Past due').click();
    await link('Driftwood Inn').click();
    await heading('What happens next').waitFor();
    for (const why of await page.getByText('Why?').all()) await why.click();
    await eyes.look('customer-held', { dark: true, phone: true });
  });

  stage('connects the Xero organisation too', async () => {
    await page.goto('/companies');
    await link('Connect Xero').click();
    await heading('Duly wants access to your Xero organisation').waitFor();
    await eyes.look('xero-consent', { phone: true });
    await button('Allow access').click();
    await page.waitForURL('**/receivables');
    found.xero.id = idInAddress();
    await words('First reminder (preview)').waitFor();
    await eyes.look('past-due-xero', { phone: true });
    await page.goto('/companies');
    await eyes.look('companies', { phone: true });
  });

  for (const ledger of ledgers)
    stage(`takes mode, statement and brand of the ${ledger} company`, async () => {
      const first = ledger === 'quickbooks';
      // this is the way of the e-mails; what policies there are to choose from is shown elsewhere
      await emailOnly(await Api.of(world, found[ledger].id));
      await page.goto(at(ledger, 'settings'));
      await page.getByRole('radio', { name: 'Approve' }).check();
      await button('Save the mode').click();
      await page.getByRole('status').waitFor();
      await page
        .getByRole('checkbox', { name: /I state this/ })
        .first()
        .check();
      await button('State it').first().click();
      await words('✓ Stated by').waitFor();
      if (first) await eyes.look('settings', { dark: true, phone: true });
      await page.goto(at(ledger, 'brand'));
      await page.getByRole('radio', { name: 'A receivables service acting for you writes' }).check();
      await page.getByLabel('The name customers know').fill(first ? 'Larkspur' : 'Tideline');
      await page.getByLabel('Colour').fill('#7a2e5d');
      await page.getByLabel('Ways to pay').fill('Bank transfer: account 00-1234-5678, Larkspur');
      const sample = page.frameLocator('iframe[title="Sample: From your receivables service"]');
      await sample
        .getByText(first ? 'for Larkspur' : 'for Tideline')
        .first()
        .waitFor();
      await button('Save the brand').click();
      await page.getByRole('status').waitFor();
      await sample
        .getByText(/has not bought this debt/)
        .first()
        .waitFor();
      if (first) await eyes.look('brand', { dark: true, phone: true });
    });

  for (const ledger of ledgers)
    stage(`shows an e-mail and releases the first batch of the ${ledger} company`, async () => {
      await page.goto(at(ledger, 'approve'));
      await appears(button(/^Send \d+ reminders$/));
      const row = page.getByRole('row').filter({ hasText: /^(?!.*(?:and \d+ more)).*See the e-mail/ });
      found[ledger].customer = (await row.locator('a.rowlink').first().innerText()).trim();
      await page.getByText('See the e-mail').first().click();
      const mail = page.frameLocator('iframe.mail >> nth=0');
      await mail.getByText('acting for').first().waitFor();
      await eyes.look(`approve-${ledger}`, ledger === 'quickbooks' ? { dark: true, phone: true } : {});
      await button(/^Send \d+ reminders$/).click();
      await page.getByRole('status').waitFor();
      await eyes.look(`released-${ledger}`, { phone: ledger === 'xero' });
    });

  stage('sends in the office hours of the reader, and the mailbox has it', async () => {
    await page.goto(`${world.sandbox}/clock`);
    await eyes.look('sandbox-clock', { phone: true });
    await button(/at Tideline Signs/).click();
    await words('The clock moved').waitFor();
    await page.goto(at('xero', 'approve'));
    await appears(words('Nothing waits for your approval'));
    await page.goto(`${world.sandbox}/mailbox`);
    await appears(page.locator('.mails li >> nth=15'));
    await eyes.look('mailbox', { dark: true, phone: true });
    await page.locator('.mails a').first().click();
    await page.frameLocator('iframe.paper').getByText('acting for').first().waitFor();
    await eyes.look('mail', { phone: true });
    await link('Text').click();
    await words('acting for').waitFor();
    await link('Headers and metadata').click();
    await words('X-PM').or(words('Message-ID')).first().waitFor();
    await eyes.look('mail-headers');
  });

  for (const ledger of ledgers)
    stage(`finds the reminder as a note on the invoice in ${ledger}`, async () => {
      await openCustomer(ledger);
      await appears(words(/✓ noted in the ledger/));
      const noted = await words(/✓ noted in the ledger/).innerText();
      found[ledger].invoice = /invoices? ([^\s,]+)/.exec(noted)?.[1] ?? '';
      await page
        .getByText(/^Read “/)
        .first()
        .click();
      await page.frameLocator('iframe.mail').getByText('acting for').first().waitFor();
      await eyes.look(`reminded-${ledger}`, ledger === 'quickbooks' ? { dark: true, phone: true } : {});
      await openInLedger(ledger);
      await page
        .locator('[data-note]')
        .getByText(/reminder/i)
        .first()
        .waitFor();
      await eyes.look(`ledger-note-${ledger}`, ledger === 'quickbooks' ? { dark: true, phone: true } : {});
    });

  stage('closes the case when a payment is recorded in the ledger', async () => {
    await openInLedger('quickbooks');
    await button('Record payment').click();
    await words('Recorded a payment').waitFor();

    await openCustomer('quickbooks');
    await appears(words(/^Case .* closed/));
    await words('Nothing is past due').waitFor();
    await eyes.look('case-closed', { phone: true });
  });

  stage('plans the next step when the days go by', async () => {
    await page.goto(`${world.sandbox}/clock`);
    for (const moved of ['Fri', 'Mon', 'Tue']) {
      await button(/at Tideline Signs/).click();
      await page.getByRole('definition').getByText(moved).first().waitFor();
    }
    await page.goto(at('xero', 'approve'));
    await appears(heading(/^Second reminder/));
    await eyes.look('approve-second', { phone: true });
    await openCustomer('xero');
    await words('Second reminder').waitFor();
    await eyes.look('next-step');
  });

  stage('says so when nobody is past due', async () => {
    const address = `/companies/${found.xero.books}`;
    const late = (await world.control<SandboxInvoice[]>('GET', `${address}/invoices`)).filter(
      (row) => row.status === 'open' && row.balanceMinor > 0 && (row.dueDate ?? TODAY) < TODAY,
    );
    // one change of the books, as a bank feed brings them: payments that trickle in are read in two goes on a busy machine
    const changes = late.map(({ id: invoiceId, customerId, currency, balanceMinor }) => {
      const applyTo = [{ invoiceId, amountMinor: balanceMinor }];
      return { do: 'addPayment', row: { customerId, currency, totalMinor: balanceMinor, applyTo } };
    });
    // the morning's 24 calls and the 6 that a ring costs are all that background work may have of Xero's minute: people
    // pay a minute later, as on a clock that stands still the minute does not end
    await world.setNow(new Date((await world.now()).getTime() + 60_000).toISOString());
    await world.control('POST', `${address}/changes`, changes);
    await page.goto(at('xero', 'receivables'));
    await appears(heading('Nobody is past due.'));
    await eyes.look('nobody-past-due', { phone: true });
    await page.goto(at('xero', 'approve'));
    await appears(words(/^Nothing waits/));
  });

  stage('says what a lost connection means, and what problems there are', async () => {
    await page.goto(at('quickbooks', 'problems'));
    await eyes.look('problems', { dark: true, phone: true });
    await page.goto(at('quickbooks', 'connection'));
    await words('Disconnect from QuickBooks Online').click();
    await eyes.look('connection', { phone: true });
    await button('Disconnect Larkspur Joinery').click();
    await words('This company is disconnected').waitFor();
    await eyes.look('disconnected', { phone: true });
    await page.goto(`${world.sandbox}/ledger/${found.xero.books}`);
    await eyes.look('ledger-xero', { phone: true });
    await button('Disconnect Duly').click();
    await words('Duly is disconnected').waitFor();
    await page.goto(at('xero', 'connection'));
    await button('Read the books now').click();
    await appears(words('The connection is lost'));
    await eyes.look('connection-lost', { dark: true, phone: true });
    await page.goto(at('xero', 'problems'));
    await words('The connection to the books ended: the organisation was disconnected in Xero.').waitFor();
    await eyes.look('problems-connection');
  });

  it('left nothing to complain about on any page', () => {
    expect(eyes.faults).toEqual([]);
  });

  it('would have noticed a page with faults', async () => {
    await page.goto('about:blank');
    await page.setContent('<html><body><img src="data:,"><input><script>throw new Error("x")</script>');
    await eyes.look('control');
    expect(eyes.faults.map((fault) => /image-alt|html-has-lang|label|script/.exec(fault)?.[0])).toEqual(
      expect.arrayContaining(['image-alt', 'html-has-lang', 'label', 'script']),
    );
  });
});
