import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readProblems } from './problems.store.ts';
import { ProblemsPage } from './problems.view.tsx';

export function problemsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/problems', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId } = access.company;
      const problems = await inCompany(duly.db, companyId, (tx) => readProblems(tx, companyId));
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ProblemsPage({ frame, problems }));
    });
  };
}
