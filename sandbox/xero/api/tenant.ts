import type { FastifyRequest } from 'fastify';

/** The organisation of the request; the guard has made sure that it is connected. */
export function tenantOf(request: FastifyRequest): string {
  return String(request.headers['xero-tenant-id'] ?? '').toLowerCase();
}
