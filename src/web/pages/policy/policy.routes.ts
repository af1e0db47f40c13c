import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { customerPolicyPageRoutes } from './customer-policy.routes.ts';
import { lawRoutes } from './law.routes.ts';
import { overviewRoutes } from './overview.routes.ts';
import { presetsRoutes } from './presets.routes.ts';
import { publicPolicyRoutes } from './public.routes.ts';
import { reviewRoutes } from './review.routes.ts';
import { segmentsRoutes } from './segments.routes.ts';
import { sequencesRoutes } from './sequences.routes.ts';
import { policySettingsRoutes } from './settings.routes.ts';
import { stepsRoutes } from './steps.routes.ts';
import { versionsRoutes } from './versions.routes.ts';

/** The policy: read in words, changed in a draft, saved after a look at what it changes. */
export function policyPagesRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    await app.register(overviewRoutes(duly));
    await app.register(sequencesRoutes(duly));
    await app.register(stepsRoutes(duly));
    await app.register(policySettingsRoutes(duly));
    await app.register(segmentsRoutes(duly));
    await app.register(presetsRoutes(duly));
    await app.register(versionsRoutes(duly));
    await app.register(reviewRoutes(duly));
    await app.register(lawRoutes(duly));
    await app.register(customerPolicyPageRoutes(duly));
    await app.register(publicPolicyRoutes(duly));
  };
}
