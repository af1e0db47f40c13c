import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { companyOfApiKey } from '../../companies/api-key.store.ts';
import { noCompany } from '../../companies/company.store.ts';
import type { Duly } from '../../platform/context.ts';
import { inCompany, inSystem, type Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The company that the API key opens; '' outside the API. */
    keyCompanyId: string;
  }
}

/** Where routes with schemas are added. */
export type ApiApp = Parameters<FastifyPluginAsyncTypebox>[0];

/** Every route of this scope needs a key, and a key opens exactly its company: another one does not exist for it. */
export function requireKey(app: FastifyInstance, duly: Duly): void {
  app.decorateRequest('keyCompanyId', '');
  app.addHook('onRequest', async (request, reply) => {
    const key = bearerOf(request.headers.authorization);
    const companyId = key === null ? null : await inSystem(duly.db, (tx) => companyOfApiKey(tx, key));
    if (companyId === null) {
      reply.header('www-authenticate', 'Bearer');
      throw new UserError(
        'not_signed_in',
        'The API key is missing, unknown or revoked.',
        'Send "Authorization: Bearer KEY"; `npm run api-key -- --company ID` makes one.',
      );
    }
    request.keyCompanyId = companyId;
    const { companyId: named } = request.params as { companyId?: string };
    if (named !== undefined && named !== companyId) throw noCompany();
  });
}

function bearerOf(header: string | undefined): string | null {
  const match = /^bearer +([\x21-\x7e]{1,200})$/i.exec(header ?? '');
  return match?.[1] ?? null;
}

/** Runs `work` in a transaction on the key's company. */
export function inKeyCompany<T>(
  duly: Duly,
  request: Pick<FastifyRequest, 'keyCompanyId'>,
  work: (tx: Tx, companyId: string) => Promise<T>,
): Promise<T> {
  return inCompany(duly.db, request.keyCompanyId, (tx) => work(tx, request.keyCompanyId));
}

/** Who acts when the request does not say. */
export function actor(by: string | undefined): string {
  return by?.trim() || 'API';
}
