import type { FastifyReply, FastifyRequest } from 'fastify';
import { findMember, linkIdentity } from '../companies/account.store.ts';
import { type AttemptRow, useAttempt } from '../companies/attempt.store.ts';
import { renewSiblings } from '../companies/siblings.store.ts';
import { inSystem } from '../platform/db.ts';
import { LedgerError, UserError } from '../platform/errors.ts';
import type { CodeResult, LedgerProvider } from '../ports/ledger.ts';
import { decideBooks } from './choose.ts';
import { callbackUrl, isTheirs, launchPrefix, leaveFor } from './flow.ts';
import { browserOf, rotateSession, setSessionCookie } from './session.plugin.ts';
import { messageOf, tellElsewhere } from './told.ts';
import { takeWantedPage } from './wanted-page.ts';
import { toStart } from './way-on.ts';

/**
 * Where the vendor sends the person back to, for connecting and signing in alike; the attempt knows which. The address
 * carries a code, so the answer is always a redirect.
 */
export async function comeBack(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
): Promise<FastifyReply> {
  try {
    return await handleReturn(request, reply, provider);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return tellElsewhere(reply, messageOf(error), error.status);
  }
}

async function handleReturn(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
): Promise<FastifyReply> {
  const query = onlyTexts(request.query);
  const attempt = await findAttempt(request, reply, provider, query.state ?? '');
  if (attempt === null) return stateRefused(reply, provider);
  if (query.error !== undefined) return consentRefused(reply, provider, attempt, query.error);
  if (query.code === undefined || query.code === '') return stateRefused(reply, provider);
  const { duly } = request.server;
  let result: CodeResult;
  try {
    result = await provider.exchangeCode({
      code: query.code,
      redirectUri: callbackUrl(duly, provider),
      codeVerifier: duly.crypto.open(attempt.code_verifier_enc),
      nonce: attempt.nonce,
      callback: query,
    });
    // half a grant is none, and must not take the place of a whole one that sibling companies use (AUTH-17)
    if (attempt.purpose === 'connect' && result.grant.refreshToken === '')
      throw new LedgerError('unavailable', 'it answered without the token that keeps a connection.');
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, provider: provider.key }, 'a code could not be exchanged');
    return vendorFailed(reply, provider, attempt.purpose, error);
  }
  if (attempt.purpose === 'sign_in') return signIn(request, reply, provider, { attempt, result, query });
  await renewSiblings(duly, provider, result);
  return decideBooks(request, reply, provider, { attempt, result, browser: browserOf(request, reply) });
}

/** The attempt of this state, used up from here on; null for a wrong, old, used or foreign one. */
async function findAttempt(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
  state: string,
): Promise<AttemptRow | null> {
  const { duly } = request.server;
  const browser = browserOf(request, reply);
  const now = duly.clock.now();
  const attempt = await inSystem(duly.db, (tx) =>
    useAttempt(tx, { provider: provider.key, state, browser, now }),
  );
  return attempt !== null && isTheirs(request, attempt) ? attempt : null;
}

async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
  came: { attempt: AttemptRow; result: CodeResult; query: Readonly<Record<string, string>> },
): Promise<FastifyReply> {
  const { duly } = request.server;
  const { identity } = came.result;
  const launched = (came.query.state ?? '').startsWith(launchPrefix);
  const now = duly.clock.now();
  const session = await inSystem(duly.db, async (tx) => {
    const member = await findMember(tx, provider.key, identity.subject);
    if (member === null) return null;
    await linkIdentity(tx, provider.key, identity, member.personId, now);
    return await rotateSession(tx, request, member);
  });
  if (session !== null) {
    setSessionCookie(reply, session);
    return reply.redirect(launched ? '/' : takeWantedPage(request, reply));
  }
  if (launched) return leaveFor(request, reply, provider, { purpose: 'connect' });
  return tellElsewhere(
    reply,
    {
      title: 'You are not known here yet',
      paragraphs: [
        `Nobody with this ${provider.label} sign-in uses Duly. An account is made when a ${provider.booksWord} is connected for the first time.`,
        'If a colleague has connected it already, ask them with which sign-in.',
      ],
      links: [
        { href: `/connect/${provider.key}`, words: `Connect ${provider.label}` },
        { href: '/signin', words: 'Sign in another way' },
      ],
    },
    403,
  );
}

function retryLink(provider: LedgerProvider, purpose: string): { href: string; words: string } {
  return purpose === 'sign_in'
    ? { href: `/signin/${provider.signInKey}`, words: 'Sign in again' }
    : { href: `/connect/${provider.key}`, words: `Connect ${provider.label} again` };
}

function stateRefused(reply: FastifyReply, provider: LedgerProvider): FastifyReply {
  return tellElsewhere(
    reply,
    {
      title: 'This way back is not valid',
      paragraphs: [
        `You came back from ${provider.label} with a link that was used already, is older than ten minutes, or was begun in another browser.`,
        'Nothing was connected and nobody was signed in. Start again from here.',
      ],
      links: [retryLink(provider, 'connect'), toStart],
    },
    new UserError('state_invalid', '', '').status,
  );
}

function consentRefused(
  reply: FastifyReply,
  provider: LedgerProvider,
  attempt: AttemptRow,
  code: string,
): FastifyReply {
  const saidNo = code === 'access_denied';
  const nothing =
    attempt.purpose === 'sign_in'
      ? 'You are not signed in.'
      : 'Nothing was connected, and nothing was stored.';
  return tellElsewhere(
    reply,
    {
      title: saidNo ? 'You said no' : `${provider.label} did not allow it`,
      paragraphs: [
        saidNo
          ? `You did not give Duly access at ${provider.label}. ${nothing}`
          : `${provider.label} answered "${code.slice(0, 60)}". ${nothing}`,
        'You can try again whenever you like.',
      ],
      links: [retryLink(provider, attempt.purpose), toStart],
    },
    new UserError('connect_refused', '', '').status,
  );
}

function vendorFailed(
  reply: FastifyReply,
  provider: LedgerProvider,
  purpose: string,
  error: LedgerError,
): FastifyReply {
  const words =
    error.kind === 'reconnect_needed'
      ? `The permission from ${provider.label} could not be used; it was used already or took too long.`
      : `${provider.label} could not finish this: ${error.vendorSays}`;
  return tellElsewhere(
    reply,
    {
      title: purpose === 'sign_in' ? 'Signing in did not work' : 'Connecting did not work',
      paragraphs: [words, 'Nothing was connected, and nothing is half done. Try again in a minute.'],
      links: [retryLink(provider, purpose), toStart],
    },
    502,
  );
}

function onlyTexts(query: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((query ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
