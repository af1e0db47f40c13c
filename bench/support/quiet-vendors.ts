import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Both ledgers on a real port, in which nothing ever changes. */
export interface QuietVendors {
  readonly url: string;
  /** Requests so far. */
  readonly reads: number;
  stop(): Promise<void>;
}

const lists = ['Invoices', 'Contacts', 'Payments', 'CreditNotes', 'Overpayments', 'Prepayments'];

/** Answers every request with the vendor's own "nothing": an empty change feed, an empty list. */
export async function quietVendors(): Promise<QuietVendors> {
  let reads = 0;
  const server = createServer((request, response) => {
    reads += 1;
    const answer = emptyAnswer(request.url ?? '');
    response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get reads() {
      return reads;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function emptyAnswer(address: string): object | null {
  const now = new Date();
  if (address.includes('/cdc?'))
    return { CDCResponse: [{ QueryResponse: [{}, {}, {}, {}, {}] }], time: now.toISOString() };
  const list = lists.find((name) => address.includes(`/${name}?`));
  if (list === undefined) return null;
  return {
    Id: '00000000-0000-4000-8000-000000000000',
    Status: 'OK',
    ProviderName: 'Duly',
    DateTimeUTC: `/Date(${now.getTime()})/`,
    pagination: { page: 1, pageSize: 1_000, pageCount: 0, itemCount: 0 },
    [list]: [],
  };
}
