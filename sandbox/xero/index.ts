import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { contactRoutes } from './api/contacts.routes.ts';
import { guard } from './api/guard.ts';
import { historyRoutes } from './api/history.routes.ts';
import { invoiceRoutes } from './api/invoices.routes.ts';
import { moneyRoutes } from './api/money.routes.ts';
import { organisationRoutes } from './api/organisation.routes.ts';
import { answer } from './api/reply.ts';
import { consentRoutes } from './oauth/oauth.routes.ts';
import { tokenRoutes } from './oauth/token.routes.ts';
import { onlineRoutes } from './online.routes.ts';
import { runtimeOf } from './runtime.ts';
import { notFound, XeroRefusal } from './wire/problem.ts';

/** Stands in for login.xero.com, identity.xero.com and api.xero.com, all below one prefix. */
export function xero(ctx: SandboxContext): FastifyPluginAsync {
  return async (app) => {
    const runtime = runtimeOf(ctx);
    app.addHook('preClose', async () => runtime.webhooks.stop());
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('xero-correlation-id', randomUUID());
    });
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      const refusal = error instanceof XeroRefusal ? error : refusalOf(error);
      reply.headers(refusal.headers);
      if (typeof refusal.body === 'string')
        return reply.code(refusal.status).type('text/plain').send(refusal.body);
      // the gateway speaks JSON to everybody; only the API behind it minds the Accept header
      if ('Title' in refusal.body) return reply.code(refusal.status).send(refusal.body);
      return answer(request, reply, refusal.body, refusal.status);
    });
    consentRoutes(app, runtime);
    tokenRoutes(app, runtime);
    onlineRoutes(app, ctx);
    await app.register(
      async (api) => {
        guard(api, runtime);
        organisationRoutes(api, runtime);
        contactRoutes(api, runtime);
        invoiceRoutes(api, runtime);
        moneyRoutes(api, runtime);
        historyRoutes(api, runtime);
        api.all('/*', async () => {
          throw notFound();
        });
      },
      { prefix: '/api.xro/2.0' },
    );
  };
}

function refusalOf(error: FastifyError): XeroRefusal {
  const status = error.statusCode ?? 500;
  if (status >= 500)
    return new XeroRefusal(500, { ErrorNumber: 0, Type: 'InternalError', Message: error.message });
  return new XeroRefusal(status, {
    ErrorNumber: 17,
    Type: 'PostDataInvalidException',
    Message: error.message,
  });
}
