import type {} from '@fastify/cookie';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { UserError } from '../platform/errors.ts';
import { cookieRules } from './cookies.ts';
import type { Message } from './error.view.tsx';
import { sendMessage } from './errors.ts';
import { toStart } from './way-on.ts';

const ADDRESS = '/told';

/**
 * Says something on a page of its own, by a redirect: an address that carries a code or a state never answers with a
 * page, so that neither stays in the address bar, in the history or in a Referer.
 */
export function tellElsewhere(reply: FastifyReply, message: Message, status: number): FastifyReply {
  const value = Buffer.from(JSON.stringify({ ...message, status })).toString('base64url');
  const { told, options } = cookieRules(reply.server.duly.config.baseUrl);
  return reply.setCookie(told, value, { ...options, maxAge: 120 }).redirect(ADDRESS, 303);
}

/** What to say of an error that is meant for the person. */
export function messageOf(error: UserError): Message {
  return {
    title: error.message,
    paragraphs: [error.action],
    links: [toStart],
  };
}

export function toldRoute(app: FastifyInstance): void {
  app.get(ADDRESS, async (request, reply) => {
    const { told: cookie, options } = cookieRules(app.duly.config.baseUrl);
    const told = readTold(request.cookies[cookie]);
    if (told === null) return reply.redirect('/');
    reply.clearCookie(cookie, options);
    const { status, ...message } = told;
    return sendMessage(request, reply, message, status);
  });
}

/** A cookie is the browser's word: only texts, only our own addresses, only a status that a page may have. */
function readTold(value: string | undefined): (Message & { readonly status: number }) | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(value ?? '', 'base64url').toString('utf8'));
    const { title, paragraphs, links, status } = read as Partial<Record<string, unknown>>;
    if (typeof title !== 'string' || !Array.isArray(paragraphs) || !Array.isArray(links)) return null;
    return {
      title: title.slice(0, 300),
      paragraphs: paragraphs.map((each) => String(each).slice(0, 1_000)).slice(0, 5),
      links: links.slice(0, 4).flatMap(ownLink),
      status:
        typeof status === 'number' && Number.isInteger(status) && status >= 200 && status < 600
          ? status
          : 400,
    };
  } catch {
    return null;
  }
}

function ownLink(link: unknown): Message['links'] {
  const { href, words } = (link ?? {}) as { href?: unknown; words?: unknown };
  if (typeof href !== 'string' || typeof words !== 'string') return [];
  return /^\/(?![/\\])/.test(href) ? [{ href, words: words.slice(0, 200) }] : [];
}
