import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';

/** For whoever asks for a customer that the mirror does not have. */
export function noCustomer(): UserError {
  return new UserError(
    'not_found',
    'There is no such customer in the books.',
    'Check what was asked for, or choose one from the list of customers.',
  );
}

/** The customer's name as the ledger has it. Throws UserError not_found. */
export async function customerNameOf(tx: Tx, companyId: string, customerId: string): Promise<string> {
  const row = await tx
    .selectFrom('customer')
    .select('name')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (row === undefined) throw noCustomer();
  return row.name;
}
