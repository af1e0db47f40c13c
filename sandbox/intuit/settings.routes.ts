import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { changeSettings, type IntuitSettings, settingsOf } from './settings.ts';

/** `GET`/`PUT …/control/settings/{realmId}`: switches for tests that no vendor's address has. JSON, no sign-in. */
export function settingsRoutes(app: FastifyInstance, ctx: SandboxContext): void {
  app.get<{ Params: { realmId: string } }>('/control/settings/:realmId', async (request) =>
    settingsOf(ctx.store, request.params.realmId),
  );
  app.put<{ Params: { realmId: string }; Body: Partial<IntuitSettings> }>(
    '/control/settings/:realmId',
    async (request) => changeSettings(ctx.store, request.params.realmId, request.body),
  );
}
