import type { FastifyPluginAsync } from 'fastify';
import manifest from '../../manifest.json' with { type: 'json' };

/** The listing for the ledgers' marketplaces: what Duly is, and where each address of it lies below BASE_URL. */
export function marketplaceRoutes(): FastifyPluginAsync {
  return async (app) => {
    app.get('/manifest.json', async () => manifest);
  };
}
