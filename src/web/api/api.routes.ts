import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../platform/context.ts';
import { agreementApi } from './agreements.routes.ts';
import { requireKey } from './caller.plugin.ts';
import { companyRoutes } from './companies.routes.ts';
import { consequenceRoutes } from './consequences.routes.ts';
import { customerPolicyRoutes } from './customer-policies.routes.ts';
import { customerApi } from './customers.routes.ts';
import { dunningRoutes } from './dunning.routes.ts';
import { explainRoutes } from './explain.routes.ts';
import { holdRoutes } from './holds.routes.ts';
import { lawRoutes } from './law.routes.ts';
import { openApi } from './openapi.ts';
import { peopleApi } from './people.routes.ts';
import { policyRoutes } from './policies.routes.ts';
import { policyTrialRoutes } from './policy-trials.routes.ts';
import { positionRoutes } from './positions.routes.ts';
import { previewRoutes } from './preview.routes.ts';
import { recordRoutes } from './record.routes.ts';
import { touchChangeRoutes } from './touch-changes.routes.ts';
import { touchRoutes } from './touches.routes.ts';

/** The JSON API for operators and tests, below /api/v1, and its description at /api/v1/openapi.json. */
export function apiRoutes(duly: Duly): FastifyPluginAsync {
  return async (root) => {
    await root.register(
      async (app) => {
        // a body is taken as it was sent: nothing is converted and nothing unknown is dropped in silence
        app.setValidatorCompiler(TypeBoxValidatorCompiler);
        app.removeContentTypeParser([
          'application/x-www-form-urlencoded',
          'multipart/form-data',
          'text/plain',
        ]);
        await app.register(swagger, { openapi: openApi(duly.config.baseUrl) });
        app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
        await app.register(async (keyed) => {
          requireKey(keyed, duly);
          await keyed.register(companyRoutes(duly));
          for (const routes of [
            customerApi,
            peopleApi,
            positionRoutes,
            holdRoutes,
            agreementApi,
            dunningRoutes,
            policyRoutes,
            policyTrialRoutes,
            customerPolicyRoutes,
            consequenceRoutes,
            previewRoutes,
            explainRoutes,
            touchRoutes,
            touchChangeRoutes,
            lawRoutes,
            recordRoutes,
          ])
            await keyed.register(routes(duly), { prefix: '/companies/:companyId' });
        });
      },
      { prefix: '/api/v1' },
    );
  };
}
