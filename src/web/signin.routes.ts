import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../platform/context.ts';
import { sendMessage } from './errors.ts';
import { launchPrefix, leaveFor, providerNamed } from './flow.ts';
import { signOut } from './session.plugin.ts';

/** Signing in with the vendor's identity; there is no password of ours. */
export function signInRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/signin', async (request, reply) => {
      if (request.signedIn !== null) return reply.redirect('/');
      const providers = [...duly.ledgers.values()].filter((provider) => provider.configured);
      return sendMessage(request, reply, {
        title: 'Sign in',
        paragraphs: [
          'Use the sign-in of the ledger that is connected to Duly. There is no password to remember.',
        ],
        links: [
          ...providers.map((provider) => ({
            href: `/signin/${provider.signInKey}`,
            words: `Sign in with ${provider.label}`,
          })),
          { href: '/', words: 'Connect a company for the first time' },
        ],
      });
    });
    app.get<{ Params: { signInKey: string } }>('/signin/:signInKey', async (request, reply) => {
      const provider = providerNamed(duly, request.params.signInKey, 'signInKey');
      return leaveFor(request, reply, provider, { purpose: 'sign_in' });
    });
    // from the vendor's app list: known people are in at once, others go on to connecting
    app.get<{ Params: { key: string } }>('/launch/:key', async (request, reply) => {
      const provider = providerNamed(duly, request.params.key, 'key');
      if (request.signedIn !== null) return reply.redirect('/');
      return leaveFor(request, reply, provider, { purpose: 'sign_in', prefix: launchPrefix });
    });
    app.post('/signout', async (request, reply) => {
      await signOut(request, reply);
      return reply.redirect('/', 303);
    });
  };
}
