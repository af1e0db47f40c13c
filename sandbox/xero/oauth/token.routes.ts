import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from '../api/guard.ts';
import type { XeroRuntime } from '../runtime.ts';
import { gate, notFound } from '../wire/problem.ts';
import { connectionWire } from './connections.ts';

type Form = Record<string, string | undefined>;

/** Token, revocation, key set and connections: identity.xero.com and api.xero.com/connections. */
export function tokenRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  app.post('/connect/token', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const clientRefused = request.sandboxFault?.kind === 'token_invalid_client';
    if (clientRefused || !isClient(runtime, request))
      return reply.code(400).send({ error: 'invalid_client' });
    const form = (request.body ?? {}) as Form;
    if (form.grant_type !== 'authorization_code' && form.grant_type !== 'refresh_token') {
      return reply.code(400).send({ error: 'unsupported_grant_type' });
    }
    if (request.sandboxFault?.kind === 'token_invalid_grant') return invalidGrant(reply);
    const tokens = runtime.ctx.store.transaction(() =>
      form.grant_type === 'refresh_token'
        ? runtime.grants.refresh(form.refresh_token ?? '')
        : runtime.grants.exchange(form.code ?? '', form.redirect_uri ?? '', form.code_verifier),
    );
    return tokens ?? invalidGrant(reply);
  });

  app.post('/connect/revocation', async (request, reply) => {
    if (!isClient(runtime, request)) return reply.code(400).send({ error: 'invalid_client' });
    const userId = runtime.grants.revoke(((request.body ?? {}) as Form).token ?? '');
    if (userId) for (const each of runtime.connections.of(userId)) runtime.connections.remove(each.id);
    return reply.code(200).send();
  });

  app.get('/.well-known/openid-configuration/jwks', async () => runtime.key.jwks());

  app.get<{ Querystring: { authEventId?: string } }>('/connections', async (request) => {
    const access = accessOf(runtime, request);
    const { authEventId } = request.query;
    const all = runtime.connections.of(access.userId);
    const rows = authEventId ? all.filter((each) => each.authEventId === authEventId) : all;
    return rows.map((each) => connectionWire(each, runtime.ctx.books.company(each.tenantId).name));
  });

  app.delete<{ Params: { id: string } }>('/connections/:id', async (request, reply) => {
    const access = accessOf(runtime, request);
    const own = runtime.connections.of(access.userId);
    const { id } = request.params;
    if (own.some((each) => each.id === id)) {
      runtime.connections.remove(id);
      return reply.code(204).send();
    }
    // a tenant's id in place of the connection's, or somebody else's connection
    if (
      own.some((each) => each.tenantId === id) ||
      runtime.connections.all().some((each) => each.id === id)
    ) {
      throw gate(403, 'AuthenticationUnsuccessful');
    }
    throw notFound();
  });
}

function invalidGrant(reply: FastifyReply): FastifyReply {
  return reply.code(400).send({ error: 'invalid_grant' });
}

function isClient(runtime: XeroRuntime, request: FastifyRequest): boolean {
  const given = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!given) return false;
  const { clientId, clientSecret } = runtime.ctx.config.xero;
  const [a, b] = [Buffer.from(given, 'base64'), Buffer.from(`${clientId}:${clientSecret}`)];
  return a.length === b.length && timingSafeEqual(a, b);
}
