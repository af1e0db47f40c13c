import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AttemptRow, startAttempt } from '../companies/attempt.store.ts';
import type { Duly } from '../platform/context.ts';
import { UserError } from '../platform/errors.ts';
import type { LedgerProvider } from '../ports/ledger.ts';
import { browserOf } from './session.plugin.ts';

/** Part of the state: a launch of somebody unknown goes on to connecting, a sign-in explains. */
export const launchPrefix = 'launch.';

/** The vendor's address of return, exactly as it is registered there. */
export function callbackUrl(duly: Duly, provider: LedgerProvider): string {
  return `${duly.config.baseUrl}/connect/${provider.key}/callback`;
}

/** The provider of an address. Throws UserError not_found when there is none or it is not configured. */
export function providerNamed(duly: Duly, name: string, by: 'key' | 'signInKey'): LedgerProvider {
  for (const provider of duly.ledgers.values())
    if (provider[by] === name && provider.configured) return provider;
  throw new UserError(
    'not_found',
    'That ledger cannot be connected here.',
    'Choose one of the ledgers on the first page.',
  );
}

export interface Flow {
  readonly purpose: 'connect' | 'sign_in';
  /** Reconnecting this company and no other. */
  readonly companyId?: string;
  readonly prefix?: string;
}

/** Sends the person to the vendor's consent page; what must hold when they come back is written down first. */
export async function leaveFor(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: LedgerProvider,
  flow: Flow,
): Promise<FastifyReply> {
  const { duly } = request.server;
  const started = await startAttempt(duly, {
    provider: provider.key,
    purpose: flow.purpose,
    browser: browserOf(request, reply),
    personId: request.signedIn?.personId ?? null,
    accountId: request.signedIn?.accountId ?? null,
    companyId: flow.companyId ?? null,
    prefix: flow.prefix ?? '',
  });
  const redirectUri = callbackUrl(duly, provider);
  return reply.redirect(
    provider.authorizeUrl({ purpose: flow.purpose, redirectUri, ...started }),
    request.method === 'GET' ? 302 : 303,
  );
}

/** False: somebody else signed in on this browser since, or nobody is any more; what was begun is not theirs. */
export function isTheirs(request: FastifyRequest, attempt: AttemptRow): boolean {
  const { signedIn } = request;
  return (
    attempt.person_id === null ||
    (signedIn?.personId === attempt.person_id && signedIn.accountId === attempt.account_id)
  );
}
