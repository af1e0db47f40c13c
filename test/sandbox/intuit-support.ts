import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { booksOf } from '../../sandbox/books/books.ts';
import { Desk } from '../../sandbox/books/desk.ts';
import type { BooksApi, SandboxInvoice } from '../../sandbox/books/model.ts';
import { type SandboxClock, sandboxClock } from '../../sandbox/clock.ts';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { type SandboxContext, VendorHooks } from '../../sandbox/context.ts';
import { Faults, installFaults } from '../../sandbox/faults.ts';
import { intuit } from '../../sandbox/intuit/index.ts';
import { openStore } from '../../sandbox/store.ts';
import { installJudge, type Judge, judges } from '../../sandbox/validate.ts';
import { folder, hasOfficial } from './xero-official.ts';

export const REALM = '9130357766900000';
export const REDIRECT = 'http://localhost:9999/connect/quickbooks/callback';
export const START = '2026-11-20T18:00:00.000Z';
export const ACCOUNTING = 'com.intuit.quickbooks.accounting';

/** Any JSON: tests look into answers without declaring their types. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a foreign API, looked into by tests
export type Json = any;

export interface Stand {
  readonly app: FastifyInstance;
  readonly ctx: SandboxContext;
  readonly books: BooksApi;
  readonly clock: SandboxClock;
  /** Consent, sign-in and code exchange; returns the token answer. */
  connect(scope?: string): Promise<Json>;
  /** A call of the accounting API of REALM with a token of its own. */
  api(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  query(text: string): Promise<Json>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  readonly json: Json;
}

