import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../../context.ts';
import { ACCOUNTING } from '../oauth/authorize.ts';
import { bearer } from '../oauth/token.routes.ts';
import type { TokenStore } from '../oauth/tokens.store.ts';
import { forbidden, type Refusal, suspended, throttled, unauthorized } from './faults.ts';
import { Limits } from './limits.ts';
import { refuse } from './reply.ts';

/** Who may pass: a living token for this realm with the accounting scope, within the limits. */
export function guard(app: FastifyInstance, ctx: SandboxContext, tokens: TokenStore): void {
  const limits = new Limits();

  app.addHook('onRequest', async (request, reply) => {
    const realmId = realmOf(request);
    request.sandboxCompanyId = realmId;
    limits.enter(realmId);
    // `close` comes for every ending, a dropped connection too, and only once
    reply.raw.once('close', () => limits.leave(realmId));
  });

  app.addHook('preHandler', async (request, reply): Promise<FastifyReply | undefined> => {
    const now = ctx.clock.now();
    const refusal = ordered(request) ?? check(request, realmOf(request), now.getTime());
    return refusal === undefined ? undefined : refuse(request, reply, refusal, now);
  });

  function check(request: FastifyRequest, realmId: string, now: number): Refusal | undefined {
    const token = bearer(request);
    const found = token === '' ? undefined : tokens.lookUp(token);
    if (found === undefined) return unauthorized(token === '' ? 'Malformed bearer token' : 'Token invalid');
    if (found.dead) return unauthorized('Token revoked');
    if (found.expired) return unauthorized(`Token expired: ${token.slice(0, 12)}…`);
    if (found.grant.realmId !== realmId || !found.grant.scopes.includes(ACCOUNTING)) return forbidden();
    const company = ctx.books.companies().find((one) => one.id === realmId && one.vendor === 'intuit');
    if (company === undefined) return forbidden();
    if (limits.exceeded(realmId, now)) return throttled();
    return company.suspended ? suspended() : undefined;
  }
}

/** Errors in Intuit's own words that a test ordered for this request. */
function ordered(request: FastifyRequest): Refusal | undefined {
  const kind = request.sandboxFault?.kind;
  if (kind === 'api_401') return unauthorized('Token expired');
  if (kind === 'api_403') return forbidden();
  return kind === 'throttle' ? throttled() : undefined;
}

/** The realm id in the request's path. */
export function realmOf(request: FastifyRequest): string {
  return /\/v3\/company\/([^/?]+)/.exec(request.url)?.[1] ?? '';
}
