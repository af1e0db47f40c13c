import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { addJob } from '../../../platform/jobs.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage, sendPart } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { isReconciled } from './sync.store.ts';
import { SyncPage, SyncProgress } from './sync.view.tsx';

/** The first reading of the books, and "read the books now". */
export function syncRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/sync', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(
        reply,
        SyncPage({ frame, reconciled: await isReconciled(duly, access.company.company_id) }),
      );
    });
    app.get('/companies/:companyId/sync/progress', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company } = access;
      // htmx follows: the page itself moves on when the books are read
      const reconciled = await isReconciled(duly, company.company_id);
      if (company.sync_state === 'ready' && reconciled)
        reply.header('hx-redirect', `/companies/${company.company_id}/receivables`);
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPart(reply, SyncProgress({ frame, reconciled }));
    });
    const onConnection = { config: { standsOn: '/companies/:companyId/connection' } };
    app.post('/companies/:companyId/read', onConnection, async (request, reply) => {
      const { company } = await requireCompany(request, 'hold');
      const companyId = company.company_id;
      const first = company.books_read_at === null;
      await inCompany(duly.db, companyId, async (tx) => {
        if (first)
          await tx
            .updateTable('company')
            .set({ sync_state: 'running', sync_problem: null })
            .where('company_id', '=', companyId)
            .execute();
        await addJob(tx, 'sync', { companyId, read: true, purpose: 'person' });
      });
      const at = `/companies/${companyId}/${first ? 'sync' : 'connection'}`;
      return redirectSaying(reply, at, 'The books are being read now. The figures follow in a moment.');
    });
  };
}
