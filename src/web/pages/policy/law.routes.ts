import type { FastifyPluginAsync } from 'fastify';
import { customerNameOf } from '../../../books/customer-name.store.ts';
import { dayAt } from '../../../domain/day.ts';
import { lawInBooksOf } from '../../../dunning/law-in-books.store.ts';
import { lawOfCustomer } from '../../../dunning/law-of.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { allRules } from '../../../policies/law/law-for.ts';
import { sendPage } from '../../render.ts';
import { CustomerLawPage } from './customer-law.view.tsx';
import { deskOf, openDesk, POLICY, paramOf } from './desk.ts';
import { LawPage } from './law.view.tsx';

/** What holds for the customers of the books today, every rule there is, and what holds for one customer. */
export function lawRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${POLICY}/law`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { company, now, locale } = desk;
      const on = dayAt(now, company.time_zone);
      const { frame, found } = await openDesk(duly, request, reply, desk, (tx) =>
        lawInBooksOf(tx, company, on),
      );
      return sendPage(reply, LawPage({ frame, found, rules: allRules(), on, locale }));
    });
    app.get('/companies/:companyId/customers/:customerId/law', async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { company, now, locale } = desk;
      const customerId = paramOf(request, 'customerId');
      const on = dayAt(now, company.time_zone);
      const { frame, found } = await openDesk(duly, request, reply, desk, async (tx) => ({
        name: await customerNameOf(tx, company.company_id, customerId),
        law: await lawOfCustomer(tx, company, customerId, on),
      }));
      return sendPage(reply, CustomerLawPage({ frame, customerId, ...found, locale }));
    });
  };
}
