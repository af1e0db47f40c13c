import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { readSandboxConfig } from '../../sandbox/config.ts';
import type { SandboxContext } from '../../sandbox/context.ts';
import { buildSandbox } from '../../sandbox/server.ts';

/** A webhook call that arrived. */
export interface Arrived {
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** A listening sandbox and a receiver of its webhooks that answers with `status`. */
export class PostmarkBench {
  status = 200;
  arrived: Arrived[] = [];

  private constructor(
    readonly app: FastifyInstance,
    readonly ctx: SandboxContext,
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<PostmarkBench> {
    let bench: PostmarkBench | undefined;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        bench?.arrived.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
        response.writeHead(bench?.status ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const hookPort = (server.address() as AddressInfo).port;
    const config = readSandboxConfig({ SANDBOX_PORT: '0', DULY_URL: `http://127.0.0.1:${hookPort}`, ...env });
    const { app, context } = await buildSandbox(config);
    context.clock.set(new Date('2026-11-20T09:00:00Z'));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    bench = new PostmarkBench(app, context, `http://127.0.0.1:${port}`, server);
    return bench;
  }

  async close(): Promise<void> {
    await this.app.close();
    this.server.close();
  }

  call(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    return fetch(`${this.url}/postmark${path}`, {
      ...init,
      headers: {
        accept: 'application/json',
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        'x-postmark-server-token': this.ctx.config.postmark.serverToken,
        ...init.headers,
      },
    });
  }

  send(change: Record<string, unknown> = {}): Promise<Response> {
    return this.call('/email', { method: 'POST', body: JSON.stringify(message(change)) });
  }

  /** Sends and gives back what was answered. */
  async sent(change: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return (await this.send(change)).json() as Promise<Record<string, unknown>>;
  }

  /** Delivers the waiting webhooks and gives back the bodies that arrived since the last time. */
  async rung(): Promise<Arrived[]> {
    await this.ctx.vendors.flush();
    return this.arrived.splice(0);
  }

  later(minutes: number): void {
    this.ctx.clock.set(new Date(this.ctx.clock.now().getTime() + minutes * 60_000));
  }
}

export function message(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    From: '"Kauri Joinery" <accounts@kauri.example.com>',
    To: 'ana@ridgeway.example.com',
    Subject: 'Invoice INV-1',
    HtmlBody:
      '<html><head><title>x</title></head><body><p>Thank you</p><a href="https://example.com">View and pay</a></body></html>',
    TextBody: 'Thank you',
    MessageStream: 'outbound',
    Metadata: { ob: 'touch-1' },
    Headers: [{ Name: 'Message-ID', Value: '<touch-1@mail.example.com>' }],
    ...change,
  };
}
