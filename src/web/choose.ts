import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AttemptRow, keepChoice, peekAttempt, useAttempt } from '../companies/attempt.store.ts';
import { callGate } from '../companies/call-gate.store.ts';
import { type ChosenBooks, connectBooks } from '../companies/connect.store.ts';
import { getConnection, ledgerRefHash } from '../companies/connection.store.ts';
import { inSystem } from '../platform/db.ts';
import { LedgerError, UserError } from '../platform/errors.ts';
import type { CallGate } from '../ports/call-gate.ts';
import type { AuthorisedBooks, CodeResult, LedgerProvider } from '../ports/ledger.ts';
import { ChoosePage } from './choose.view.tsx';
import { cookieRules } from './cookies.ts';
import { redirectSaying, takeFlash } from './flash.ts';
import { isTheirs } from './flow.ts';
import { sendPage } from './render.ts';
import { browserOf, rotateSession, setSessionCookie } from './session.plugin.ts';
import { tellElsewhere } from './told.ts';
import { toStart } from './way-on.ts';
import { welcome } from './welcome.store.ts';

interface Came {
  readonly attempt: AttemptRow;
  readonly result: CodeResult;
  readonly browser: string;
}

/** One set of books is connected, several are shown to choose from; a reconnect takes its own books and no others. */
export async function decideBooks(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
  came: Came,
): Promise<FastifyReply> {
  const { attempt, result } = came;
  const [only, ...others] = result.books;
  const { duly } = request.server;
  const grantedAt = duly.clock.now();
  if (only === undefined) return noBooks(reply, provider);
  if (attempt.company_id !== null) {
    const own = await ownBooks(request, attempt.company_id, provider, result.books);
    if (own === null) return otherBooks(reply, provider, attempt.company_id);
    return connect(request, reply, provider, { attempt, result, grantedAt, books: [own] });
  }
  if (others.length === 0)
    return connect(request, reply, provider, { attempt, result, grantedAt, books: [only] });
  const choice = await keepChoice(duly, attempt, came.browser, result);
  const cookies = cookieRules(duly.config.baseUrl);
  return reply
    .setCookie(cookies.choice, choice, { ...cookies.options, maxAge: 600 })
    .redirect(`/connect/${provider.key}/choose`, 303);
}

/** The books to choose from. Looking at them uses nothing up. */
export async function showChoice(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
): Promise<FastifyReply> {
  const { duly } = request.server;
  const choice = request.cookies[cookieRules(duly.config.baseUrl).choice] ?? '';
  const browser = browserOf(request, reply);
  const attempt = await inSystem(duly.db, (tx) =>
    peekAttempt(tx, { provider: provider.key, state: choice, browser, now: duly.clock.now() }),
  );
  if (attempt?.choice_enc == null || !isTheirs(request, attempt)) throw choiceOver();
  const { books } = JSON.parse(duly.crypto.open(attempt.choice_enc)) as CodeResult;
  const { signedIn } = request;
  const sandboxUrl = duly.config.sandbox.url;
  const flash = takeFlash(request, reply);
  return sendPage(reply, ChoosePage({ provider, books, choice, signedIn, sandboxUrl, flash }));
}

function choiceOver(): UserError {
  return new UserError('state_invalid', 'This choice is no longer open.', 'Start connecting again.');
}

/** The answer to the chooser: `choice` names what waits, `books` the positions of those that were ticked. */
export async function choose(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
  form: { choice: string; ticked: readonly string[] },
): Promise<FastifyReply> {
  const { duly } = request.server;
  if (form.ticked.length === 0) {
    const words = `Nothing is ticked yet. Tick each ${provider.booksWord} that Duly is to connect.`;
    return redirectSaying(reply, `/connect/${provider.key}/choose`, words, true);
  }
  const attempt = await inSystem(duly.db, (tx) =>
    useAttempt(tx, {
      provider: provider.key,
      state: form.choice,
      browser: browserOf(request, reply),
      now: duly.clock.now(),
    }),
  );
  if (attempt?.choice_enc == null || !isTheirs(request, attempt)) throw choiceOver();
  const cookies = cookieRules(duly.config.baseUrl);
  reply.clearCookie(cookies.choice, cookies.options);
  const result = JSON.parse(duly.crypto.open(attempt.choice_enc)) as CodeResult;
  const books = result.books.filter((_, position) => form.ticked.includes(String(position)));
  return connect(request, reply, provider, { attempt, result, grantedAt: attempt.created_at, books });
}

