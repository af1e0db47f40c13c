import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieRules } from './cookies.ts';
import type { Flash } from './layout.view.tsx';

/** Sends the browser to `address` and lets the next page say `words` once. */
export function redirectSaying(
  reply: FastifyReply,
  address: string,
  words: string,
  bad = false,
): FastifyReply {
  const value = Buffer.from(JSON.stringify({ words: words.slice(0, 600), bad })).toString('base64url');
  const { said, options } = cookieRules(reply.server.duly.config.baseUrl);
  return reply.setCookie(said, value, { ...options, maxAge: 60 }).redirect(address, 303);
}

/** What the page before wanted to be said; said once. Anything unreadable is nothing. */
export function takeFlash(request: FastifyRequest, reply: FastifyReply): Flash | null {
  const { said, options } = cookieRules(reply.server.duly.config.baseUrl);
  const value = request.cookies[said];
  if (value === undefined) return null;
  reply.clearCookie(said, options);
  try {
    const read: unknown = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
    if (typeof read !== 'object' || read === null || !('words' in read) || typeof read.words !== 'string')
      return null;
    return { words: read.words.slice(0, 600), bad: 'bad' in read && read.bad === true };
  } catch {
    return null;
  }
}
