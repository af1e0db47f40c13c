import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postmarkMailer } from '../../../connectors/postmark/index.ts';
import { xero } from '../../../connectors/xero/index.ts';
import { readSandboxConfig } from '../../../sandbox/config.ts';
import { buildSandbox } from '../../../sandbox/server.ts';
import { httpClient } from '../../../src/platform/http.ts';
import { sandboxAddresses, sandboxKeys } from '../../../src/platform/sandbox-config.ts';
import type { CodeResult, Ledger, LedgerProvider } from '../../../src/ports/ledger.ts';
import { openGate } from '../../support/open-gate.ts';
import { known } from '../../support/values.ts';
import { pagesOf } from './support.ts';

type Sandbox = Awaited<ReturnType<typeof buildSandbox>>;

let sandbox: Sandbox;
let url: string;
let provider: LedgerProvider;
let connected: CodeResult;
let ledger: Ledger;

beforeAll(async () => {
  sandbox = await buildSandbox(readSandboxConfig({ ...sandboxKeys, SANDBOX_SEED: '1' }));
  url = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  sandbox.context.config.publicUrl = url;
  provider = connector();
  connected = await connect();
  ledger = provider.open(connected.books[0]?.ledgerRef ?? '', access, openGate);
});
afterAll(() => sandbox.app.close());

const access = async () => connected.grant.accessToken;

function connector(): LedgerProvider {
  const address = sandboxAddresses(url);
  const at = (name: string) => address[`XERO_${name}`] ?? '';
  const http = httpClient({ allowedOrigins: [url], userAgent: 'Duly test' });
  const settings = {
    clientId: sandboxKeys.XERO_CLIENT_ID,
    clientSecret: sandboxKeys.XERO_CLIENT_SECRET,
    webhookKey: sandboxKeys.XERO_WEBHOOK_KEY,
    authorizeUrl: at('AUTHORIZE_URL'),
    tokenUrl: at('TOKEN_URL'),
    revokeUrl: at('REVOKE_URL'),
    jwksUrl: at('JWKS_URL'),
    apiUrl: at('API_URL'),
  };
  return xero(settings, { clock: sandbox.context.clock, http });
}

function tenantId(): string {
  return sandbox.context.books.companies().find((company) => company.vendor === 'xero')?.id ?? '';
}

/** Consents as a person would on the page, and exchanges the code. */
async function connect(): Promise<CodeResult> {
  const codeVerifier = 'v'.repeat(50);
  const redirectUri = 'http://localhost:3000/connect/xero/callback';
  const page = provider.authorizeUrl({
    purpose: 'connect',
    state: 'state-1',
    nonce: 'nonce-1',
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    redirectUri,
  });
  const body = new URLSearchParams({ decision: 'allow', tenant: tenantId() });
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  const callback = Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
  return provider.exchangeCode({
    code: callback.code ?? '',
    redirectUri,
    codeVerifier,
    nonce: 'nonce-1',
    callback,
  });
}

