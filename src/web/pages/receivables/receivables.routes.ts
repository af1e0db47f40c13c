import type { FastifyPluginAsync } from 'fastify';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import { dayAt } from '../../../domain/day.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readReceivables } from './receivables.store.ts';
import { wishOf } from './receivables.ts';
import { ReceivablesPage } from './receivables.view.tsx';

/** `/companies/:companyId/receivables`: who is past due and why. */
export function receivablesRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId', async (request, reply) => {
      const { company } = await requireCompany(request, 'see');
      const first = company.books_read_at === null;
      return reply.redirect(`/companies/${company.company_id}/${first ? 'sync' : 'receivables'}`, 303);
    });
    app.get('/companies/:companyId/receivables', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const companyId = access.company.company_id;
      if (access.company.books_read_at === null) return reply.redirect(`/companies/${companyId}/sync`, 303);
      await lookAtBooks(duly, access.company);
      const wish = wishOf(request.query as Readonly<Record<string, unknown>>);
      const today = dayAt(duly.clock.now(), access.company.time_zone);
      const receivables = await inCompany(duly.db, companyId, (tx) =>
        readReceivables(tx, companyId, wish, today),
      );
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ReceivablesPage({ frame, receivables, wish }));
    });
  };
}
