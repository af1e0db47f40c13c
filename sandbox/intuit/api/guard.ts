import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../../context.ts';
import { ACCOUNTING } from '../oauth/authorize.ts';
import { bearer } from '../oauth/token.routes.ts';
import type { TokenStore } from '../oauth/tokens.store.ts';
import { forbidden, monthUsedUp, type Refusal, suspended, throttled, unauthorized } from './faults.ts';
import type { Limits } from './limits.ts';
import { orderedRefusal } from './ordered.ts';
import { refuse } from './reply.ts';

/** Who may pass: a living token for this realm with the accounting scope, within the limits. */
export function guard(app: FastifyInstance, ctx: SandboxContext, tokens: TokenStore, limits: Limits): void {
  app.addHook('onRequest', async (request, reply) => {
    const realmId = realmOf(request);
    request.sandboxCompanyId = realmId;
    limits.enter(realmId);
    // `close` comes for every ending, a dropped connection too, and only once
    reply.raw.once('close', () => limits.leave(realmId));
  });

  app.addHook('preHandler', async (request, reply): Promise<FastifyReply | undefined> => {
    const now = ctx.clock.now();
    const fault = request.sandboxFault;
    const ordered = fault && orderedRefusal(fault.kind);
    if (ordered !== undefined) {
      // Intuit sends no Retry-After; a test may have it sent, in any form
      reply.headers(fault?.headers ?? {});
      return refuse(request, reply, ordered, now);
    }
    const refusal = check(request, realmOf(request), now);
    return refusal === undefined ? undefined : refuse(request, reply, refusal, now);
  });

  function check(request: FastifyRequest, realmId: string, now: Date): Refusal | undefined {
    const token = bearer(request);
    const found = token === '' ? undefined : tokens.lookUp(token);
    if (found === undefined) return unauthorized(token === '' ? 'Malformed bearer token' : 'Token invalid');
    if (found.dead) return unauthorized('Token revoked');
    if (found.expired) return unauthorized(`Token expired: ${token.slice(0, 12)}…`);
    if (found.grant.realmId !== realmId || !found.grant.scopes.includes(ACCOUNTING)) return forbidden();
    const company = ctx.books.companies().find((one) => one.id === realmId && one.vendor === 'intuit');
    if (company === undefined) return forbidden();
    const problem = limits.exceeded(realmId, isRead(request), now);
    if (problem !== undefined) return problem === 'month' ? monthUsedUp() : throttled();
    return company.suspended ? suspended() : undefined;
  }
}

/** Reads are metered by the month: whatever asks for data, a query that comes by POST too. */
function isRead(request: FastifyRequest): boolean {
  return request.method === 'GET' || /\/query(\?|$)/.test(request.url);
}

/** The realm id in the request's path. */
export function realmOf(request: FastifyRequest): string {
  return /\/v3\/company\/([^/?]+)/.exec(request.url)?.[1] ?? '';
}
