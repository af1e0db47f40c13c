import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LedgerError, UserError } from '../platform/errors.ts';
import { type Message, MessagePage } from './error.view.tsx';
import { pageAddresses } from './page-addresses.ts';
import { sendPage } from './render.ts';

/** What a person or an API client is told. */
interface Told {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

const nothingHere: Told = {
  status: 404,
  code: 'not_found',
  message: 'There is nothing at this address.',
  action: 'Check the address, or start from your companies.',
};

type IsPage = ReturnType<typeof pageAddresses>;

/** Errors in words: a page for people, JSON below /api. Nothing of the inside is told; the log gets it. */
export function installErrors(app: FastifyInstance): void {
  const isPage = pageAddresses(app);
  app.setErrorHandler<FastifyError | UserError | LedgerError | Error>((error, request, reply) => {
    const told = tell(error);
    if (told.status >= 500)
      request.server.duly.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return answer(request, reply, told, isPage);
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, nothingHere, isPage));
}

function tell(error: Error): Told {
  if (error instanceof UserError)
    return { status: error.status, code: error.code, message: error.message, action: error.action };
  if (error instanceof LedgerError) return { status: 502, ...ledgerWords(error) };
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413)
    return {
      status,
      code: 'too_large',
      message: 'That is too large to be taken.',
      action: 'Send something smaller.',
    };
  if (status === 429)
    return {
      status,
      code: 'too_many_requests',
      message: 'That was too often in a short time.',
      action: 'Wait a minute, then try again.',
    };
  // validation and body parsing: Fastify's words name the field and hold nothing of ours
  if (status >= 400 && status < 500)
    return { status, code: 'bad_input', message: error.message, action: 'Correct it and try again.' };
  return {
    status: 500,
    code: 'internal',
    message: 'Something went wrong here. Nothing was half done.',
    action: 'Try again in a minute; if it stays, write to support.',
  };
}

function ledgerWords(error: LedgerError): Omit<Told, 'status'> {
  if (error.kind === 'reconnect_needed') {
    return {
      code: 'ledger_unavailable',
      message: 'The connection to the ledger has ended.',
      action: 'Connect the company again.',
    };
  }
  return {
    code: 'ledger_unavailable',
    message: `The ledger could not do this now: ${error.vendorSays}`,
    action: 'Try again in a few minutes.',
  };
}

function answer(request: FastifyRequest, reply: FastifyReply, told: Told, isPage: IsPage): FastifyReply {
  if (request.url.startsWith('/api/')) {
    const { code, message, action } = told;
    return reply.code(told.status).send({ error: { code, message, action } });
  }
  if (told.code === 'not_signed_in' && request.method === 'GET') return reply.redirect('/signin');
  return sendMessage(
    request,
    reply,
    {
      title: told.message,
      paragraphs: [told.action],
      links: told.code === 'not_signed_in' ? [signInLink] : [...wayBack(request, isPage), toStart],
    },
    told.status,
  );
}

const toStart = { href: '/', words: 'Go to the start' };

/**
 * The page of ours that one came from: what was refused is done again there, and a list is chosen from again. None
 * when it is this very page, another house's, or no page: a form shown again stands where it was posted to.
 */
function wayBack(request: FastifyRequest, isPage: IsPage): Message['links'] {
  const from = request.headers.referer;
  if (from === undefined || !URL.canParse(from)) return [];
  const { origin, pathname, search } = new URL(from);
  const here = `${pathname}${search}`;
  if (origin !== new URL(request.server.duly.config.baseUrl).origin || here === '/') return [];
  if (!isPage(pathname) || (request.method === 'GET' && here === request.url)) return [];
  return [{ href: origin + here, words: 'Back to the page before' }];
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
