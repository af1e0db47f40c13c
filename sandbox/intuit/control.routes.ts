import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import type { LimitSettings } from './api/limits.ts';
import { runtimeOf } from './runtime.ts';
import { changeSettings, type IntuitSettings, settingsOf } from './settings.ts';

type Realm = { Params: { realmId: string } };

/** What only Intuit has, for tests; registered without a prefix. JSON, no sign-in. */
export function intuitControl(ctx: SandboxContext): FastifyPluginAsync {
  return async (app) => {
    const { limits, doorbell } = runtimeOf(ctx);

    app.get<Realm>('/control/intuit/settings/:realmId', async ({ params }) =>
      settingsOf(ctx.store, params.realmId),
    );
    app.put<Realm & { Body: Partial<IntuitSettings> }>(
      '/control/intuit/settings/:realmId',
      async ({ params, body }) => changeSettings(ctx.store, params.realmId, body),
    );

    app.get('/control/intuit/limits', async () => limits.state());
    app.put<{ Body: Partial<LimitSettings> }>('/control/intuit/limits', async ({ body }) => {
      limits.set(body);
      return limits.state();
    });

    const webhooks = () => ({ on: !doorbell.endpoint.off, waiting: doorbell.waiting() });
    app.get('/control/intuit/webhooks', async () => webhooks());
    app.put<{ Body: { on: boolean } }>('/control/intuit/webhooks', async ({ body }) => {
      doorbell.endpoint.switch(!body.on);
      return webhooks();
    });
  };
}
