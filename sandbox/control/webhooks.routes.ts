import type { FastifyInstance } from 'fastify';
import { BooksError } from '../books/model.ts';
import type { HookOrder, SandboxContext } from '../context.ts';
import type { FaultVendor } from '../fault-kinds.ts';

/** Webhooks at a test's command: those that wait, those that a fault holds, and made-up ones. */
export function webhookRoutes(app: FastifyInstance, { vendors }: SandboxContext): void {
  app.post('/control/webhooks/flush', async () => {
    await vendors.flush();
    return { flushed: true };
  });
  app.post('/control/webhooks/release', async () => {
    vendors.release();
    await vendors.flush();
    return { released: true };
  });
  app.post<{ Body: HookOrder & { vendor: FaultVendor } }>('/control/webhooks/send', async (request) => {
    const { vendor, ...order } = request.body;
    const status = await vendors.sendHook(vendor, order);
    if (status === undefined) throw new BooksError('invalid', `${vendor} sends no made-up webhooks here`);
    return { status };
  });
}
