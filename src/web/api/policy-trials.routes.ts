import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { getCompany } from '../../companies/company.store.ts';
import { policyEffect } from '../../dunning/effect.store.ts';
import type { Duly } from '../../platform/context.ts';
import { checkDocument } from '../../policies/check-document.ts';
import { getDocument } from '../../policies/document.store.ts';
import { refuseFaults } from '../../policies/fault.ts';
import { inKeyCompany } from './caller.plugin.ts';
import { EffectAnswer, FaultBody, PolicyBodySchema } from './policy-bodies.ts';
import { CompanyParams, failures, Input } from './schema.ts';

const tags = ['policies'];

/** What a policy would be and do, before it is saved. */
export function policyTrialRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/policy/check',
      {
        schema: {
          operationId: 'checkPolicy',
          summary: 'What stands in the way of a policy, and what must be known of it; nothing is saved',
          tags,
          params: CompanyParams,
          body: Input({ document: PolicyBodySchema }),
          response: { 200: Type.Object({ faults: Type.Array(FaultBody) }), ...failures },
        },
      },
      async (request) => ({ faults: [...checkDocument(request.body.document)] }),
    );
    app.post(
      '/policy/effect',
      {
        schema: {
          operationId: 'policyEffect',
          summary: 'SEQ-17: open cases whose next step a policy would change; nothing is saved',
          description: 'A touch that stands keeps its step. At most 2,000 customers are looked at.',
          tags,
          params: CompanyParams,
          body: Input({ document: PolicyBodySchema }),
          response: { 200: EffectAnswer, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, id) => {
          refuseFaults(checkDocument(request.body.document));
          const document = { ...request.body.document, version: (await getDocument(tx, id)).version + 1 };
          return await policyEffect(tx, await getCompany(tx, id), document, duly.clock.now());
        }),
    );
  };
}
