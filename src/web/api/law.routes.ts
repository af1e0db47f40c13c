import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type CompanyRow, getCompany } from '../../companies/company.store.ts';
import { type Day, dayAt } from '../../domain/day.ts';
import { interestOfCustomer } from '../../dunning/interest-of.store.ts';
import { lawOfCustomer } from '../../dunning/law-of.store.ts';
import { paidLateOf } from '../../dunning/paid-late.store.ts';
import type { Duly } from '../../platform/context.ts';
import { allRules } from '../../policies/law/law-for.ts';
import { inKeyCompany } from './caller.plugin.ts';
import { InterestBody, interestBody } from './interest-bodies.ts';
import { LawBody, lawBody, RuleBody, ruleBody } from './law-bodies.ts';
import { CompanyParams, DayText, existingDay, failures, Input, LedgerId, Uuid } from './schema.ts';

const tags = ['law'];
const params = Type.Object({ companyId: Uuid, customerId: LedgerId });
const querystring = Input({ day: Type.Optional(DayText) });

/** Which rules of law there are, which of them hold for a customer, and what interest they leave room for. */
export function lawRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/law/rules',
      {
        schema: {
          operationId: 'listLawRules',
          summary: 'Every rule of every law pack, with its source',
          tags,
          params: CompanyParams,
          response: { 200: Type.Object({ items: Type.Array(RuleBody) }), ...failures },
        },
      },
      (request) => inKeyCompany(duly, request, async () => ({ items: allRules().map(ruleBody) })),
    );
    app.get(
      '/customers/:customerId/law',
      {
        schema: {
          operationId: 'getCustomerLaw',
          summary: 'What the law leaves open for a customer on a day, and why',
          description: 'The strictest of the customer’s packs and the company’s. Today if no day is given.',
          tags,
          params,
          querystring,
          response: { 200: LawBody, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const company = await getCompany(tx, companyId);
          const day = wishedDay(request.query.day, company, duly.clock.now());
          return lawBody(await lawOfCustomer(tx, company, request.params.customerId, day));
        }),
    );
    app.get(
      '/customers/:customerId/interest',
      {
        schema: {
          operationId: 'getCustomerInterest',
          summary: 'Interest and fixed sum on each past-due invoice, computed and shown only',
          description:
            'D10: under the customer’s policy and law, up to and including the day. Nothing is posted to the ledger. What was paid late stands apart, and in no reminder.',
          tags,
          params,
          querystring,
          response: { 200: InterestBody, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const [company, now] = [await getCompany(tx, companyId), duly.clock.now()];
          const asOf = wishedDay(request.query.day, company, now);
          const { customerId } = request.params;
          const { invoices } = await interestOfCustomer(tx, company, customerId, { asOf, now });
          return interestBody(
            asOf,
            invoices,
            await paidLateOf(tx, company, customerId, { until: asOf, now }),
          );
        }),
    );
  };
}

function wishedDay(text: string | undefined, company: CompanyRow, now: Date): Day {
  return text === undefined ? dayAt(now, company.time_zone) : existingDay(text, 'day');
}
