import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type FaultKind, type FaultVendor, fitsRequest } from './fault-kinds.ts';

export type { FaultVendor };

export interface FaultOrder {
  readonly vendor: FaultVendor;
  readonly companyId?: string;
  /** HTTP method; absent: any. */
  readonly method?: string;
  /** A part of path and query; absent: any. */
  readonly match?: string;
  readonly kind: FaultKind;
  readonly status?: number;
  /** A string is sent as it is (text/plain unless a header says otherwise), anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds of real time to wait before it happens; with `delay` (then 1000 unless given) that is all. */
  readonly ms?: number;
  /** So many matching requests pass first; absent: none. */
  readonly after?: number;
  /** How often it happens; absent: once. 0: until it is withdrawn. */
  readonly times?: number;
}

export interface Fault extends FaultOrder {
  readonly id: string;
}

/** Faults to order: the oldest that matches happens first. */
export class Faults {
  private readonly waiting: { fault: Fault; left: number; pass: number }[] = [];

  /** Orders a fault and returns its id. */
  order(order: FaultOrder): string {
    const id = randomUUID();
    const kind = order.kind === 'webhook_lost' ? 'webhook_lose' : order.kind;
    const left = order.times === 0 ? Infinity : (order.times ?? 1);
    this.waiting.push({ fault: { ...order, kind, id }, left, pass: order.after ?? 0 });
    return id;
  }

  list(): readonly (Fault & { left: number })[] {
    return this.waiting.map(({ fault, left }) => ({ ...fault, left }));
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** Takes one order back; false when it is not there (any more). */
  withdraw(id: string): boolean {
    const at = this.waiting.findIndex(({ fault }) => fault.id === id);
    if (at >= 0) this.waiting.splice(at, 1);
    return at >= 0;
  }

  /** The fault that is to happen to this request, used up by the call; undefined: none. */
  take(vendor: FaultVendor, companyId: string | undefined, method: string, path: string): Fault | undefined {
    return this.use(
      ({ fault }) =>
        this.concerns(fault, vendor, companyId) &&
        fitsRequest(fault.kind, vendor, path) &&
        (fault.method === undefined || fault.method.toUpperCase() === method.toUpperCase()) &&
        (fault.match === undefined || path.includes(fault.match)),
    );
  }

  /** The fault that is to happen to the next webhook call about a company, used up by the call. */
  takeForHook(vendor: FaultVendor, companyId: string | undefined): Fault | undefined {
    return this.use(
      ({ fault }) => fault.kind.startsWith('webhook_') && this.concerns(fault, vendor, companyId),
    );
  }

  private concerns(fault: Fault, vendor: FaultVendor, companyId: string | undefined): boolean {
    return fault.vendor === vendor && (fault.companyId === undefined || fault.companyId === companyId);
  }

  private use(fits: (one: { fault: Fault }) => boolean): Fault | undefined {
    const found = this.waiting.find((one) => {
      if (!fits(one)) return false;
      if (one.pass === 0) return true;
      one.pass -= 1;
      return false;
    });
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.waiting.splice(this.waiting.indexOf(found), 1);
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
    // the switches for tests are nobody's API
    if (request.url.startsWith(`/${vendor}/control/`)) return;
    const fault = faults.take(vendor, request.sandboxCompanyId, request.method, request.url);
    if (fault === undefined) return;
    request.sandboxFault = fault;
    const wait = fault.ms ?? (fault.kind === 'delay' ? 1000 : 0);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
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
