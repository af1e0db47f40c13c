import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { debtorTypes, setDebtorType } from '../../receivables/debtor-type.store.ts';
import { BehaviourBody } from './behaviour-body.ts';
import { actor, inKeyCompany } from './caller.plugin.ts';
import { listCustomers, readCustomer, readCustomerWithBehaviour } from './customers.store.ts';
import {
  By,
  CompanyParams,
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

const Debtor = Type.Enum([...debtorTypes], {
  description: 'unknown counts as consumer: the stricter rules apply.',
});

const CustomerBody = Type.Object({
  customerId: Type.String(),
  name: Type.String(),
  firstName: orNull(Type.String()),
  emails: Type.Array(Type.String()),
  phone: orNull(Type.String()),
  country: orNull(Type.String()),
  region: orNull(Type.String()),
  active: Type.Boolean(),
  parentId: orNull(Type.String()),
  billsWithParent: Type.Boolean({ description: 'R12: chased at the parent.' }),
  mergedIntoId: orNull(Type.String()),
  ledgerBalance: orNull(Money),
  debtorType: Debtor,
  debtorTypeBy: orNull(Type.String()),
  changedAt: Instant,
});

const CustomerWithBehaviour = Type.Object({ ...CustomerBody.properties, behaviour: BehaviourBody });
const CustomerParams = Type.Object({ companyId: Uuid, customerId: LedgerId });
const tags = ['customers'];

/** Customers of the books, and what kind of debtor each is. */
export function customerApi(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/customers',
      {
        schema: {
          operationId: 'listCustomers',
          summary: 'Customers, by id',
          tags,
          params: CompanyParams,
          querystring: PageQuery({}),
          response: { 200: PageOf(CustomerBody), ...failures },
        },
      },
      (request) => inKeyCompany(duly, request, (tx, id) => listCustomers(tx, id, request.query)),
    );
    app.get(
      '/customers/:customerId',
      {
        schema: {
          operationId: 'getCustomer',
          summary: 'One customer, with the facts of how it has paid so far',
          tags,
          params: CustomerParams,
          response: { 200: CustomerWithBehaviour, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, (tx, id) =>
          readCustomerWithBehaviour(tx, id, request.params.customerId, duly.clock.now()),
        ),
    );
    app.patch(
      '/customers/:customerId',
      {
        schema: {
          operationId: 'setDebtorType',
          summary: 'Say what kind of debtor a customer is',
          tags,
          params: CustomerParams,
          body: Input({ debtorType: Debtor, by: By }),
          response: { 200: CustomerBody, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const { customerId } = request.params;
          const { debtorType, by } = request.body;
          await setDebtorType(tx, companyId, customerId, debtorType, actor(by), duly.clock.now());
          return await readCustomer(tx, companyId, customerId);
        }),
    );
  };
}
