import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../platform/context.ts';
import { agreementsRoutes } from './agreements/agreements.routes.ts';
import { approveRoutes } from './approve/approve.routes.ts';
import { brandRoutes } from './brand/brand.routes.ts';
import { homeRoutes } from './connect/connect.routes.ts';
import { connectionRoutes } from './connection/connection.routes.ts';
import { consequencesRoutes } from './consequences/consequences.routes.ts';
import { customerRoutes } from './customer/customer.routes.ts';
import { invoiceRoutes } from './invoice/invoice.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { policyPagesRoutes } from './policy/policy.routes.ts';
import { previewRoutes } from './preview/preview.routes.ts';
import { problemsRoutes } from './problems/problems.routes.ts';
import { receivablesRoutes } from './receivables/receivables.routes.ts';
import { replayRoutes } from './replay/replay.routes.ts';
import { settingsRoutes } from './settings/settings.routes.ts';
import { staticRoutes } from './static/static.routes.ts';
import { syncRoutes } from './sync/sync.routes.ts';
import { tieOutRoutes } from './tie-out/tie-out.routes.ts';
import { todoRoutes } from './todo/todo.routes.ts';
import { letterRoutes } from './touch/letter.routes.ts';
import { touchRoutes } from './touch/touch.routes.ts';
import { whyRoutes } from './why/why.routes.ts';

/** Every staff page. */
export function pagesRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    await app.register(homeRoutes(duly));
    await app.register(syncRoutes(duly));
    await app.register(receivablesRoutes(duly));
    await app.register(customerRoutes(duly));
    await app.register(agreementsRoutes(duly));
    await app.register(invoiceRoutes(duly));
    await app.register(approveRoutes(duly));
    await app.register(brandRoutes(duly));
    await app.register(connectionRoutes(duly));
    await app.register(peopleRoutes(duly));
    await app.register(consequencesRoutes(duly));
    await app.register(policyPagesRoutes(duly));
    await app.register(previewRoutes(duly));
    await app.register(replayRoutes(duly));
    await app.register(whyRoutes(duly));
    await app.register(problemsRoutes(duly));
    await app.register(settingsRoutes(duly));
    await app.register(tieOutRoutes(duly));
    await app.register(todoRoutes(duly));
    await app.register(touchRoutes(duly));
    await app.register(letterRoutes(duly));
    await app.register(staticRoutes(duly));
  };
}
