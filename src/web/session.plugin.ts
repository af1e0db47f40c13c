import type { FastifyRequest } from 'fastify';
import type { Role } from '../companies/roles.ts';
import type { Duly } from '../platform/context.ts';
import { UserError } from '../platform/errors.ts';

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

/** Throws UserError not_signed_in; for a page the error handler turns that into the sign-in page. */
export function requireSignedIn(request: FastifyRequest): SignedIn {
  if (request.signedIn === null)
    throw new UserError('not_signed_in', 'You are not signed in.', 'Sign in, then try again.');
  return request.signedIn;
}
