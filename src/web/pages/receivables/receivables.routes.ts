import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { type Filter, filters, readReceivables, type Sort, sorts, type Wish } from './receivables.store.ts';
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
      const wish = wishOf(request.query as Readonly<Record<string, unknown>>);
      const receivables = await inCompany(duly.db, companyId, (tx) => readReceivables(tx, companyId, wish));
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ReceivablesPage({ frame, receivables, wish }));
    });
  };
}

/** What the address asks for; anything unknown is the ordinary view. */
export function wishOf(query: Readonly<Record<string, unknown>>): Wish {
  const page = Number(query.page);
  return {
    filter: filters.find((known): known is Filter => known === query.show) ?? 'past_due',
    sort: sorts.find((known): known is Sort => known === query.sort) ?? 'past_due',
    page: Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}
