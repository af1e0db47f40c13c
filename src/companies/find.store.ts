import type { Tx } from '../platform/db.ts';

/** Catalogue only: every company of this installation, for its operator. */
export async function findCompanies(
  tx: Tx,
): Promise<readonly { readonly companyId: string; readonly name: string }[]> {
  return await tx
    .selectFrom('company')
    .select(['company_id as companyId', 'name'])
    .orderBy('name')
    .orderBy('company_id')
    .execute();
}
