import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieRules } from './cookies.ts';

/** Keeps the page that somebody wanted who had to sign in first, for a quarter of an hour; null: none. */
export function keepWantedPage(reply: FastifyReply, page: string | null): void {
  const { wanted, options } = cookieRules(reply.server.duly.config.baseUrl);
  if (page === null || page === '/' || page.length > 1_000) return;
  reply.setCookie(wanted, page, { ...options, maxAge: 900 });
}

/**
 * Where to go after signing in: the page that was wanted before, once; else the start. A cookie is the browser's word:
 * only a page of a company is believed.
 */
export function takeWantedPage(request: FastifyRequest, reply: FastifyReply): string {
  const { wanted, options } = cookieRules(request.server.duly.config.baseUrl);
  const page = request.cookies[wanted];
  if (page === undefined) return '/';
  reply.clearCookie(wanted, options);
  return /^\/companies(?:[/?][\x21-\x7e]*)?$/.test(page) ? page : '/';
}
