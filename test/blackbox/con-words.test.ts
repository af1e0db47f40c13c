import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import type { Browser } from '../support/browser.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn } from '../support/in-process.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';

/** Monday, 13:00 in Portland; Tuesday, 10:00 in Wellington. */
const START = '2026-11-16T21:00:00Z';
const NAME = '<script>alert(1)</script> & Sons';
const NUMBER = '7&<b>8</b>';
/** Others that are let go as well, so that more than one mail is looked at. */
const OTHERS = 4;

interface Touch {
  readonly touchId: string;
  readonly customerId: string;
}

/** What one company wrote to the customer with the odd name, and where its pages are. */
interface Written {
  readonly companyId: string;
  readonly mail: Mail;
}

const providers = ['quickbooks', 'xero'] as const;
let world: World;
let browser: Browser;
let duly: Duly;
const firms: { provider: Provider; customerId: string; companyId: string; api: Api }[] = [];
const written = new Map<Provider, Written>();

beforeAll(async () => {
  world = await World.start({ now: START });
  browser = world.browser();
  const known = await world.control<{ id: string; vendor: string }[]>('GET', '/companies');
  duly = composeIn(world);
  for (const provider of providers) {
    const vendor = provider === 'xero' ? 'xero' : 'intuit';
    const booksId = known.find((company) => company.vendor === vendor)?.id ?? '';
    const customerId = await owing(world, booksId, `odd@${provider}.example`);
    const { companyId } = await connect(world, browser, provider);
    const api = await Api.of(world, companyId);
    await emailOnly(api);
    await api.call('PATCH', '', { mode: 'approve' });
    firms.push({ provider, customerId, companyId, api });
  }
});

beforeAll(async () => {
  // connecting has read the books already
  await tickOnce(duly);
  for (const { api, customerId } of firms) {
    const { items } = await api.get<{ items: Touch[] }>('/touches?state=awaiting_approval&limit=500');
    const ours = items.filter((touch) => touch.customerId === customerId);
    const others = items.filter((touch) => touch.customerId !== customerId).slice(0, OTHERS);
    await api.call('POST', '/approvals', { touchIds: [...ours, ...others].map((touch) => touch.touchId) });
  }
  await tickOnce(duly);
  for (const { provider, companyId } of firms) {
    const mail = (await mailsOf(world)).find(({ to }) => to.includes(`odd@${provider}.example`));
    if (mail === undefined) throw new Error(`the customer of ${provider} was not written to`);
    written.set(provider, { companyId, mail });
  }
});
afterAll(() => world.stop());

describe.each(providers)('what is written: %s', (provider) => {
  const found = (): Written => {
    const one = written.get(provider);
    if (one === undefined) throw new Error('nothing was written');
    return one;
  };

  it('CON-08 markup in a customer’s name and an invoice’s number is shown as it is written, and does nothing', async () => {
    const { companyId, mail } = found();
    expect(mail.html).not.toMatch(/<script|<b>8/i);
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons');
    expect(mail.html).toContain('7&amp;&lt;b&gt;8&lt;/b&gt;');
    expect(mail.text).toContain(NAME);
    expect(mail.text).toContain(`Invoice ${NUMBER}`);
    expect(mail.subject).toContain(NUMBER);
    const page = await browser.get(`/companies/${companyId}/touches/${mail.touchId}`);
    expect(page.html).not.toMatch(/<script>alert|<b>8/i);
    expect(page.html).toContain('&lt;script>alert(1)&lt;/script> &amp; Sons');
  });

  it('CON-07 says which language it is in; English stands in for a language that there is no template in', () => {
    const { mail } = found();
    expect(mail.html).toMatch(/<html[^>]* lang="en"/);
    expect(mail.text).toMatch(/^Hello /m);
  });

  it('CON-09 no unknown placeholder ever leaves: nothing of a template’s own signs is in what was sent', async () => {
    const mails = await mailsOf(world);
    expect(mails.length).toBeGreaterThan(2);
    for (const { subject, text, html } of mails) {
      expect(subject + text).not.toMatch(/\{\{|\{%|undefined|null|NaN/);
      expect(html).not.toMatch(/\{\{|\{%/);
    }
  });

  it('CON-10 every link in it leads somewhere, and a button stands only where there is a page to open', () => {
    const { mail } = found();
    const hrefs = [...mail.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(hrefs.length).toBeGreaterThan(0);
    for (const href of hrefs) expect(href).toMatch(/^(https?:\/\/[^/]+\/|mailto:[^@]+@)/);
    expect(mail.html.includes('View and pay')).toBe(hrefs.some((href) => href.startsWith('http')));
  });
});

/** A customer that owes one invoice for six days; returns its id. */
async function owing(world: World, booksId: string, email: string): Promise<string> {
  const base = `/companies/${booksId}`;
  const row = { name: NAME, companyName: NAME, email };
  const { id } = await world.control<{ id: string }>('POST', `${base}/customers`, row);
  await world.control('POST', `${base}/invoices`, {
    customerId: id,
    number: NUMBER,
    date: '2026-10-01',
    dueDate: '2026-11-10',
    sentAt: '2026-10-01T12:00:00Z',
    lines: [{ description: 'Work', quantity: 1, unitMinor: 40_000, amountMinor: 40_000 }],
  });
  return id;
}
