import type { FastifyPluginAsync } from 'fastify';
import { type Day, dayAt, parseDay } from '../../../domain/day.ts';
import { explain } from '../../../dunning/explain.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { WhyPage } from './why.view.tsx';

/** `/companies/:companyId/customers/:customerId/why?day=`: a day's decision as the tree of questions it went through. */
export function whyRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/customers/:customerId/why', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId, time_zone: zone } = access.company;
      const { customerId } = request.params as { customerId: string };
      const now = duly.clock.now();
      const today = dayAt(now, zone);
      const day = dayOf((request.query as { day?: unknown }).day, today);
      const shown = await inCompany(duly.db, companyId, async (tx) => {
        const explanations = await explain(tx, companyId, { customerId, day }, now);
        const { name } = await tx
          .selectFrom('customer')
          .select('name')
          .where('company_id', '=', companyId)
          .where('customer_id', '=', customerId)
          .executeTakeFirstOrThrow();
        return { explanations, name };
      });
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, WhyPage({ frame, customerId, day, today, ...shown }));
    });
  };
}

function dayOf(text: unknown, today: Day): Day {
  if (text === undefined || text === '') return today;
  const day = parseDay(text);
  if (day === null)
    throw new UserError('bad_input', 'This is not a day that exists.', 'Write it as YYYY-MM-DD.');
  return day;
}
