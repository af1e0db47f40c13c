import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { companyRoutes } from './api/company.routes.ts';
import { authorizeRoutes } from './oauth/authorize.routes.tsx';
import { IdTokenKey } from './oauth/id-token.ts';
import { tokenRoutes } from './oauth/token.routes.ts';
import { portalRoutes } from './portal.routes.ts';
import { runtimeOf } from './runtime.ts';

/** The Intuit stand-in: consent, tokens, identity, the accounting API of QuickBooks Online, webhooks. */
export function intuit(ctx: SandboxContext): FastifyPluginAsync {
  return async (app) => {
    const { tokens, limits, doorbell } = runtimeOf(ctx);
    const key = new IdTokenKey(ctx.store);
    // before the store closes
    app.addHook('preClose', async () => doorbell.stop());
    // support at Intuit asks for this number, so it is on every answer, errors included
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('intuit_tid', `1-${randomUUID()}`);
    });
    authorizeRoutes(app, ctx, tokens);
    tokenRoutes(app, ctx, tokens, key);
    portalRoutes(app, ctx);
    await app.register(companyRoutes(ctx, tokens, limits), { prefix: '/v3/company/:realmId' });
  };
}
