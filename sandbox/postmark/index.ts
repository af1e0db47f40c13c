import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';

/** Placeholder until the stand-in is written. */
export function postmark(_context: SandboxContext): FastifyPluginAsync {
  return async () => {};
}

/** Registered without a prefix: the pages below /mailbox and the control routes below /control/mails. */
export function mailbox(_context: SandboxContext): FastifyPluginAsync {
  return async () => {};
}
