import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { fieldOf } from '../../form-fields.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readProblems } from './problems.store.ts';
import { ProblemsPage } from './problems.view.tsx';
import type { ProblemWish } from './wish.ts';

export function problemsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/problems', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId } = access.company;
      const wish = wishOf(request.query);
      const problems = await inCompany(duly.db, companyId, (tx) => readProblems(tx, companyId, wish));
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ProblemsPage({ frame, problems, wish }));
    });
  };
}

/** What can't be understood in the address is no wish. */
function wishOf(query: unknown): ProblemWish {
  const text = (name: string): string | null => fieldOf(query, name, 100).replaceAll('\0', '') || null;
  const page = Number(fieldOf(query, 'page', 6));
  return {
    kind: text('kind'),
    customerId: text('customer'),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}
