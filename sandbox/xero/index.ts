import type { FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';

/** Placeholder until the stand-in is written. */
export function xero(_context: SandboxContext): FastifyPluginAsync {
  return async () => {};
}
