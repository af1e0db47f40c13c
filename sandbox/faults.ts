import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

export type FaultVendor = 'intuit' | 'xero' | 'postmark';

/**
 * What goes wrong. The first six are done here for any vendor; the others are the vendor's own words: its
 * stand-in finds them in `request.sandboxFault` and answers as the real service does.
 */
export type FaultKind =
  | 'delay'
  | 'drop'
  | 'drop_after_commit'
  | 'status'
  | 'html'
  | 'truncate'
  | 'token_invalid_grant'
  | 'api_401'
  | 'api_403'
  | 'throttle'
  | (string & {});

export interface FaultOrder {
  readonly vendor: FaultVendor;
  readonly companyId?: string;
  /** HTTP method; absent: any. */
  readonly method?: string;
  /** A part of path and query; absent: any. */
  readonly match?: string;
  readonly kind: FaultKind;
  readonly status?: number;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds of real time, for `delay`. */
  readonly ms?: number;
  /** How often it happens; absent: once. 0: until it is withdrawn. */
  readonly times?: number;
}

export interface Fault extends FaultOrder {
  readonly id: string;
}

/** Faults to order: the oldest that matches happens first. */
export class Faults {
  private readonly waiting: { fault: Fault; left: number }[] = [];

  /** Orders a fault and returns its id. */
  order(order: FaultOrder): string {
    const id = randomUUID();
    this.waiting.push({ fault: { ...order, id }, left: order.times === 0 ? Infinity : (order.times ?? 1) });
    return id;
  }

  list(): readonly (Fault & { left: number })[] {
    return this.waiting.map(({ fault, left }) => ({ ...fault, left }));
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault that is to happen to this request, used up by the call; undefined: none. */
  take(vendor: FaultVendor, companyId: string | undefined, method: string, path: string): Fault | undefined {
    const at = this.waiting.findIndex(
      ({ fault }) =>
        fault.vendor === vendor &&
        (fault.companyId === undefined || fault.companyId === companyId) &&
        (fault.method === undefined || fault.method.toUpperCase() === method.toUpperCase()) &&
        (fault.match === undefined || path.includes(fault.match)),
    );
    const found = this.waiting[at];
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.waiting.splice(at, 1);
    return found.fault;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The company this request is about: set from path or tenant header before any handler; may be overwritten. */
    sandboxCompanyId?: string;
    /** The fault taken for this request; the vendor's stand-in acts on its own kinds. */
    sandboxFault?: Fault;
  }
}

/** Makes the general faults happen to every route of the instance; `drop_after_commit` after the handler ran. */
export function installFaults(app: FastifyInstance, faults: Faults, vendor: FaultVendor): void {
  app.addHook('preHandler', async (request, reply) => {
    const fault = faults.take(vendor, request.sandboxCompanyId, request.method, request.url);
    if (fault === undefined) return;
    request.sandboxFault = fault;
    if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
    if (fault.kind === 'drop') {
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    if (fault.kind !== 'status' && fault.kind !== 'html') return;
    reply.code(fault.status ?? (fault.kind === 'html' ? 502 : 500)).headers(fault.headers ?? {});
    if (fault.kind === 'html') reply.type('text/html; charset=utf-8');
    else if (typeof fault.body === 'string' && !reply.hasHeader('content-type')) reply.type('text/plain');
    return reply.send(
      fault.body ?? (fault.kind === 'html' ? '<html><body><h1>Bad Gateway</h1></body></html>' : {}),
    );
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const kind = request.sandboxFault?.kind;
    if (kind === 'drop_after_commit') {
      request.raw.socket.destroy();
      return payload;
    }
    if (kind !== 'truncate') return payload;
    reply.removeHeader('content-length');
    if (Buffer.isBuffer(payload)) return payload.subarray(0, payload.length >> 1);
    return typeof payload === 'string' ? payload.slice(0, payload.length >> 1) : payload;
  });
}
