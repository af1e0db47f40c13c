import type { FastifyInstance } from 'fastify';
import type { SandboxClock } from '../clock.ts';

/** One request that a vendor's stand-in received. */
export interface LoggedRequest {
  readonly vendor: string;
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  /** The status answered; 0 when the connection was dropped before an answer. */
  readonly status: number;
  readonly companyId?: string;
  /** ISO instant by the sandbox clock. */
  readonly at: string;
  /** Bytes of the answer's body. */
  readonly bytes: number;
}

const KEEP = 20_000;

/** The last 20,000 requests of the vendors' stand-ins, oldest first. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  constructor(private readonly clock: SandboxClock) {}

  list(vendor?: string): readonly LoggedRequest[] {
    const kept = this.entries.slice(-KEEP);
    return vendor === undefined ? kept : kept.filter((entry) => entry.vendor === vendor);
  }

  clear(): void {
    this.entries = [];
  }

  /** Records every request of the instance once it is over. */
  install(app: FastifyInstance, vendor: string): void {
    app.addHook('onResponse', async (request, reply) => {
      const companyId = request.sandboxCompanyId;
      this.entries.push({
        vendor,
        method: request.method,
        path: request.url,
        status: reply.raw.headersSent ? reply.statusCode : 0,
        ...(companyId !== undefined && { companyId }),
        at: this.clock.now().toISOString(),
        bytes: Number(reply.getHeader('content-length') ?? 0),
      });
      if (this.entries.length >= 2 * KEEP) this.entries = this.entries.slice(-KEEP);
    });
  }
}
