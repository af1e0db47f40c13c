import type { FastifyRequest } from 'fastify';
import { type CompanyRow, noCompany } from '../companies/company.store.ts';
import { type Action, may } from '../companies/roles.ts';
import { type Db, inSystem } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { requireSignedIn, type SignedIn } from './session.plugin.ts';

export interface CompanyAccess {
  readonly signedIn: SignedIn;
  readonly company: CompanyRow;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The company named by the route's `:companyId`, if the signed-in person's account owns it and their role allows the
 * action. Throws UserError not_signed_in, not_allowed or not_found (also for another account's company: nothing is
 * told about it).
 */
export async function requireCompany(request: FastifyRequest, action: Action): Promise<CompanyAccess> {
  const signedIn = requireSignedIn(request);
  const { companyId } = request.params as { companyId?: string };
  const company = await ownCompany(request.server.duly.db, signedIn, companyId);
  if (company === null) throw noCompany();
  requireMay(signedIn, action);
  return { signedIn, company };
}

/** The company of this id if the signed-in person's account owns it; null: there is none, as far as they may know. */
export async function ownCompany(
  db: Db,
  { accountId }: SignedIn,
  companyId: string | undefined,
): Promise<CompanyRow | null> {
  if (companyId === undefined || !uuid.test(companyId)) return null;
  const company = await inSystem(db, (tx) =>
    tx
      .selectFrom('company')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('account_id', '=', accountId)
      .executeTakeFirst(),
  );
  return company ?? null;
}

/** Throws UserError not_allowed when the person's role does not include the action. */
export function requireMay(signedIn: SignedIn, action: Action): void {
  if (may(signedIn.role, action)) return;
  throw new UserError(
    'not_allowed',
    `Your role (${signedIn.role}) does not include this.`,
    'Ask the owner of the account to do it, or to change your role.',
  );
}