async function connect(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
  came: { attempt: AttemptRow; result: CodeResult; grantedAt: Date; books: readonly AuthorisedBooks[] },
): Promise<FastifyReply> {
  const { duly } = request.server;
  const { grant, identity } = came.result;
  const { person_id: personId, account_id: accountId } = came.attempt;
  const signedIn = personId !== null && accountId !== null ? { personId, accountId } : null;
  const gateTo = ({ ledgerRef }: AuthorisedBooks): CallGate =>
    callGate(duly, provider, ledgerRefHash(duly.crypto, provider.key, ledgerRef), 'first');
  let chosen: ChosenBooks[];
  try {
    chosen = await Promise.all(
      came.books.map(async (books) => ({
        books,
        profile: await provider.open(books.ledgerRef, async () => grant.accessToken, gateTo(books)).profile(),
      })),
    );
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, provider: provider.key }, 'a new company could not be read');
    return unreadable(reply, provider, error);
  }
  const now = duly.clock.now();
  const { connected, session } = await inSystem(duly.db, async (tx) => {
    const input = { provider, grant, grantedAt: came.grantedAt, identity, chosen, signedIn };
    const done = await connectBooks(tx, duly.crypto, input, now, (own, company, { personName }, at) =>
      welcome(own, company, { personName, identity }, at),
    );
    return { connected: done, session: await rotateSession(tx, request, done.member) };
  });
  setSessionCookie(reply, session);
  const [first, ...more] = connected.companies;
  if (first !== undefined && came.attempt.company_id !== null)
    return redirectSaying(
      reply,
      `/companies/${first.companyId}`,
      `${first.profile.name} is connected again. Its books are read next; settings, holds and history are as they were.`,
    );
  return reply.redirect(
    first === undefined || more.length > 0 ? '/companies' : `/companies/${first.companyId}`,
    303,
  );
}

/** Of the books that came back, those of the company that is being reconnected. */
async function ownBooks(
  request: FastifyRequest,
  companyId: string,
  provider: LedgerProvider,
  books: readonly AuthorisedBooks[],
): Promise<AuthorisedBooks | null> {
  const { duly } = request.server;
  const connection = await inSystem(duly.db, (tx) => getConnection(tx, companyId));
  if (connection === null || connection.provider !== provider.key) return null;
  const isOwn = ({ ledgerRef }: AuthorisedBooks): boolean =>
    ledgerRefHash(duly.crypto, provider.key, ledgerRef).equals(connection.ledger_ref_hash);
  return books.find(isOwn) ?? null;
}

function otherBooks(reply: FastifyReply, provider: LedgerProvider, companyId: string): FastifyReply {
  return tellElsewhere(
    reply,
    {
      title: `That was another ${provider.booksWord}`,
      paragraphs: [
        `You are reconnecting one ${provider.booksWord}, but chose another at ${provider.label}. The two were not mixed: nothing was changed.`,
        `Reconnect again and choose the same ${provider.booksWord} as before, or connect the other one as a company of its own.`,
      ],
      links: [
        { href: `/companies/${companyId}/connection`, words: 'Back to the connection' },
        { href: `/connect/${provider.key}`, words: `Connect another ${provider.booksWord}` },
      ],
    },
    409,
  );
}

function noBooks(reply: FastifyReply, provider: LedgerProvider): FastifyReply {
  return tellElsewhere(
    reply,
    {
      title: `No ${provider.booksWord} was chosen`,
      paragraphs: [
        `${provider.label} let you in, but no ${provider.booksWord} was opened for Duly. Nothing was connected.`,
      ],
      links: [{ href: `/connect/${provider.key}`, words: `Connect ${provider.label} again` }],
    },
    400,
  );
}

function unreadable(reply: FastifyReply, provider: LedgerProvider, error: LedgerError): FastifyReply {
  return tellElsewhere(
    reply,
    {
      title: `${provider.label} could not be read`,
      paragraphs: [
        `You gave access, but the ${provider.booksWord} could not be read: ${error.vendorSays}`,
        'Nothing was connected, and nothing is half done. Try again in a few minutes.',
      ],
      links: [{ href: `/connect/${provider.key}`, words: `Connect ${provider.label} again` }, toStart],
    },
    502,
  );
}
