import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import {
  nothingOwn,
  saveCustomerPolicy,
  storedCustomerPolicy,
} from '../../policies/customer-policy.store.ts';
import { actor, inKeyCompany } from './caller.plugin.ts';
import { CustomerPolicyAnswer, NewCustomerPolicy } from './policy-bodies.ts';
import { By, failures, Input, LedgerId, Uuid } from './schema.ts';

const tags = ['policies'];
const params = Type.Object({ companyId: Uuid, customerId: LedgerId });
const answer = { 200: CustomerPolicyAnswer, ...failures };

/** P27: what a customer has for itself. */
export function customerPolicyRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/customers/:customerId/policy',
      {
        schema: {
          operationId: 'getCustomerPolicy',
          summary: 'What a customer has for itself: a segment by hand, settings, a pause',
          tags,
          params,
          response: answer,
        },
      },
      (request) =>
        inKeyCompany(duly, request, (tx, id) => storedCustomerPolicy(tx, id, request.params.customerId)),
    );
    app.put(
      '/customers/:customerId/policy',
      {
        schema: {
          operationId: 'setCustomerPolicy',
          summary: 'Treat a customer otherwise than its segment',
          description: 'SEQ-15: goes before its segment and the company, setting by setting.',
          tags,
          params,
          body: NewCustomerPolicy,
          response: answer,
        },
      },
      (request) =>
        inKeyCompany(duly, request, (tx, id) => {
          const { by, ...change } = request.body;
          return saveCustomerPolicy(tx, id, request.params.customerId, change, actor(by), duly.clock.now());
        }),
    );
    app.delete(
      '/customers/:customerId/policy',
      {
        schema: {
          operationId: 'clearCustomerPolicy',
          summary: 'Treat a customer like everybody in its segment again',
          tags,
          params,
          querystring: Input({ by: By }),
          response: answer,
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, id) => {
          const { customerId } = request.params;
          const { version: expectedVersion } = await storedCustomerPolicy(tx, id, customerId);
          const change = { ...nothingOwn, expectedVersion };
          return await saveCustomerPolicy(
            tx,
            id,
            customerId,
            change,
            actor(request.query.by),
            duly.clock.now(),
          );
        }),
    );
  };
}