/** The stand-in over small books of one company, without listening. `env` is the sandbox's environment. */
export async function stand(env: Record<string, string> = {}): Promise<Stand> {
  const store = openStore(env.DATA_DIR);
  const clock = sandboxClock();
  clock.set(new Date(START));
  const books = booksOf(new Desk(store, clock, 1));
  if (books.companies().length === 0) addCompany(books);
  const ctx: SandboxContext = {
    config: readSandboxConfig(env),
    clock,
    store,
    books,
    faults: new Faults(),
    vendors: new VendorHooks(),
  };
  const app = Fastify();
  const judge = await officialJudge();
  const complaints: string[] = [];
  app.addHook('onClose', async () => {
    store.close();
    // every test is also a test of the shapes it saw
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  await app.register(formbody);
  await app.register(async (scope) => {
    if (judge !== undefined) installJudge(scope, 'intuit', judge, (words) => void complaints.push(words));
    installFaults(scope, ctx.faults, 'intuit');
    await scope.register(intuit(ctx), { prefix: '/intuit' });
  });
  await app.ready();
  let token: string | undefined;
  const connect = (scope = `${ACCOUNTING} openid email profile`) => connectTo(app, ctx, scope);
  const api: Stand['api'] = async (method, path, body, headers = {}) => {
    token ??= (await connect()).access_token as string;
    const answer = await app.inject({
      method,
      url: `/intuit/v3/company/${REALM}${path}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    return replyOf(answer);
  };
  const query = async (text: string) =>
    (await api('GET', `/query?query=${encodeURIComponent(text)}&minorversion=75`)).json;
  return { app, ctx, books, clock, connect, api, query };
}

let official: Promise<Judge | undefined> | undefined;

/** The judge of Intuit's answers; undefined where the official files are not beside this checkout. */
async function officialJudge(): Promise<Judge | undefined> {
  if (!hasOfficial) {
    process.stderr.write(
      'skipped: answers are not judged, the official XSD files are not beside this checkout\n',
    );
    return undefined;
  }
  official ??= judges(folder).then((map) => map.get('intuit'));
  return await official;
}

interface Injected {
  readonly statusCode: number;
  readonly headers: Record<string, unknown>;
  readonly payload: string;
}

export function replyOf({ statusCode, headers, payload }: Injected): Reply {
  const json = String(headers['content-type']).includes('json') ? JSON.parse(payload) : undefined;
  return { status: statusCode, headers, text: payload, json };
}

export const BASIC = `Basic ${Buffer.from('sandbox-intuit-client:sandbox-intuit-secret').toString('base64')}`;

/** Presses a button on the consent page and returns the address the browser is sent to. */
export async function consent(
  app: FastifyInstance,
  scope: string,
  fields: Record<string, string> = {},
): Promise<URL> {
  const query = new URLSearchParams({
    client_id: 'sandbox-intuit-client',
    response_type: 'code',
    scope,
    redirect_uri: REDIRECT,
    state: 'state-1',
    nonce: 'nonce-1',
  });
  const shown = await app.inject({ method: 'GET', url: `/intuit/connect/oauth2?${query}` });
  const form = new URLSearchParams({ ...hiddenFields(shown.payload), decision: 'connect', ...fields });
  const action = /<form[^>]* action="([^"]+)"/.exec(shown.payload)?.[1] ?? '';
  const sent = await app.inject({
    method: 'POST',
    url: action,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: form.toString(),
  });
  return new URL(String(sent.headers.location));
}

/** What a browser would send: hidden fields and the checked choices. */
export function hiddenFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [input] of html.matchAll(/<input[^>]*>/g)) {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1];
    const name = of('name');
    if (name === undefined || (of('type') === 'radio' && !/\bchecked\b/.test(input))) continue;
    fields[name] = of('value') ?? '';
  }
  return fields;
}

/** A call of the token address with the app's own secret. */
export async function tokenCall(
  app: FastifyInstance,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const answer = await app.inject({
    method: 'POST',
    url: '/intuit/oauth2/v1/tokens/bearer',
    headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });
  return replyOf(answer);
}

async function connectTo(app: FastifyInstance, _ctx: SandboxContext, scope: string): Promise<Json> {
  const code = (await consent(app, scope)).searchParams.get('code') ?? '';
  return (await tokenCall(app, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT })).json;
}

function addCompany(books: BooksApi): void {
  const address = {
    line1: '1 Mill Lane',
    city: 'Portland',
    region: 'OR',
    postalCode: '97214',
    country: 'US',
  };
  books.addCompany({
    id: REALM,
    vendor: 'intuit',
    name: 'Larkspur Supply',
    legalName: 'Larkspur Supply LLC',
    email: 'books@larkspur.example',
    phone: '+1 503 555 0100',
    country: 'US',
    timeZone: 'America/New_York',
    baseCurrency: 'USD',
    address,
    remindersOn: false,
    suspended: false,
  });
}

/** A customer of REALM; returns its id. */
export function addCustomer(books: BooksApi, name: string, more: Record<string, unknown> = {}): string {
  const address = { line1: '4 Ridge Rd', city: 'Salem', region: 'OR', postalCode: '97301', country: 'US' };
  const row = {
    name,
    contacts: [],
    address,
    billWithParent: false,
    active: true,
    currency: 'USD',
    termsDays: 30,
    email: 'ap@ridgeway.example',
    ...more,
  };
  return books.addCustomer(REALM, row).id;
}

/** An open invoice of REALM. Minor units. */
export function addInvoice(
  books: BooksApi,
  customerId: string,
  totalMinor: number,
  more: Partial<SandboxInvoice> = {},
): SandboxInvoice {
  return books.addInvoice(REALM, {
    customerId,
    number: `INV-${books.invoices(REALM).length + 1}`,
    date: '2026-10-01',
    dueDate: '2026-10-31',
    currency: 'USD',
    totalMinor,
    status: 'open',
    lines: [],
    disputed: false,
    ...more,
  });
}

/** Money received from a customer of REALM, set against invoices. */
export function pay(
  books: BooksApi,
  customerId: string,
  totalMinor: number,
  applyTo: { invoiceId: string; amountMinor: number }[],
): string {
  const row = { customerId, date: '2026-11-20', currency: 'USD', totalMinor, status: 'open' } as const;
  return books.addPayment(REALM, row, applyTo).id;
}
