import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { quickbooks } from '../../../connectors/quickbooks/index.ts';
import { readSandboxConfig } from '../../../sandbox/config.ts';
import type { SandboxContext } from '../../../sandbox/context.ts';
import { buildSandbox } from '../../../sandbox/server.ts';
import { httpClient } from '../../../src/platform/http.ts';
import type { BooksPage, Ledger, LedgerProvider, TokenGrant } from '../../../src/ports/ledger.ts';
import { openGate } from '../../support/open-gate.ts';
import { known } from '../../support/values.ts';
import { collect } from './support.ts';

/* The connector against the stand-in, over the wire: connect, read, change, note, disconnect. In this order. */

const folder = mkdtempSync(join(tmpdir(), 'duly-qbo-'));
const clockFile = join(folder, 'now');
let now = new Date('2026-11-21T15:00:00Z');
let context: SandboxContext;
let close: () => Promise<unknown>;
let provider: LedgerProvider;
let grant: TokenGrant;
let realm: string;
let ledger: Ledger;
let pages: BooksPage[];
let base: string;

function setClock(instant: string): void {
  now = new Date(instant);
  writeFileSync(clockFile, instant);
}

beforeAll(async () => {
  setClock('2026-11-21T15:00:00Z');
  const sandbox = await buildSandbox(readSandboxConfig({ CLOCK_FILE: clockFile }));
  context = sandbox.context;
  close = () => sandbox.app.close();
  const url = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  base = `${url}/intuit`;
  const { clientId, clientSecret, webhookToken } = context.config.intuit;
  const settings = {
    clientId,
    clientSecret,
    webhookToken,
    authorizeUrl: `${base}/connect/oauth2`,
    tokenUrl: `${base}/oauth2/v1/tokens/bearer`,
    revokeUrl: `${base}/v2/oauth2/tokens/revoke`,
    userinfoUrl: `${base}/v1/openid_connect/userinfo`,
    jwksUrl: `${base}/op/v1/jwks`,
    apiUrl: base,
  };
  const http = httpClient({ allowedOrigins: [url], userAgent: 'Duly/test' });
  provider = quickbooks(settings, { clock: { now: () => now }, http });
  realm = context.books.companies().find((company) => company.vendor === 'intuit')?.id ?? '';
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

/** Presses the consent page's button, as a person would, and returns the callback's parameters. */
async function consent(): Promise<Record<string, string>> {
  const request = { state: 's-1', nonce: 'n-1', codeChallenge: 'c-1', redirectUri: 'http://localhost:9/cb' };
  const address = new URL(provider.authorizeUrl({ purpose: 'connect', ...request }));
  const form = new URLSearchParams(address.search);
  form.set('realm', realm);
  form.set('decision', 'allow');
  const answer = await fetch(base + address.pathname.replace('/intuit', ''), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
}

test('a person connects, and the code works once', async () => {
  const callback = await consent();
  const exchange = {
    code: callback.code ?? '',
    redirectUri: 'http://localhost:9/cb',
    codeVerifier: 'v',
    nonce: 'n-1',
    callback,
  };
  const result = await provider.exchangeCode(exchange);
  expect(result.books).toEqual([{ ledgerRef: realm, connectionRef: null, name: '' }]);
  expect(result.identity.subject).not.toBe('');
  expect(result.grant.hardExpiresAt).not.toBeNull();
  grant = await provider.refresh(result.grant.refreshToken);
  ledger = provider.open(
    realm,
    async (after401) => {
      if (after401 === grant.accessToken) grant = await provider.refresh(grant.refreshToken);
      return grant.accessToken;
    },
    openGate,
  );
  expect(await ledger.profile()).toMatchObject({ name: context.books.company(realm).name, country: 'US' });
  await expect(provider.exchangeCode({ ...exchange, ...{ callback } })).rejects.toMatchObject({
    kind: 'invalid',
  });
});

test('the first read brings the books to the cent', async () => {
  // using a code twice may have cost the tokens, as at Intuit
  const callback = await consent();
  const redirectUri = 'http://localhost:9/cb';
  const code = callback.code ?? '';
  grant = (await provider.exchangeCode({ code, redirectUri, codeVerifier: 'v', nonce: 'n-1', callback }))
    .grant;
  pages = await collect(ledger.readAll(null, known));
  expect(pages.flatMap((page) => page.rejected)).toEqual([]);
  const invoices = pages.flatMap((page) => page.invoices);
  const stored = context.books
    .invoices(realm)
    .filter((row) => row.status === 'open' || row.status === 'voided')
    .map((row) => [row.id, context.books.balanceMinor(realm, row.id)]);
  expect(stored.length).toBeGreaterThan(10);
  expect(new Map(invoices.map((row) => [row.invoiceId, row.openMinor]))).toEqual(
    new Map(stored as [string, number][]),
  );
});

test("the positions tie out with the ledger's own receivables", async () => {
  const sums = new Map<string, number>();
  const add = (customerId: string | null, currency: string, minor: number) => {
    const key = `${customerId} ${currency}`;
    sums.set(key, (sums.get(key) ?? 0) + minor);
  };
  for (const page of pages) {
    for (const row of page.invoices) add(row.customerId, row.currency, row.openMinor);
    for (const row of page.credits) add(row.customerId, row.currency, -row.remainingMinor);
    for (const row of page.payments) add(row.customerId, row.currency, -row.unappliedMinor);
  }
  const { sums: stated } = await ledger.receivables(known);
  expect(stated.length).toBeGreaterThan(5);
  for (const row of stated)
    expect([row, sums.get(`${row.customerId} ${row.currency}`) ?? 0]).toEqual([row, row.minor]);
});

test('an unchanged company costs one read; a payment and a deletion are seen', async () => {
  setClock('2026-11-23T15:00:00Z');
  const cursor = pages.at(-1)?.cursor ?? '';
  const open = pages.flatMap((page) => page.invoices).filter((row) => row.openMinor > 0);
  const [paid, gone] = open;
  if (paid === undefined || gone === undefined) throw new Error('the sample company has no open invoices');
  const [quiet] = await collect(ledger.readChanges(cursor, { confirm: [paid.invoiceId] }));
  expect(quiet).toMatchObject({ invoices: [], removed: [], done: true });

  context.books.addPayment(
    realm,
    {
      customerId: paid.customerId,
      date: '2026-11-23',
      currency: paid.currency,
      totalMinor: paid.openMinor + 500,
      status: 'open',
    },
    [{ invoiceId: paid.invoiceId, amountMinor: paid.openMinor }],
  );
  context.books.deleteInvoice(realm, gone.invoiceId);
  const [changed] = await collect(ledger.readChanges(quiet?.cursor ?? '', { confirm: [gone.invoiceId] }));
  expect(changed?.rejected).toEqual([]);
  expect(changed?.invoices).toContainEqual(
    expect.objectContaining({ invoiceId: paid.invoiceId, openMinor: 0, status: 'closed' }),
  );
  expect(changed?.removed).toContainEqual(expect.objectContaining({ kind: 'invoice', id: gone.invoiceId }));
  expect(changed?.payments).toContainEqual(
    expect.objectContaining({
      unappliedMinor: 500,
      allocations: [{ invoiceId: paid.invoiceId, amountMinor: paid.openMinor }],
    }),
  );
});

test('a note is written once and found again', async () => {
  const invoice = pages
    .flatMap((page) => page.invoices)
    .find((row) => row.openMinor > 0 && row.number !== null);
  const invoiceId = invoice?.invoiceId ?? '';
  const note = {
    invoiceId,
    text: 'Reminder sent. [duly:t_01]',
    marker: '[duly:t_01]',
    idempotencyKey: 'n-01',
  };
  expect((await ledger.notesOn(invoiceId)).map((row) => row.text)).not.toContain(note.text);
  const first = await ledger.writeNote(note);
  expect((await ledger.writeNote(note)).noteId).toBe(first.noteId);
  expect(await ledger.notesOn(invoiceId)).toContainEqual({ noteId: first.noteId, text: note.text });
  expect(await ledger.noteStands(first.noteId ?? '')).toBe(true);
  expect(await ledger.noteStands('200900000000000099999')).toBe(false);
});

test('a note whose answer was lost is found, not written again', async () => {
  const invoiceId = pages.flatMap((page) => page.invoices).find((row) => row.openMinor > 0)?.invoiceId ?? '';
  const note = { invoiceId, text: 'Lost. [duly:t_02]', marker: '[duly:t_02]', idempotencyKey: 'n-02' };
  context.faults.order({ vendor: 'intuit', kind: 'drop_after_commit', match: 'attachable', times: 1 });
  await expect(ledger.writeNote(note)).rejects.toMatchObject({ kind: 'unavailable', outcomeUnknown: true });
  expect((await ledger.notesOn(invoiceId)).filter((row) => row.text === note.text)).toHaveLength(1);
});

test('disconnected inside QuickBooks, a refresh says so', async () => {
  await context.vendors.disconnect('intuit', realm);
  await expect(provider.refresh(grant.refreshToken)).rejects.toMatchObject({ kind: 'reconnect_needed' });
  await expect(ledger.profile()).rejects.toMatchObject({ kind: 'reconnect_needed' });
});

test('our own disconnect can be repeated', async () => {
  const callback = await consent();
  const redirectUri = 'http://localhost:9/cb';
  const code = callback.code ?? '';
  const again = await provider.exchangeCode({ code, redirectUri, codeVerifier: 'v', nonce: 'n-1', callback });
  const books = { ledgerRef: realm, connectionRef: null, name: '' };
  const access = async () => again.grant.accessToken;
  await provider.disconnect(access, again.grant.refreshToken, books);
  await provider.disconnect(access, again.grant.refreshToken, books);
  await expect(provider.refresh(again.grant.refreshToken)).rejects.toMatchObject({
    kind: 'reconnect_needed',
  });
});
