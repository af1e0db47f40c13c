import type { FastifyPluginAsync } from 'fastify';
import { dayAt } from '../../../domain/day.ts';
import { lawOfCustomer } from '../../../dunning/law-of.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { allRules } from '../../../policies/law/law-for.ts';
import { sendPage } from '../../render.ts';
import { customerName, deskOf, openDesk, POLICY, paramOf } from './desk.ts';
import { LawPage } from './law.view.tsx';

/** Every rule of every pack with its source, and those that hold for one customer today. */
export function lawRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${POLICY}/law`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { frame } = await openDesk(duly, request, reply, desk, async () => null);
      return sendPage(reply, LawPage({ frame, rules: allRules(), customer: null, locale: desk.locale }));
    });
    app.get('/companies/:companyId/customers/:customerId/law', async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { company, now, locale } = desk;
      const customerId = paramOf(request, 'customerId');
      const on = dayAt(now, company.time_zone);
      const { frame, found } = await openDesk(duly, request, reply, desk, async (tx) => ({
        name: await customerName(tx, company.company_id, customerId),
        law: await lawOfCustomer(tx, company, customerId, on),
      }));
      const { name, law } = found;
      return sendPage(
        reply,
        LawPage({ frame, rules: law.rules, customer: { customerId, name, law }, locale }),
      );
    });
  };
}
