import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guid } from '../../sandbox/xero/wire/ids.ts';
import type { Duly } from '../../src/platform/context.ts';
import { Api } from '../support/api.ts';
import type { Browser } from '../support/browser.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn, work } from '../support/in-process.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';

interface Touch {
  readonly touchId: string;
  readonly stepKey: string;
  readonly invoices: readonly { readonly invoiceId: string }[];
}

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
  readonly bytesOut: number;
}

/** Mondays, 10:00 in Portland; Tuesdays in Wellington. */
const MORNINGS: Readonly<Record<Provider, readonly [string, string, string]>> = {
  quickbooks: ['2026-11-16T18:00:00Z', '2026-11-23T18:00:00Z', '2026-12-07T18:00:00Z'],
  xero: ['2026-11-15T21:00:00Z', '2026-11-22T21:00:00Z', '2026-12-06T21:00:00Z'],
};

describe.each(['quickbooks', 'xero'] as const)('links and papers: %s', (provider) => {
  const [start, aWeekLater, threeWeeksLater] = MORNINGS[provider];
  const vendor = provider === 'xero' ? 'xero' : 'intuit';
  let world: World;
  let api: Api;
  let browser: Browser;
  let duly: Duly;
  let booksId: string;
  let companyId: string;

  beforeAll(async () => {
    world = await World.start({ now: start });
    browser = world.browser();
    ({ booksId, companyId } = await connect(world, browser, provider));
    api = await Api.of(world, companyId);
    await emailOnly(api);
    duly = composeIn(world);
    await api.call('PATCH', '', { mode: 'approve' });
    await work(world, duly);
  });
  afterAll(() => world.stop());

  const seen = (): Promise<readonly Seen[]> =>
    world.control('GET', `/requests?vendor=${vendor}&companyId=${booksId}`);
  const isLinkRead = (one: Seen): boolean =>
    vendor === 'xero' ? one.path.includes('/OnlineInvoice') : one.query.include === 'invoiceLink';
  /** The invoices that each answered question after links was about. */
  async function linksAsked(): Promise<readonly (readonly string[])[]> {
    const reads = (await seen()).filter((one) => isLinkRead(one) && one.status === 200);
    return reads.map(({ path, query }) =>
      vendor === 'xero'
        ? [/Invoices\/([^/]+)\/OnlineInvoice/.exec(path)?.[1] ?? '']
        : [...(query.query ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1] ?? ''),
    );
  }
  const forget = (): Promise<void> => world.control('DELETE', '/requests');
  /** What the ledger itself says of an invoice's page, worked out from the stand-in's own rule. */
  const pageOf = (invoiceId: string): string =>
    vendor === 'xero'
      ? `${world.sandbox.replace('127.0.0.1', 'localhost')}/xero/online/${guid(`online:${invoiceId}`).replaceAll('-', '')}`
      : `${world.sandbox.replace('127.0.0.1', 'localhost')}/intuit/portal/${booksId}/${invoiceId}`;
  const touches = async (state: string): Promise<readonly Touch[]> =>
    (await api.get<{ items: Touch[] }>(`/touches?state=${state}&limit=500`)).items;

  /** A person releases all that waits; the mails that left, each with its touch. */
  async function release(): Promise<readonly (readonly [Touch, Mail])[]> {
    const before = new Set((await mailsOf(world)).map((mail) => mail.touchId));
    await api.call('POST', '/approvals', { touchIds: 'all' });
    await work(world, duly);
    const sent = new Map((await touches('sent')).map((touch) => [touch.touchId, touch]));
    return (await mailsOf(world)).flatMap((mail) => {
      const touch = sent.get(mail.touchId);
      return touch === undefined || before.has(mail.touchId) ? [] : [[touch, mail] as const];
    });
  }
  /** Where the mail's button and its numbers lead. */
  const linksIn = (mail: Mail): readonly string[] => [
    ...new Set(
      [...mail.html.matchAll(/href="(https?:[^"]+)"/g)].map((match) =>
        (match[1] ?? '').replaceAll('&amp;', '&'),
      ),
    ),
  ];

  it('CON-10 the address in the mail is the ledger’s own, for the invoice that the mail is about', async () => {
    await forget();
    const sent = await release();
    expect(sent.length).toBeGreaterThan(5);
    const withButton = sent.filter(([, mail]) => linksIn(mail).length > 0);
    expect(withButton.length).toBeGreaterThan(3);
    for (const [touch, mail] of withButton) {
      const pages = touch.invoices.map(({ invoiceId }) => pageOf(invoiceId));
      for (const link of linksIn(mail)) {
        expect(pages).toContain(link);
        expect(mail.text).toContain(link);
      }
      expect(mail.text).toMatch(/^View and pay.*: http/m);
      expect(mail.html).toContain(`at ${new URL(linksIn(mail)[0] ?? '').host}`);
    }
    const asked = await linksAsked();
    // one question for the whole batch, or one an invoice; nothing is asked twice
    if (vendor === 'intuit') expect(asked).toHaveLength(1);
    expect(new Set(asked.flat()).size).toBe(asked.flat().length);
  });

  it('what was composed is what was sent, links included, and the API tells the same address', async () => {
    const [touch, mail] = (await pairs()).find(([, one]) => linksIn(one).length === 1) ?? [];
    if (touch === undefined || mail === undefined) throw new Error('no mail with one link');
    const page = await browser.get(`/companies/${companyId}/touches/${touch.touchId}/mail`);
    expect(page.html).toBe(mail.html);
    const [invoice] = touch.invoices;
    const { items } = await api.get<{ items: { onlineUrl: string | null }[] }>(
      `/invoices?invoiceId=${invoice?.invoiceId}`,
    );
    expect(items).toMatchObject([{ onlineUrl: linksIn(mail)[0] }]);
  });

  async function pairs(): Promise<readonly (readonly [Touch, Mail])[]> {
    const sent = new Map((await touches('sent')).map((touch) => [touch.touchId, touch]));
    return (await mailsOf(world)).flatMap((mail) => {
      const touch = sent.get(mail.touchId);
      return touch === undefined ? [] : [[touch, mail] as const];
    });
  }

  it('the second reminder about unchanged invoices costs no read; a changed one is asked about anew, a void one never', async () => {
    const first = (await pairs()).filter(
      ([touch, mail]) => touch.invoices.length === 1 && linksIn(mail).length === 1,
    );
    const ids = first.flatMap(([touch]) => touch.invoices.map((invoice) => invoice.invoiceId));
    const [changed, gone] = ids;
    if (changed === undefined || gone === undefined) throw new Error('too few mails about one invoice');
    await forget();
    await world.setNow(aWeekLater);
    await world.control('PATCH', `/companies/${booksId}/invoices/${changed}`, {
      privateNote: 'seen by the manager',
    });
    await world.control('POST', `/companies/${booksId}/invoices/${gone}/void`);
    await work(world, duly);
    const second = await release();
    const again = second.filter(([touch]) =>
      touch.invoices.every(({ invoiceId }) => ids.includes(invoiceId)),
    );
    expect(again.length).toBeGreaterThan(0);
    for (const [touch, mail] of again) {
      expect(touch.stepKey).toBe('second');
      expect(linksIn(mail)).toEqual(touch.invoices.map(({ invoiceId }) => pageOf(invoiceId)));
    }
    const asked = (await linksAsked()).flat();
    expect(asked).toContain(changed);
    expect(asked).not.toContain(gone);
    expect(ids.filter((id) => id !== changed && asked.includes(id))).toEqual([]);
    const { items } = await api.get<{ items: { onlineUrl: string | null }[] }>(`/invoices?invoiceId=${gone}`);
    expect(items).toMatchObject([{ onlineUrl: null }]);
  });

  it('a ledger that does not answer the question stops no reminder: it leaves without a button', async () => {
    const known = new Set((await linksAsked()).flat());
    await forget();
    await world.setNow(threeWeeksLater);
    await world.control('POST', '/faults', {
      vendor,
      companyId: booksId,
      kind: 'html',
      match: vendor === 'xero' ? 'OnlineInvoice' : 'include=invoiceLink',
      times: 0,
    });
    await work(world, duly);
    const waiting = await touches('awaiting_approval');
    const sent = await release();
    expect(sent.length).toBe(waiting.length);
    expect(sent.length).toBeGreaterThan(0);
    const without = sent.filter(([, mail]) => linksIn(mail).length === 0);
    for (const [, mail] of without) expect(mail.text).toMatch(/How to pay|payment details/);
    expect(known.size).toBeGreaterThan(0);
    await world.control('DELETE', '/faults');
  });

  it('the PDF page gives the ledger’s bytes; the second look, and the API’s, cost no read', async () => {
    const { items } = await api.get<{ items: { invoiceId: string; number: string }[] }>(
      '/invoices?open=true',
    );
    const [invoice] = items;
    if (invoice === undefined) throw new Error('nothing is open');
    const address = `/companies/${companyId}/invoices/${invoice.invoiceId}/pdf`;
    await forget();
    const page = await browser.get(address);
    expect(page.status).toBe(200);
    expect(page.html).toMatch(/^%PDF-/);
    expect(page.html).toContain(invoice.number);
    const reads = await seen();
    expect(reads).toHaveLength(1);
    expect(reads[0]?.bytesOut).toBe(Buffer.byteLength(page.html, 'latin1'));
    expect((await browser.get(address)).html).toBe(page.html);
    const viaApi = await fetch(`${world.duly}/api/v1${address}`, {
      headers: { authorization: `Bearer ${await world.apiKey(companyId)}` },
    });
    expect(Object.fromEntries(viaApi.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(/^inline; filename="invoice[\w.-]*\.pdf"$/),
    });
    expect(await viaApi.text()).toBe(page.html);
    expect(await seen()).toHaveLength(1);
  });

  it('a PDF that can not be had says why, and nobody else’s can be had', async () => {
    const { items } = await api.get<{ items: { invoiceId: string }[] }>('/invoices?open=true');
    const invoiceId = items.at(-1)?.invoiceId;
    const address = `/companies/${companyId}/invoices/${invoiceId}/pdf`;
    const once = (kind: string): Promise<unknown> =>
      world.control('POST', '/faults', { vendor, companyId: booksId, kind, times: 1 });
    await once('html');
    const down = await browser.get(address);
    expect(down.status).toBe(502);
    expect(down.html).toContain('The ledger could not do this now');
    await once('gone');
    const gone = await browser.get(address);
    expect(gone.status).toBe(404);
    expect(gone.html).toContain('The ledger has no PDF of');
    expect((await browser.get(address)).html).toMatch(/^%PDF-/);
    expect((await browser.get(`/companies/${companyId}/invoices/nothing/pdf`)).status).toBe(404);
    const stranger = await fetch(`${world.duly}${address}`, { redirect: 'manual' });
    expect(stranger.status).toBe(302);
    expect(stranger.headers.get('location')).toBe('/signin');
  });

  it('the customer’s page leads to the PDF and to the invoice online', async () => {
    const [touch, mail] = (await pairs()).findLast(([, one]) => linksIn(one).length === 1) ?? [];
    const { customerId } = touch as Touch & { customerId: string };
    const page = await browser.get(`/companies/${companyId}/customers/${customerId}`);
    expect(page.html).toContain('Invoice (PDF)');
    expect(page.html).toContain(`href="${linksIn(mail as Mail)[0]}"`);
  });
});
