import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import type { LimitSettings } from './api/limits.ts';
import { runtimeOf } from './runtime.ts';

interface Settings extends Partial<LimitSettings> {
  /** Whether a history note rings INVOICE UPDATE. */
  noteRings?: boolean;
}

/** What only Xero has, for tests; registered without a prefix. */
export function xeroControl(ctx: SandboxContext): FastifyPluginAsync {
  return async (app) => {
    const runtime = runtimeOf(ctx);

    /** Saves the webhook address, as it were: empty events, some signed wrongly; says how each was answered. */
    app.post('/control/xero/intent-to-receive', async () => {
      const calls = await runtime.webhooks.intentToReceive();
      return { ok: calls.every(({ signed, status }) => status === (signed ? 200 : 401)), calls };
    });

    app.put<{ Body: Settings }>('/control/xero/settings', async (request) => {
      const { noteRings, ...limits } = request.body;
      if (noteRings !== undefined) runtime.webhooks.noteRings = noteRings;
      runtime.limits.set(limits);
      return { noteRings: runtime.webhooks.noteRings, ...runtime.limits.settings };
    });

    app.get('/control/xero/connections', async () => runtime.connections.all());
  };
}
