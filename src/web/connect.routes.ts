import type { FastifyPluginAsync } from 'fastify';
import { findConnection, getConnection, ledgerRefHash, takeLook } from '../companies/connection.store.ts';
import { disconnectCompany } from '../companies/disconnect-company.store.ts';
import type { Duly } from '../platform/context.ts';
import { inSystem } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { LedgerProvider } from '../ports/ledger.ts';
import { comeBack } from './callback.ts';
import { choose, showChoice } from './choose.ts';
import { requireCompany, requireMay } from './company.plugin.ts';
import { sendMessage } from './errors.ts';
import { leaveFor, providerNamed } from './flow.ts';
import { toldRoute } from './told.ts';
import { toStart } from './way-on.ts';

interface Keyed {
  Params: { key: string };
}
interface OfCompany {
  Params: { companyId: string };
}

const onConnection = { config: { standsOn: '/companies/:companyId/connection' } };

/** Connecting, reconnecting and disconnecting a company, as the marketplaces know the addresses. */
export function connectRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    toldRoute(app);
    app.get<Keyed>('/connect/:key', async (request, reply) => {
      if (request.signedIn !== null) requireMay(request.signedIn, 'connect');
      const provider = providerNamed(duly, request.params.key, 'key');
      return leaveFor(request, reply, provider, { purpose: 'connect' });
    });
    app.get<Keyed>('/connect/:key/callback', async (request, reply) =>
      comeBack(request, reply, providerNamed(duly, request.params.key, 'key')),
    );
    app.get<Keyed>('/connect/:key/choose', async (request, reply) =>
      showChoice(request, reply, providerNamed(duly, request.params.key, 'key')),
    );
    // the choice proves itself: random, single use, bound to this browser
    app.post<Keyed>('/connect/:key/choose', { config: { withoutSession: true } }, async (request, reply) => {
      const body = (request.body ?? {}) as { choice?: unknown; books?: unknown };
      const ticked = [body.books].flat().filter((each): each is string => typeof each === 'string');
      const choice = typeof body.choice === 'string' ? body.choice : '';
      return choose(request, reply, providerNamed(duly, request.params.key, 'key'), { choice, ticked });
    });
    app.post<OfCompany>('/companies/:companyId/reconnect', onConnection, async (request, reply) => {
      const { company } = await requireCompany(request, 'connect');
      const connection = await inSystem(duly.db, (tx) => getConnection(tx, company.company_id));
      const provider = providerNamed(duly, connection?.provider ?? '', 'key');
      return leaveFor(request, reply, provider, { purpose: 'connect', companyId: company.company_id });
    });
    app.post<OfCompany>('/companies/:companyId/disconnect', onConnection, async (request, reply) => {
      const { company, signedIn } = await requireCompany(request, 'connect');
      await disconnectCompany(duly, company.company_id, signedIn.personName);
      return reply.redirect(`/companies/${company.company_id}/connection`, 303);
    });
    app.get<Keyed & { Querystring: { realmId?: string } }>('/disconnected/:key', async (request, reply) => {
      const provider = providerNamed(duly, request.params.key, 'key');
      await lookAgain(duly, provider, request.query.realmId);
      return sendMessage(request, reply, {
        title: `Disconnected from ${provider.label}`,
        paragraphs: [
          `The ${provider.booksWord} no longer gives Duly access. No reminder is sent any more; what was done so far is kept.`,
          'If that was not meant, connect it again: settings and history continue where they stopped.',
        ],
        links: [{ href: `/connect/${provider.key}`, words: `Connect ${provider.label} again` }, toStart],
      });
    });
  };
}

/** Anybody can open that address, so it changes nothing by itself: it only has the ledger asked whether it is true, once an hour. */
async function lookAgain(duly: Duly, provider: LedgerProvider, ledgerRef: string | undefined): Promise<void> {
  if (typeof ledgerRef !== 'string' || ledgerRef === '' || ledgerRef.length > 100) return;
  const hash = ledgerRefHash(duly.crypto, provider.key, ledgerRef);
  await inSystem(duly.db, async (tx) => {
    const found = await findConnection(tx, provider.key, hash);
    if (found?.state !== 'healthy' || !(await takeLook(tx, found.company_id, duly.clock.now()))) return;
    await addJob(tx, 'sync', { companyId: found.company_id, read: true });
  });
}
