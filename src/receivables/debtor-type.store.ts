import { record } from '../activity/activity.store.ts';
import { noCustomer } from '../books/customer-name.store.ts';
import { markStale } from '../books/mirror.store.ts';
import type { Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';

export const debtorTypes = ['business', 'sole_trader', 'consumer', 'unknown'] as const;
export type DebtorType = (typeof debtorTypes)[number];

/** Says what kind of debtor a customer is; `unknown` counts as consumer (section 6). Throws UserError not_found. */
export async function setDebtorType(
  tx: Tx,
  companyId: string,
  customerId: string,
  type: DebtorType,
  by: string,
  now: Date,
): Promise<void> {
  const result = await tx
    .updateTable('customer')
    .set({ debtor_type: type, debtor_type_by: by })
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) {
    throw noCustomer();
  }
  await record(tx, companyId, now, [
    {
      kind: 'debtor_type_set',
      actor: by,
      summary: `Debtor type set to ${type.replaceAll('_', ' ')}.`,
      customerId,
    },
  ]);
  await markStale(tx, companyId, [customerId]);
  await addJob(tx, 'reconcile', { companyId });
}

/** How many active customers nobody has stated a type of. */
export async function countUnknownTypes(tx: Tx, companyId: string): Promise<number> {
  const row = await tx
    .selectFrom('customer')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('debtor_type', '=', 'unknown')
    .where('active', '=', true)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
