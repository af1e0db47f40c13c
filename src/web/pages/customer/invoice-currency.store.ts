import type { Currency } from '../../../domain/currency.ts';
import type { Tx } from '../../../platform/db.ts';

/** The currency of an invoice; null when the books don't know it. */
export async function currencyOfInvoice(
  tx: Tx,
  companyId: string,
  invoiceId: string,
): Promise<Currency | null> {
  const row = await tx
    .selectFrom('invoice')
    .select('currency')
    .where('company_id', '=', companyId)
    .where('invoice_id', '=', invoiceId)
    .executeTakeFirst();
  return (row?.currency ?? null) as Currency | null;
}
