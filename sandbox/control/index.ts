import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import type { RequestLog } from './requests.ts';

/** The control API for tests: JSON, no sign-in, loopback only. */
export function control(
  context: SandboxContext,
  requests: RequestLog,
  _advance: (now: Date) => void,
): FastifyPluginAsync {
  return async (app) => {
    app.get('/control/clock', async () => ({ now: context.clock.now().toISOString() }));
    app.get<{ Querystring: { vendor?: string } }>('/control/requests', async (request) =>
      requests.list(request.query.vendor),
    );
  };
}
