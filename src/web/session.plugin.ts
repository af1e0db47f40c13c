import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asRole, type Role } from '../companies/roles.ts';
import { endSession, findSession, sessionDays, startSession } from '../companies/session.store.ts';
import type { Duly } from '../platform/context.ts';
import { randomText } from '../platform/crypto.ts';
import { inSystem, type Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { cookieRules } from './cookies.ts';

/** Who sits in front of the page, read from the server-side session at every request. */
export interface SignedIn {
  readonly personId: string;
  readonly personName: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly role: Role;
  /** Belongs into the hidden field `_csrf` of every form (or the header `x-csrf-token`). */
  readonly csrfToken: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    duly: Duly;
  }
  interface FastifyRequest {
    /** Null: nobody is signed in. */
    signedIn: SignedIn | null;
  }
}

/** Paths that no session belongs to: they cost no look into the database. */
const withoutSession = /^\/(?:assets|webhooks|api|healthz|readyz|metrics|c)(?:\/|$|\?)/;

/** Reads the session before every page. */
export function installSession(app: FastifyInstance, duly: Duly): void {
  const cookies = cookieRules(duly.config.baseUrl);
  const days = sessionDays(duly.config);
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request) => {
    const value = request.cookies[cookies.session];
    if (value === undefined || value === '' || withoutSession.test(request.url)) return;
    const owner = await inSystem(duly.db, (tx) => findSession(tx, value, duly.clock.now(), days));
    if (owner !== null) request.signedIn = { ...owner, role: asRole(owner.role) };
  });
}

/** Throws UserError not_signed_in; for a page the error handler turns that into the sign-in page. */
export function requireSignedIn(request: FastifyRequest): SignedIn {
  if (request.signedIn === null)
    throw new UserError('not_signed_in', 'You are not signed in.', 'Sign in, then try again.');
  return request.signedIn;
}

/** Ends the session the browser had and starts a new one, in the caller's transaction; returns its value. */
export async function rotateSession(
  tx: Tx,
  request: FastifyRequest,
  owner: { personId: string; accountId: string },
): Promise<string> {
  const { duly } = request.server;
  const old = request.cookies[cookieRules(duly.config.baseUrl).session];
  if (old !== undefined) await endSession(tx, old);
  return await startSession(tx, owner, duly.clock.now(), sessionDays(duly.config));
}

/** Call after the transaction of `rotateSession` was committed. */
export function setSessionCookie(reply: FastifyReply, value: string): void {
  const { config } = reply.server.duly;
  const { session, options } = cookieRules(config.baseUrl);
  reply.setCookie(session, value, { ...options, maxAge: sessionDays(config) * 86_400 });
}

/** Ends the session here and in the browser. */
export async function signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { duly } = request.server;
  const { session, options } = cookieRules(duly.config.baseUrl);
  const value = request.cookies[session];
  if (value !== undefined) await inSystem(duly.db, (tx) => endSession(tx, value));
  reply.clearCookie(session, options);
}

/** The value that names this browser in the flows that leave our site and come back; made when there is none. */
export function browserOf(request: FastifyRequest, reply: FastifyReply): string {
  const { browser, options } = cookieRules(request.server.duly.config.baseUrl);
  const known = request.cookies[browser];
  const value = known !== undefined && known.length >= 32 ? known : randomText();
  reply.setCookie(browser, value, { ...options, maxAge: 3_600 });
  return value;
}
