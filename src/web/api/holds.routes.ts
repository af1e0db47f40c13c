import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { getCompany } from '../../companies/company.store.ts';
import type { Duly } from '../../platform/context.ts';
import { readCompanyHolds } from '../../receivables/company-holds.store.ts';
import { liftHold } from '../../receivables/hold-lift.store.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { Category, DisputeBody, Kind, NewHoldBody, Scope } from './hold-bodies.ts';
import { addDispute, addHold } from './hold-commands.store.ts';
import { listHolds, readHold } from './holds.store.ts';
import {
  By,
  CompanyParams,
  failures,
  HoldReasons,
  Input,
  Instant,
  LedgerId,
  Money,
  orNull,
  PageOf,
  PageQuery,
  Uuid,
} from './schema.ts';

const HoldBody = Type.Object({
  holdId: Type.String(),
  kind: Kind,
  category: orNull(Category),
  scope: Scope,
  customerId: orNull(Type.String()),
  invoiceId: orNull(Type.String()),
  reason: Type.String(),
  setBy: Type.String(),
  amount: orNull(Money),
  startsOn: Type.String({ description: 'The first day.' }),
  endsOn: orNull(Type.String({ description: 'The last day, included; null: until it is lifted.' })),
  reviewOn: orNull(
    Type.String({ description: 'Until that day the customer is not in the list that needs attention.' }),
  ),
  agreementId: orNull(Type.String({ description: 'The promise, plan or offer with which it ends.' })),
  inForce: Type.Boolean({ description: 'Today.' }),
  liftedAt: orNull(Instant),
  liftedBy: orNull(Type.String()),
  createdAt: Instant,
});

const tags = ['holds'];
const created = { 201: HoldBody, ...failures };

/** Holds, and the kind that has an address of its own: disputes. Promises, plans and offers are agreements. */
export function holdRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    standingHolds(app, duly);
    statedHolds(app, duly);
  };
}

/** What is held, and lifting it. */
function standingHolds(app: ApiApp, duly: Duly): void {
  app.get(
    '/holds',
    {
      schema: {
        operationId: 'listHolds',
        summary: 'Holds that a person or the ledger stated, oldest first',
        description:
          'Holds that follow from the figures stand in the positions; those of the whole company in company-holds.',
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          state: Type.Optional(
            Type.Enum(['standing', 'all'], {
              description: 'standing (if not given): neither lifted nor over.',
            }),
          ),
          kind: Type.Optional(Kind),
          category: Type.Optional(Category),
          scope: Type.Optional(Scope),
          customerId: Type.Optional(LedgerId),
          invoiceId: Type.Optional(LedgerId),
        }),
        response: { 200: PageOf(HoldBody), ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => listHolds(tx, id, request.query, duly.clock.now())),
  );
  app.get(
    '/company-holds',
    {
      schema: {
        operationId: 'listCompanyHolds',
        summary: 'Why nobody of the company is chased now: stated, or derived from its state (R9, R14)',
        tags,
        params: CompanyParams,
        response: { 200: Type.Object({ items: HoldReasons }), ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, id) => ({
        items: [...(await readCompanyHolds(tx, await getCompany(tx, id), duly.clock.now()))],
      })),
  );
  app.delete(
    '/holds/:holdId',
    {
      schema: {
        operationId: 'liftHold',
        summary: 'Lift a hold now; it stays in the record',
        description:
          'A key acts as the owner. A hold of an agreement ends with the agreement: withdraw that.',
        tags,
        params: Type.Object({ companyId: Uuid, holdId: Uuid }),
        querystring: Input({ by: By }),
        response: { 200: HoldBody, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const now = duly.clock.now();
        const { holdId } = request.params;
        await liftHold(tx, companyId, holdId, actor(request.query.by), now);
        return await readHold(tx, companyId, holdId, now);
      }),
  );
}

/** Stating a reason not to chase. */
function statedHolds(app: ApiApp, duly: Duly): void {
  app.post(
    '/holds',
    {
      schema: {
        operationId: 'setHold',
        summary: 'Hold the company, a customer or an invoice',
        tags,
        params: CompanyParams,
        body: NewHoldBody,
        response: created,
      },
    },
    async (request, reply) => {
      const now = duly.clock.now();
      const hold = await inKeyCompany(duly, request, (tx, id) => addHold(tx, id, request.body, now));
      return reply.code(201).send(hold);
    },
  );
  app.post(
    '/disputes',
    {
      schema: {
        operationId: 'addDispute',
        summary: 'Hold an invoice because it is disputed; the customer’s other invoices go on (R11)',
        tags,
        params: CompanyParams,
        body: DisputeBody,
        response: created,
      },
    },
    async (request, reply) => {
      const now = duly.clock.now();
      const hold = await inKeyCompany(duly, request, (tx, id) => addDispute(tx, id, request.body, now));
      return reply.code(201).send(hold);
    },
  );
}
