import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path with query, decoded. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answerer = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

export interface WireServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  answer: Answerer;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine, whose answers a test sets one by one. */
export async function wireServer(): Promise<WireServer> {
  const server = createServer((incoming, response) => void take(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire: WireServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    answer: (_request, response) => void response.writeHead(500).end(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    const path = decodeURIComponent((incoming.url ?? '').replaceAll('+', ' '));
    const request = { method: incoming.method ?? '', path, headers: incoming.headers, body };
    wire.seen.push(request);
    await wire.answer(request, response);
  }
  return wire;
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
