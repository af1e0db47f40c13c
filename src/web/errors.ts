import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LedgerError, UserError } from '../platform/errors.ts';
import { type Message, MessagePage } from './error.view.tsx';
import { nothingHere, type Told, tell } from './error-words.ts';
import { redirectSaying } from './flash.ts';
import { type PageAddresses, pageAddresses } from './page-addresses.ts';
import { companyFrameAround } from './pages/frame.store.ts';
import { sendPage } from './render.ts';
import { keepWantedPage } from './wanted-page.ts';
import { askedPage, pathOf, wayOn } from './way-on.ts';

/** Errors in words: a page for people, JSON below /api. Nothing of the inside is told; the log gets it. */
export function installErrors(app: FastifyInstance): void {
  const addresses = pageAddresses(app);
  app.setErrorHandler<FastifyError | UserError | LedgerError | Error>((error, request, reply) => {
    const told = tell(error);
    if (told.status >= 500)
      request.server.duly.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return answer(request, reply, () => told, addresses);
  });
  // counted like every other request: it costs a look into the database
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const page = ['GET', 'HEAD'].includes(request.method) ? addresses.pageOfForm(pathOf(request.url)) : null;
    if (page === null) return answer(request, reply, nothingHere, addresses);
    // reloaded, or kept as a bookmark: a form stood here, and what it would change must not be changed by looking
    if (request.signedIn === null || page === '/') return reply.redirect(page, 303);
    return redirectSaying(
      reply,
      page,
      'Nothing was sent: an address like that only takes what a button sends.',
    );
  });
}

type Asker = Parameters<typeof nothingHere>[0];

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  telling: (asker: Asker) => Told,
  addresses: PageAddresses,
): Promise<FastifyReply> {
  if (request.url.startsWith('/api/')) {
    const { status, code, message, action } = telling('unknown');
    return reply.code(status).send({ error: { code, message, action } });
  }
  // whoever asks too often is answered without a question to the database
  const limited = telling('unknown').status === 429;
  const frame = limited ? null : await companyFrameAround(request, reply);
  const told = telling(frame !== null ? 'in a company' : request.signedIn === null ? 'unknown' : 'signed in');
  const out = told.code === 'not_signed_in';
  if (out) keepWantedPage(reply, askedPage(request, addresses));
  if (out && request.method === 'GET') return reply.redirect('/signin');
  const links = out ? [signInLink] : wayOn(request, told, frame?.company.company_id ?? null, addresses);
  const message = { title: told.message, paragraphs: [told.action], links };
  return frame === null
    ? sendMessage(request, reply, message, told.status)
    : sendPage(reply, MessagePage({ message, frame }), told.status);
}

const signInLink = { href: '/signin', words: 'Sign in' };

/** Answers with a page that says one thing in words. */
export function sendMessage(
  request: FastifyRequest,
  reply: FastifyReply,
  message: Message,
  status = 200,
): FastifyReply {
  const { sandbox } = request.server.duly.config;
  const frame = { signedIn: request.signedIn, sandboxUrl: sandbox.url };
  return sendPage(reply, MessagePage({ message, frame }), status);
}
