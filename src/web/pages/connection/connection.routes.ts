import type { FastifyPluginAsync } from 'fastify';
import { readsOfMonth } from '../../../companies/call-budget.store.ts';
import { getConnection } from '../../../companies/connection.store.ts';
import { expiryOf } from '../../../companies/expiry.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, inSystem } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readCounts } from './connection.store.ts';
import { ConnectionPage } from './connection.view.tsx';

export function connectionRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/connection', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId } = access.company;
      const { connection, counts } = await inCompany(duly.db, companyId, async (tx) => ({
        connection: await getConnection(tx, companyId),
        counts: await readCounts(tx, companyId),
      }));
      const expiry = await inSystem(duly.db, (tx) => expiryOf(tx, companyId, duly.clock.now()));
      const ledger = duly.ledgers.get(connection?.provider ?? '')?.label ?? 'the ledger';
      const reads = connection === null ? null : await readsOfMonth(duly, companyId);
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ConnectionPage({ frame, connection, ledger, counts, expiry, reads }));
    });
  };
}
