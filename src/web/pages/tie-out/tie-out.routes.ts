import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { addJob } from '../../../platform/jobs.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readTieOut } from './tie-out.store.ts';
import { TieOutPage } from './tie-out.view.tsx';

/** `/companies/:companyId/tie-out`: our sums beside the ledger's own (R15), and "compare now". */
export function tieOutRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/tie-out', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId } = access.company;
      const tieOut = await inCompany(duly.db, companyId, (tx) => readTieOut(tx, companyId));
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, TieOutPage({ frame, tieOut }));
    });
    app.post('/companies/:companyId/tie-out', async (request, reply) => {
      const { company } = await requireCompany(request, 'hold');
      const { company_id: companyId } = company;
      await inCompany(duly.db, companyId, (tx) =>
        addJob(tx, 'reconcile', { companyId, compare: true, purpose: 'person' }),
      );
      const words = 'The sums are being compared now. Open this page again in a moment.';
      return redirectSaying(reply, `/companies/${companyId}/tie-out`, words);
    });
  };
}
