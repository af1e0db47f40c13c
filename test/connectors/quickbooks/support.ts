import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { quickbooks } from '../../../connectors/quickbooks/index.ts';
import type { QuickBooksSettings } from '../../../connectors/quickbooks/settings.ts';
import { httpClient } from '../../../src/platform/http.ts';
import type { AccessTokenSource, BooksPage, Ledger, LedgerProvider } from '../../../src/ports/ledger.ts';
import { openGate } from '../../support/open-gate.ts';

export const realm = '9130347596826826';
export const now = new Date('2026-11-21T12:00:00Z');

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** An object goes out as JSON, text as it is; 'drop' ends the connection without an answer. */
  readonly body: unknown;
}

export interface FakeIntuit {
  readonly url: string;
  readonly calls: Call[];
  readonly settings: QuickBooksSettings;
  readonly provider: LedgerProvider;
  /** The company's books with an access token that `access` counts; a refused token gives "token-2". */
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** A server that answers as `reply` says, and a provider configured to talk to it. */
export async function fakeIntuit(
  reply: (call: Call) => Reply | Promise<Reply>,
  clock = () => now,
): Promise<FakeIntuit> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const call = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    calls.push(call);
    const { status = 200, headers = {}, body } = await reply(call);
    if (body === 'drop') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings: QuickBooksSettings = {
    clientId: 'client-1',
    clientSecret: 'client-secret-1',
    webhookToken: 'verifier-1',
    authorizeUrl: `${url}/connect/oauth2`,
    tokenUrl: `${url}/oauth2/v1/tokens/bearer`,
    revokeUrl: `${url}/v2/oauth2/tokens/revoke`,
    userinfoUrl: `${url}/v1/openid_connect/userinfo`,
    jwksUrl: `${url}/op/v1/jwks`,
    apiUrl: url,
  };
  const http = httpClient({ allowedOrigins: [url], userAgent: 'Duly/test' });
  const provider = quickbooks(settings, { clock: { now: clock }, http });
  const access: AccessTokenSource = async (after401) => (after401 === undefined ? 'token-1' : 'token-2');
  const ledger = provider.open(realm, access, openGate);
  return {
    url,
    calls,
    settings,
    provider,
    ledger,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export async function collect(pages: AsyncIterable<BooksPage>): Promise<BooksPage[]> {
  const all: BooksPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

const stamps = (at: string) => ({ CreateTime: at, LastUpdatedTime: at });

/** Rows as QuickBooks writes them; `more` overrides. */
export const wire = {
  preferences: {
    Preferences: { CurrencyPrefs: { HomeCurrency: { value: 'USD' }, MultiCurrencyEnabled: false } },
    time: '2026-11-21T04:00:00.000-08:00',
  },
  customer: (Id: string, more: object = {}) => ({
    Id,
    SyncToken: '0',
    DisplayName: `Customer ${Id}`,
    Active: true,
    Balance: 10.5,
    MetaData: stamps('2026-11-01T10:00:00-08:00'),
    ...more,
  }),
  invoice: (Id: string, more: object = {}) => ({
    Id,
    SyncToken: '0',
    DocNumber: `10${Id}`,
    TxnDate: '2026-10-01',
    DueDate: '2026-10-31',
    TotalAmt: 362.07,
    Balance: 362.07,
    CustomerRef: { value: '24', name: 'Sonnenschein' },
    EmailStatus: 'EmailSent',
    MetaData: stamps('2026-11-01T10:00:00-08:00'),
    ...more,
  }),
  payment: (Id: string, invoiceId: string, Amount: number, more: object = {}) => ({
    Id,
    SyncToken: '0',
    TxnDate: '2026-11-20',
    TotalAmt: Amount,
    UnappliedAmt: 0,
    CustomerRef: { value: '24' },
    Line: [{ Amount, LinkedTxn: [{ TxnId: invoiceId, TxnType: 'Invoice' }] }],
    MetaData: stamps('2026-11-20T10:00:00-08:00'),
    ...more,
  }),
  deleted: (Id: string) => ({
    domain: 'QBO',
    status: 'Deleted',
    Id,
    MetaData: { LastUpdatedTime: '2026-11-21T10:00:00-08:00' },
  }),
  fault: (code: string, Message: string, type = 'ValidationFault') => ({
    Fault: { Error: [{ Message, Detail: 'More of it', code }], type },
    time: '2026-11-21T04:00:00.000-08:00',
  }),
};