describe('the connector against the stand-in for Xero', () => {
  it('has connected one organisation, and its profile', async () => {
    expect(connected.books).toMatchObject([{ ledgerRef: tenantId(), connectionRef: expect.any(String) }]);
    expect(connected.identity).toMatchObject({
      email: expect.stringContaining('@'),
      name: expect.any(String),
    });
    const company = sandbox.context.books.company(tenantId());
    expect(await ledger.profile()).toMatchObject({
      name: company.name,
      timeZone: company.timeZone,
      baseCurrency: company.baseCurrency,
      ownReminders: company.remindersOn,
    });
  });

  it('reads every row, and its sums are the ledger’s own to the cent', async () => {
    const pages = await pagesOf(ledger.readAll(null, known));
    const { books } = sandbox.context;
    expect(pages.flatMap((page) => page.rejected)).toEqual([]);
    const read = new Set(pages.flatMap((page) => page.invoices.map((row) => row.invoiceId)));
    expect(read.size).toBe(books.invoices(tenantId()).length);
    expect(new Set(pages.flatMap((page) => page.customers.map((row) => row.customerId))).size).toBe(
      books.customers(tenantId()).length,
    );
    const { sums: owed } = await ledger.receivables(known);
    const open = pages.flatMap((page) => page.invoices).filter((row) => row.status === 'open');
    const credits = pages.flatMap((page) => page.credits).filter((row) => row.status === 'open');
    const sum =
      open.reduce((all, row) => all + row.openMinor, 0) -
      credits.reduce((all, row) => all + row.remainingMinor, 0);
    expect(owed.reduce((all, one) => all + one.minor, 0)).toBe(sum);
  });

  it('sees a payment, its deletion and a void invoice as changes, and confirms by id', async () => {
    const { clock } = sandbox.context;
    const cursor = (await pagesOf(ledger.readAll(null, known))).at(-1)?.cursor ?? '';
    const pages = await pagesOf(ledger.readAll(null, known));
    const [victim, payable] = pages.flatMap((page) => page.invoices).filter((row) => row.status === 'open');
    clock.set(new Date(clock.now().getTime() + 3600_000));
    const control = (path: string, body: object) =>
      fetch(`${url}/control/companies/${tenantId()}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const paid = { customerId: payable?.customerId, totalMinor: 100 };
    const applyTo = [{ invoiceId: payable?.invoiceId, amountMinor: 100 }];
    const payment = (await (await control('payments', { ...paid, applyTo })).json()) as { id: string };
    await control(`invoices/${victim?.invoiceId}/void`, {});
    connected = { ...connected, grant: await provider.refresh(connected.grant.refreshToken) };

    const missing = '00000000-0000-0000-0000-00000000dead';
    const changes = await pagesOf(
      ledger.readChanges(cursor, { confirm: [payable?.invoiceId ?? '', missing] }),
    );
    expect(changes.flatMap((page) => page.payments)).toMatchObject([
      { status: 'valid', allocations: [{ invoiceId: payable?.invoiceId, amountMinor: 100 }] },
    ]);
    const states = new Map(changes.flatMap((page) => page.invoices).map((row) => [row.invoiceId, row]));
    expect(states.get(victim?.invoiceId ?? '')).toMatchObject({ status: 'void' });
    expect(states.get(payable?.invoiceId ?? '')).toMatchObject({
      openMinor: (payable?.openMinor ?? 0) - 100,
    });
    expect(changes.flatMap((page) => page.removed)).toMatchObject([{ id: missing }]);

    await control(`payments/${payment.id}/delete`, {});
    const after = await pagesOf(ledger.readChanges(changes.at(-1)?.cursor ?? ''));
    expect(after.flatMap((page) => page.payments).at(-1)).toMatchObject({ status: 'deleted' });
  });

  it('writes a note once, however often it is told to, and finds it', async () => {
    const open = (await pagesOf(ledger.readAll(null, known)))
      .flatMap((page) => page.invoices)
      .find((row) => row.status === 'open');
    const note = {
      invoiceId: open?.invoiceId ?? '',
      text: 'Reminder [duly:1]',
      marker: '[duly:1]',
      idempotencyKey: 'k1',
    };
    await ledger.writeNote(note);
    await ledger.writeNote(note);
    expect(await ledger.notesOn(note.invoiceId)).toContainEqual({ noteId: null, text: note.text });
    const notes = sandbox.context.books.notes(tenantId()).filter((row) => row.text.includes(note.marker));
    expect(notes).toHaveLength(1);
    expect((await ledger.onlineInvoiceUrls([note.invoiceId])).get(note.invoiceId)?.url).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/xero\/online\//,
    );
  });

  it('sends and looks up a mail through the stand-in for Postmark', async () => {
    const settings = {
      serverToken: sandboxKeys.POSTMARK_SERVER_TOKEN,
      stream: 'outbound',
      apiUrl: `${url}/postmark`,
    };
    const mailer = postmarkMailer(settings);
    const outcome = await mailer.send({
      touchId: 'touch-1',
      companyId: 'company-1',
      from: { name: 'Kiwi', email: 'kiwi@notices.example' },
      to: { name: '', email: 'ap@debtor.example' },
      replyTo: 'r+1@in.example',
      subject: 'Invoice 1',
      html: '<p>Hi</p>',
      text: 'Hi',
      messageId: 'touch-1@notices.example',
      inReplyTo: null,
      references: [],
    });
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(await mailer.find('touch-1')).toBe(outcome.kind === 'accepted' ? outcome.providerMessageId : '');
    expect(await mailer.find('touch-2')).toBeNull();
  });

  it('disconnects, and then knows that it is', async () => {
    const [books] = connected.books;
    if (books === undefined) throw new Error('nothing was connected');
    await provider.disconnect(access, connected.grant.refreshToken, books);
    await expect(provider.refresh(connected.grant.refreshToken)).rejects.toMatchObject({
      kind: 'reconnect_needed',
    });
  });
});
