import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { getCompany } from '../../companies/company.store.ts';
import type { Duly } from '../../platform/context.ts';
import type { AgreementKind } from '../../receivables/agreements/agreement.ts';
import { withdrawAgreement } from '../../receivables/agreements/withdraw.store.ts';
import {
  AgreementBody,
  OfferBody,
  PlanBody,
  PromiseAnswer,
  PromiseBody,
  WithdrawBody,
} from './agreement-bodies.ts';
import { addOffer, addPlan, addPromise } from './agreement-commands.store.ts';
import { asPromise, listAgreements, readAgreement } from './agreements.store.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { CompanyParams, failures, LedgerId, PageOf, PageQuery, Uuid } from './schema.ts';

const tags = ['agreements'];
const Params = Type.Object({ companyId: Uuid, agreementId: Uuid });
const created = { 201: AgreementBody, ...failures };

const paths = [
  { kind: 'promise', path: '/promises', one: 'Promise', many: 'Promises' },
  { kind: 'plan', path: '/plans', one: 'Plan', many: 'Plans' },
  { kind: 'offer', path: '/offers', one: 'Offer', many: 'Offers' },
] as const;
type Named = (typeof paths)[number];

/** Promises, plans and offers: the same five requests for each, and one shape of answer. */
export function agreementApi(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    for (const named of paths) {
      toRead(app, duly, named);
      toWithdraw(app, duly, named);
    }
    toPromise(app, duly);
    toPlan(app, duly);
    toOffer(app, duly);
  };
}

function toRead(app: ApiApp, duly: Duly, { kind, path, one, many }: Named): void {
  app.get(
    path,
    {
      schema: {
        operationId: `list${many}`,
        summary: `${many}, oldest first`,
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          state: Type.Optional(
            Type.Enum(['live', 'all'], { description: 'live (if not given): not settled yet.' }),
          ),
          customerId: Type.Optional(LedgerId),
        }),
        response: { 200: PageOf(AgreementBody), ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const company = await getCompany(tx, companyId);
        return await listAgreements(tx, company, kind, request.query, duly.clock.now());
      }),
  );
  app.get(
    `${path}/:agreementId`,
    {
      schema: {
        operationId: `get${one}`,
        summary: `One ${one.toLowerCase()}`,
        tags,
        params: Params,
        response: { 200: AgreementBody, ...failures },
      },
    },
    (request) => answer(duly, request, kind, request.params.agreementId),
  );
}

function toWithdraw(app: ApiApp, duly: Duly, { kind, path, one }: Named): void {
  app.post(
    `${path}/:agreementId/withdraw`,
    {
      schema: {
        operationId: `withdraw${one}`,
        summary: `End a ${one.toLowerCase()}; its invoices are chased again`,
        tags,
        params: Params,
        body: WithdrawBody,
        response: { 200: AgreementBody, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const company = await getCompany(tx, companyId);
        const { agreementId } = request.params;
        const now = duly.clock.now();
        // of this kind, or it does not exist here
        await readAgreement(tx, company, kind, agreementId, now);
        const { by, reason } = request.body;
        await withdrawAgreement(tx, company, agreementId, actor(by), reason, now);
        return await readAgreement(tx, company, kind, agreementId, now);
      }),
  );
}

function toPromise(app: ApiApp, duly: Duly): void {
  app.post(
    '/promises',
    {
      schema: {
        operationId: 'addPromise',
        summary: 'Write down a promise to pay; its invoices are held until its day plus its grace (R11)',
        description:
          'The grace is what the policy of whoever is chased says, two business days unless it says otherwise. The books decide whether it was kept. Without invoices it covers all that is past due, and the customer is held in that currency.',
        tags,
        params: CompanyParams,
        body: PromiseBody,
        response: { 201: PromiseAnswer, ...failures },
      },
    },
    async (request, reply) => {
      const now = duly.clock.now();
      const promise = await inKeyCompany(duly, request, async (tx, companyId) => {
        const company = await getCompany(tx, companyId);
        const agreementId = await addPromise(tx, company, request.body, now);
        return await asPromise(tx, companyId, await readAgreement(tx, company, 'promise', agreementId, now));
      });
      return reply.code(201).send(promise);
    },
  );
}

function toPlan(app: ApiApp, duly: Duly): void {
  app.post(
    '/plans',
    {
      schema: {
        operationId: 'addPlan',
        summary: 'Write down a plan of instalments; its invoices are held while it is kept (R11)',
        tags,
        params: CompanyParams,
        body: PlanBody,
        response: created,
      },
    },
    async (request, reply) => {
      const now = duly.clock.now();
      const plan = await inKeyCompany(duly, request, async (tx, companyId) => {
        const company = await getCompany(tx, companyId);
        const agreementId = await addPlan(tx, company, request.body, now);
        return await readAgreement(tx, company, 'plan', agreementId, now);
      });
      return reply.code(201).send(plan);
    },
  );
}

function toOffer(app: ApiApp, duly: Duly): void {
  app.post(
    '/offers',
    {
      schema: {
        operationId: 'addOffer',
        summary: 'Write down a settlement offer: a smaller sum, if it is paid by a day',
        description:
          'Accepted: the reduced sum was paid in time; then a person credits the rest in the ledger.',
        tags,
        params: CompanyParams,
        body: OfferBody,
        response: created,
      },
    },
    async (request, reply) => {
      const now = duly.clock.now();
      const offer = await inKeyCompany(duly, request, async (tx, companyId) => {
        const company = await getCompany(tx, companyId);
        const agreementId = await addOffer(tx, company, request.body, now);
        return await readAgreement(tx, company, 'offer', agreementId, now);
      });
      return reply.code(201).send(offer);
    },
  );
}

function answer(
  duly: Duly,
  request: { readonly keyCompanyId: string },
  kind: AgreementKind,
  agreementId: string,
) {
  return inKeyCompany(duly, request, async (tx, companyId) =>
    readAgreement(tx, await getCompany(tx, companyId), kind, agreementId, duly.clock.now()),
  );
}
