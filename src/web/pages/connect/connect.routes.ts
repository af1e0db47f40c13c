import type { FastifyPluginAsync } from 'fastify';
import { may } from '../../../companies/roles.ts';
import type { Duly } from '../../../platform/context.ts';
import { sendPage } from '../../render.ts';
import { requireSignedIn } from '../../session.plugin.ts';
import { readCompanies } from '../companies/companies.store.ts';
import { CompaniesPage } from '../companies/companies.view.tsx';
import { frameOf } from '../frame.store.ts';
import { ConnectPage, type ProviderWords } from './connect.view.tsx';

/** `/` and `/companies`: the way in, and the list of what is connected. */
export function homeRoutes(duly: Duly): FastifyPluginAsync {
  const providers: readonly ProviderWords[] = [...duly.ledgers.values()].filter((one) => one.configured);
  return async (app) => {
    app.get('/', async (request, reply) => {
      if (request.signedIn === null)
        return sendPage(reply, ConnectPage({ providers, sandboxUrl: duly.config.sandbox.url }));
      const companies = await readCompanies(duly.db, request.signedIn.accountId);
      const [only] = companies;
      return reply.redirect(
        companies.length === 1 && only !== undefined ? `/companies/${only.companyId}` : '/companies',
        303,
      );
    });
    app.get('/companies', async (request, reply) => {
      const signedIn = requireSignedIn(request);
      const rows = await readCompanies(duly.db, signedIn.accountId);
      const frame = await frameOf(duly, request, reply, signedIn);
      return sendPage(
        reply,
        CompaniesPage({ frame, rows, providers, connects: may(signedIn.role, 'connect') }),
      );
    });
  };
}
