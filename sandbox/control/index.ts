import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { BooksError } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { booksRoutes } from './books.routes.ts';
import { companyRoutes } from './companies.routes.ts';
import { faultRoutes } from './faults.routes.ts';
import { type RequestLog, requestRoutes } from './requests.ts';
import { webhookRoutes } from './webhooks.routes.ts';

/** What the control API answers to a refusal of the books. */
const STATUS: Readonly<Record<BooksError['code'], number>> = {
  not_found: 404,
  over_allocated: 409,
  closed_period: 409,
  wrong_currency: 409,
  stale: 409,
  invalid: 400,
  duplicate_name: 409,
};

/** The control API for tests: JSON, no sign-in, loopback only. */
export function control(
  context: SandboxContext,
  requests: RequestLog,
  advance: (now: Date) => void,
): FastifyPluginAsync {
  return async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (error instanceof BooksError) {
        return reply.code(STATUS[error.code]).send({ error: error.code, message: error.message });
      }
      const { statusCode = 500, message } = error as Error & { statusCode?: number };
      return reply.code(statusCode).send({ error: 'failed', message });
    });
    clockRoutes(app, context, advance);
    faultRoutes(app, context);
    requestRoutes(app, requests);
    webhookRoutes(app, context);
    companyRoutes(app, context);
    booksRoutes(app, context);
  };
}

function clockRoutes(app: FastifyInstance, { clock }: SandboxContext, advance: (now: Date) => void): void {
  app.get('/control/clock', async () => ({ now: clock.now().toISOString() }));
  app.put<{ Body: { now: string } }>('/control/clock', async (request) => {
    const now = new Date(request.body.now);
    if (Number.isNaN(now.getTime()))
      throw new BooksError('invalid', `"${request.body.now}" is not an instant`);
    clock.set(now);
    advance(now);
    return { now: now.toISOString() };
  });
}
