import type { FastifyInstance } from 'fastify';
import type { SandboxClock } from '../clock.ts';

/** One request that a vendor's stand-in received. */
interface LoggedRequest {
  readonly vendor: string;
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  /** The query's members, decoded; of a member that comes twice the last. */
  readonly query: Readonly<Record<string, string>>;
  /** The status answered; 0 when the connection was dropped before an answer. */
  readonly status: number;
  readonly companyId?: string;
  /** ISO instant by the sandbox clock at which the answer was over. */
  readonly at: string;
  /** Bytes of the answer's body as sent. */
  readonly bytesOut: number;
  /** How many requests of this company (or, without one, of this vendor) ran when it began, itself included. */
  readonly inFlight: number;
}

interface Asked {
  vendor?: string;
  companyId?: string;
  method?: string;
  /** A part of path and query. */
  match?: string;
}

const KEEP = 20_000;

/** The last 20,000 requests of the vendors' stand-ins, oldest first. Ends with the process. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private readonly running = new Map<string, number>();

  constructor(private readonly clock: SandboxClock) {}

  list({ vendor, companyId, method, match }: Asked): readonly LoggedRequest[] {
    return this.entries
      .slice(-KEEP)
      .filter(
        (one) =>
          (vendor === undefined || one.vendor === vendor) &&
          (companyId === undefined || one.companyId === companyId) &&
          (method === undefined || one.method === method) &&
          (match === undefined || one.path.includes(match)),
      );
  }

  clear(): void {
    this.entries = [];
  }

  /** Records every request of the instance once it is over. */
  install(app: FastifyInstance, vendor: string): void {
    app.addHook('onRequest', async (request, reply) => {
      const key = request.sandboxCompanyId ?? vendor;
      request.sandboxInFlight = (this.running.get(key) ?? 0) + 1;
      this.running.set(key, request.sandboxInFlight);
      // `close` comes for every ending, a dropped connection too, and only once
      reply.raw.once('close', () => this.running.set(key, Math.max(0, (this.running.get(key) ?? 0) - 1)));
    });
    app.addHook('onResponse', async (request, reply) => {
      if (request.url.startsWith(`/${vendor}/control/`)) return;
      const companyId = request.sandboxCompanyId;
      this.entries.push({
        vendor,
        method: request.method,
        path: request.url,
        query: Object.fromEntries(new URL(request.url, 'http://sandbox').searchParams),
        status: reply.raw.headersSent ? reply.statusCode : 0,
        ...(companyId !== undefined && { companyId }),
        at: this.clock.now().toISOString(),
        bytesOut: Number(reply.getHeader('content-length') ?? 0),
        inFlight: request.sandboxInFlight ?? 1,
      });
      if (this.entries.length >= 2 * KEEP) this.entries = this.entries.slice(-KEEP);
    });
  }
}

/** `GET /control/requests?vendor=&companyId=&method=&match=`; `DELETE` forgets them. */
export function requestRoutes(app: FastifyInstance, requests: RequestLog): void {
  app.get<{ Querystring: Asked }>('/control/requests', async (request) => requests.list(request.query));
  app.delete('/control/requests', async (_request, reply) => {
    requests.clear();
    return reply.code(204).send();
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    sandboxInFlight?: number;
  }
}
