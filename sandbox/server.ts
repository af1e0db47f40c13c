import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { openBooks } from './books/books.ts';
import { sandboxClock } from './clock.ts';
import type { SandboxConfig } from './config.ts';
import { type SandboxContext, VendorHooks } from './context.ts';
import { control } from './control/index.ts';
import { RequestLog } from './control/requests.ts';
import { Faults, type FaultVendor, installFaults } from './faults.ts';
import { intuitControl } from './intuit/control.routes.ts';
import { intuit } from './intuit/index.ts';
import { pages } from './pages/index.tsx';
import { mailbox, postmark } from './postmark/index.ts';
import { openStore } from './store.ts';
import { installJudge, judges } from './validate.ts';
import { xeroControl } from './xero/control.routes.ts';
import { xero } from './xero/index.ts';

/**
 * Builds the sandbox without listening. Closing the app closes the store.
 * Books are loaded or generated on the first start only; later starts find them in the store.
 */
export async function buildSandbox(
  config: SandboxConfig,
): Promise<{ app: FastifyInstance; context: SandboxContext }> {
  const store = openStore(config.dataDir);
  const clock = sandboxClock(config.clockFile);
  const { books, advance } = openBooks(store, clock, config);
  const context: SandboxContext = {
    config,
    clock,
    store,
    books,
    faults: new Faults(),
    vendors: new VendorHooks(),
  };
  const requests = new RequestLog(clock);
  const complaints: string[] = [];
  const judgeOf = config.validateBy === undefined ? new Map() : await judges(config.validateBy);
  const app = Fastify({ logger: false, bodyLimit: 10 * 1024 * 1024, forceCloseConnections: true });
  app.addHook('onClose', async () => store.close());
  // what fell due in a loaded book since the last request happens before this one looks
  app.addHook('onRequest', async () => advance(clock.now()));
  await app.register(formbody);
  const vendors = { intuit, xero, postmark };
  for (const vendor of Object.keys(vendors) as FaultVendor[]) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', async (request) => {
        const companyId = companyOf(request.url, request.headers['xero-tenant-id']);
        if (companyId !== undefined) request.sandboxCompanyId = companyId;
      });
      const judge = judgeOf.get(vendor);
      // before the faults, so that it sees what a fault cuts short
      if (judge !== undefined) installJudge(scope, vendor, judge, (words) => void complaints.push(words));
      installFaults(scope, context.faults, vendor);
      requests.install(scope, vendor);
      await scope.register(vendors[vendor](context), { prefix: `/${vendor}` });
    });
  }
  await app.register(mailbox(context));
  await app.register(intuitControl(context));
  await app.register(xeroControl(context));
  await app.register(control(context, requests, advance));
  app.get('/control/complaints', async () => complaints);
  await app.register(pages(context, advance));
  return { app, context };
}

function companyOf(url: string, tenantHeader: string | string[] | undefined): string | undefined {
  if (typeof tenantHeader === 'string') return tenantHeader.toLowerCase();
  return /\/v3\/company\/(\d+)/.exec(url)?.[1];
}
