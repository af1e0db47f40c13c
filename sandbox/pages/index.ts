import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { css } from './css.ts';

/** The pages for a person: ledgers, invoices, customers, clock. */
export function pages(_context: SandboxContext, _advance: (now: Date) => void): FastifyPluginAsync {
  return async (app) => {
    app.get('/sandbox.css', async (_request, reply) => reply.type('text/css').send(css));
  };
}
