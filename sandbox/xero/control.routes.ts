import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import type { LimitSettings } from './api/limits.ts';
import type { Payable } from './payables.ts';
import { runtimeOf } from './runtime.ts';

interface Settings extends Partial<LimitSettings> {
  /** Whether a history note rings INVOICE UPDATE. */
  noteRings?: boolean;
  /** Answer If-Modified-Since with 304 and nothing, rather than with an empty list, when nothing changed. */
  notModified?: boolean;
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

    app.get('/control/xero/webhooks', async () => ({ on: !runtime.webhooks.endpoint.off }));
    app.put<{ Body: { on: boolean } }>('/control/xero/webhooks', async (request) => {
      runtime.webhooks.endpoint.switch(!request.body.on);
      return { on: request.body.on };
    });

    app.put<{ Body: Settings }>('/control/xero/settings', async (request) => {
      const { noteRings, notModified, ...limits } = request.body;
      if (noteRings !== undefined) runtime.webhooks.noteRings = noteRings;
      if (notModified !== undefined) runtime.answers304 = notModified;
      runtime.limits.set(limits);
      return shown();
    });
    app.get('/control/xero/settings', async () => shown());
    const shown = () => ({
      noteRings: runtime.webhooks.noteRings,
      notModified: runtime.answers304,
      ...runtime.limits.settings,
    });

    /** A bill, a supplier's credit, or a credit paid back: `{kind, contactId?, totalMinor?, paidMinor?, …}`. */
    app.post<{ Params: { id: string }; Body: Partial<Payable> & Pick<Payable, 'kind'> }>(
      '/control/xero/companies/:id/payables',
      async (request, reply) => reply.code(201).send(runtime.payables.add(request.params.id, request.body)),
    );

    app.get<{ Params: { id: string } }>('/control/xero/companies/:id/payables', async (request) =>
      runtime.payables.of(request.params.id),
    );

    app.get('/control/xero/connections', async () => runtime.connections.all());
  };
}
