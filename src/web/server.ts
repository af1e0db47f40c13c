import Fastify, { type FastifyInstance } from 'fastify';
import type { Duly } from '../platform/context.ts';

/** Builds the web server without listening. */
export async function buildServer(duly: Duly): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ logger: false });
  app.decorate('duly', duly);
  app.decorateRequest('signedIn', null);
  return app;
}
