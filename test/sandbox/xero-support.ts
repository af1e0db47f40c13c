import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { SandboxInvoice } from '../../sandbox/books/model.ts';
import { readSandboxConfig } from '../../sandbox/config.ts';
import type { SandboxContext } from '../../sandbox/context.ts';
import { buildSandbox } from '../../sandbox/server.ts';

export const CALLBACK = 'http://localhost:4000/connect/xero/callback';
export const SCOPES =
  'openid profile email offline_access accounting.invoices accounting.payments.read accounting.contacts.read accounting.settings.read';
export const TENANT = '5f0c3c5e-8a1f-4a5e-9b44-2d7a6c1e0001';
const OTHER = '5f0c3c5e-8a1f-4a5e-9b44-2d7a6c1e0002';
export const OTHER_TENANT = OTHER;

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  token_type: string;
  scope: string;
}

/** A listening sandbox with two Xero organisations of its own, and the few calls every test makes. */
export class XeroBench {
  private constructor(
    readonly app: FastifyInstance,
    readonly ctx: SandboxContext,
    readonly url: string,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<XeroBench> {
    const { app, context } = await buildSandbox(readSandboxConfig({ SANDBOX_PORT: '0', ...env }));
    context.clock.set(new Date('2026-11-20T09:00:00Z'));
    for (const [id, name] of [
      [TENANT, 'Kauri Joinery'],
      [OTHER, 'Tui Coffee'],
    ] as const) {
      if (context.books.companies().some((each) => each.id === id)) continue;
      context.books.addCompany({
        id,
        vendor: 'xero',
        name,
        legalName: `${name} Limited`,
        email: 'office@example.com',
        phone: '09 555 0100',
        country: 'NZ',
        timeZone: 'Pacific/Auckland',
        baseCurrency: 'NZD',
        address: { line1: '1 Quay St', city: 'Auckland', region: '', postalCode: '1010', country: 'NZ' },
        remindersOn: false,
        suspended: false,
      });
    }
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    return new XeroBench(app, context, `http://127.0.0.1:${port}`);
  }

  authorizePath(change: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: this.ctx.config.xero.clientId,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: SCOPES,
      state: 'st4te',
      nonce: 'n0nce',
      ...change,
    });
    return `/xero/identity/connect/authorize?${query}`;
  }

  /** Decides on the consent page; the address the browser is sent to. */
  async consent(form: Record<string, string | string[]>, change: Record<string, string> = {}): Promise<URL> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const one of [value].flat()) body.append(name, one);
    const response = await fetch(this.url + this.authorizePath(change), {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    return new URL(response.headers.get('location') ?? `http://localhost/none?status=${response.status}`);
  }

  async token(form: Record<string, string>, secret = this.ctx.config.xero.clientSecret): Promise<Response> {
    const basic = Buffer.from(`${this.ctx.config.xero.clientId}:${secret}`).toString('base64');
    return fetch(`${this.url}/xero/connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: `Basic ${basic}` },
    });
  }

  async connect(
    tenants: string[] = [TENANT],
    user = 'aroha',
    change: Record<string, string> = {},
  ): Promise<Tokens> {
    const url = await this.consent({ decision: 'allow', user, tenant: tenants }, change);
    const code = url.searchParams.get('code') ?? '';
    const response = await this.token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK });
    return (await response.json()) as Tokens;
  }

  refresh(refreshToken: string): Promise<Response> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  api(
    path: string,
    token: string,
    init: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    return fetch(`${this.url}/xero/api.xro/2.0${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'xero-tenant-id': TENANT,
        accept: 'application/json',
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      },
    });
  }

  async json(
    path: string,
    token: string,
    headers: Record<string, string> = {},
  ): Promise<Record<string, never>> {
    return (await this.api(path, token, { headers })).json() as Promise<Record<string, never>>;
  }

  addCustomer(name = 'Ridgeway Builders'): string {
    return this.ctx.books.addCustomer(TENANT, {
      name,
      firstName: 'Ana',
      lastName: 'Rua',
      email: 'accounts@ridgeway.example',
      phone: '09 555 0199',
      contacts: [{ firstName: 'Bo', lastName: 'Li', email: 'bo@ridgeway.example', includeInEmails: true }],
      address: { line1: '2 Mill Rd', city: 'Napier', region: 'HB', postalCode: '4110', country: 'NZ' },
      billWithParent: false,
      active: true,
      currency: 'NZD',
      termsDays: 20,
    }).id;
  }

  addInvoice(customerId: string, totalMinor: number, change: Partial<SandboxInvoice> = {}): SandboxInvoice {
    return this.ctx.books.addInvoice(TENANT, {
      customerId,
      number: `INV-${this.ctx.books.invoices(TENANT).length + 1}`,
      date: '2026-10-01',
      dueDate: '2026-10-21',
      currency: 'NZD',
      totalMinor,
      status: 'open',
      sentAt: '2026-10-01T00:00:00.000Z',
      lines: [{ description: 'Joinery', quantity: 1, unitMinor: totalMinor, amountMinor: totalMinor }],
      disputed: false,
      ...change,
    });
  }

  pay(invoice: SandboxInvoice, amountMinor: number, totalMinor = amountMinor): string {
    return this.ctx.books.addPayment(
      TENANT,
      { customerId: invoice.customerId, date: '2026-11-01', currency: 'NZD', totalMinor, status: 'open' },
      [{ invoiceId: invoice.id, amountMinor }],
    ).id;
  }

  /** Moves the sandbox clock on by so many minutes. */
  later(minutes: number): void {
    this.ctx.clock.set(new Date(this.ctx.clock.now().getTime() + minutes * 60_000));
  }
}
