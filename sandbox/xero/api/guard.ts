import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../oauth/grants.ts';
import { allows } from '../oauth/scopes.ts';
import type { XeroRuntime } from '../runtime.ts';
import { gate, XeroRefusal } from '../wire/problem.ts';
import { refuseAsOrdered } from './ordered.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The granular scope a Xero route asks for. */
    xeroScope?: string;
  }
}

/** Who calls, by the bearer token. Throws the gateway's 401. */
export function accessOf(runtime: XeroRuntime, request: FastifyRequest): Access {
  const token = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const access = token ? runtime.grants.access(token) : 'unknown';
  if (access === 'unknown') throw gate(401, 'AuthenticationUnsuccessful');
  if (access === 'expired' || request.sandboxFault?.kind === 'api_401') {
    throw gate(401, `TokenExpired: token expired at ${runtime.ctx.clock.now().toUTCString()}`);
  }
  return access;
}

/** Puts token, organisation, limits and scope before every route of the accounting API. */
export function guard(app: FastifyInstance, runtime: XeroRuntime): void {
  app.addHook('preHandler', async (request, reply) => {
    const access = accessOf(runtime, request);
    const tenant = String(request.headers['xero-tenant-id'] ?? '').toLowerCase();
    const connected = runtime.connections.of(access.userId, tenant).length > 0;
    if (!connected) throw gate(403, 'AuthenticationUnsuccessful');
    count(runtime, tenant, request, reply);
    refuseAsOrdered(request.sandboxFault);
    const { xeroScope } = request.routeOptions.config;
    if (xeroScope && !allows(access.scopes, xeroScope)) throw gate(401, 'AuthorizationUnsuccessful');
  });
}

function count(runtime: XeroRuntime, tenant: string, request: FastifyRequest, reply: FastifyReply): void {
  const { limits } = runtime;
  const ordered = request.sandboxFault?.kind === 'throttle';
  const refused = ordered ? { problem: 'minute', retryAfter: 1 } : limits.begin(tenant);
  reply.headers(limits.headers(tenant));
  if (!refused) {
    // the raw event comes once, whether the answer was sent or the line was cut
    reply.raw.once('close', () => limits.end(tenant));
    return;
  }
  throw new XeroRefusal(429, '', {
    'x-rate-limit-problem': refused.problem,
    ...(refused.retryAfter ? { 'retry-after': String(refused.retryAfter) } : {}),
    ...(ordered ? (request.sandboxFault?.headers ?? {}) : {}),
  });
}
