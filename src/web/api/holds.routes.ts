import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { liftHold } from '../../receivables/hold.store.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { DisputeBody, Kind, NewHoldBody, PromiseBody, Scope } from './hold-bodies.ts';
import { addDispute, addHold, addPromise } from './hold-commands.store.ts';
import { listHolds, readHold } from './holds.store.ts';
import {
  By,
  CompanyParams,
  DayText,
  failures,
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
  scope: Scope,
  customerId: orNull(Type.String()),
  invoiceId: orNull(Type.String()),
  reason: Type.String(),
  setBy: Type.String(),
  amount: orNull(Money),
  startsOn: DayText,
  endsOn: orNull(Type.String({ description: 'The last day, included; null: until it is lifted.' })),
  inForce: Type.Boolean({ description: 'Today.' }),
  liftedAt: orNull(Instant),
  liftedBy: orNull(Type.String()),
  createdAt: Instant,
});

const tags = ['holds'];
const created = { 201: HoldBody, ...failures };

/** Holds, and the two kinds that have an address of their own: disputes and promises. */
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
        description: 'Holds that follow from the figures stand in the positions.',
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          state: Type.Optional(
            Type.Enum(['standing', 'all'], {
              description: 'standing (if not given): neither lifted nor over.',
            }),
          ),
          customerId: Type.Optional(LedgerId),
          invoiceId: Type.Optional(LedgerId),
        }),
        response: { 200: PageOf(HoldBody), ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => listHolds(tx, id, request.query, duly.clock.now())),
  );
  app.delete(
    '/holds/:holdId',
    {
      schema: {
        operationId: 'liftHold',
        summary: 'Lift a hold now; it stays in the record',
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
  app.post(
    '/promises',
    {
      schema: {
        operationId: 'addPromise',
        summary: 'Hold a customer or an invoice until a promised day plus 2 business days (R11)',
        tags,
        params: CompanyParams,
        body: PromiseBody,
        response: created,
      },
    },
    async (request, reply) => {
      const now = duly.clock.now();
      const hold = await inKeyCompany(duly, request, (tx, id) => addPromise(tx, id, request.body, now));
      return reply.code(201).send(hold);
    },
  );
}
