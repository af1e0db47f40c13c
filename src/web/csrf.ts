import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameText } from '../platform/crypto.ts';
import { UserError } from '../platform/errors.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
/**
 * Called by machines that prove themselves otherwise (a signature, a key), never with a cookie; what they are refused is
 * told to them.
 */
export const machines = /^\/(?:webhooks|api)\//;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A form for people who are not signed in; it proves itself by its own token. */
    withoutSession?: boolean;
  }
}

/** Every unsafe request of a person must carry the token of their session. Throws UserError stale_form. */
export function installCsrf(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    if (safe.has(request.method) || machines.test(request.url)) return;
    if (request.routeOptions.config.withoutSession === true) return;
    if (request.is404) return;
    if (request.signedIn === null)
      throw new UserError('not_signed_in', 'You are not signed in.', 'Sign in, then try again.');
    if (!sameText(sentToken(request), request.signedIn.csrfToken)) {
      throw new UserError(
        'stale_form',
        'This form is no longer valid, so nothing was changed.',
        'Go back, copy what you typed if it is long, load the page again and repeat it.',
      );
    }
  });
}

function sentToken(request: FastifyRequest): string {
  const header = request.headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  const field = (request.body as { _csrf?: unknown } | null | undefined)?._csrf;
  return typeof field === 'string' ? field : '';
}
