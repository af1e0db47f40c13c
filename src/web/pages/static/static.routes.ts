import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { sendPage } from '../../render.ts';
import { PrivacyPage, SupportPage, TermsPage } from './static.view.tsx';

/** The addresses that the marketplaces' listings name. */
export function staticRoutes(duly: Duly): FastifyPluginAsync {
  const { url: sandboxUrl } = duly.config.sandbox;
  return async (app) => {
    app.get('/privacy', async (_request, reply) => sendPage(reply, PrivacyPage({ sandboxUrl })));
    app.get('/terms', async (_request, reply) => sendPage(reply, TermsPage({ sandboxUrl })));
    app.get('/support', async (_request, reply) => sendPage(reply, SupportPage({ sandboxUrl })));
  };
}
