import type { FastifyPluginAsync } from 'fastify';
import { customerNameOf } from '../../../books/customer-name.store.ts';
import { addDays, type Day, dayAt, formatDay, parseDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { explain, MOST_DAYS_AHEAD } from '../../../dunning/explain.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { type AskedDay, WhyPage } from './why.view.tsx';

/** `/companies/:companyId/customers/:customerId/why?day=`: a day's decision as the tree of questions it went through. */
export function whyRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/customers/:customerId/why', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId, time_zone: zone, country } = access.company;
      const { customerId } = request.params as { customerId: string };
      const now = duly.clock.now();
      const today = dayAt(now, zone);
      const last = addDays(today, MOST_DAYS_AHEAD);
      const wish = dayOf((request.query as { day?: unknown }).day, {
        today,
        last,
        locale: localeOf(country),
      });
      const day = wish.fault === null ? wish.day : today;
      const shown = await inCompany(duly.db, companyId, async (tx) => {
        // also for a day that cannot be asked for: a customer that is not in the books has no page at all
        const explanations = await explain(tx, companyId, { customerId, day }, now);
        return { explanations, name: await customerNameOf(tx, companyId, customerId) };
      });
      const frame = await companyFrameOf(duly, request, reply, access);
      const page = WhyPage({ frame, customerId, wish, today, last, ...shown });
      return sendPage(reply, page, wish.fault === null ? 200 : 400);
    });
  };
}

function dayOf(
  asked: unknown,
  { today, last, locale }: { readonly today: Day; readonly last: Day; readonly locale: string },
): AskedDay {
  const text = typeof asked === 'string' ? asked.trim() : '';
  if (text === '') return { day: today, fault: null };
  const day = parseDay(text);
  if (day === null) return { text, fault: 'There is no such day. Choose one from the calendar.' };
  if (day <= last) return { day, fault: null };
  const words = `Duly looks ${MOST_DAYS_AHEAD} days ahead, until ${formatDay(last, locale)}: by a later day too much will have changed. Choose an earlier one.`;
  return { text, fault: words };
}
