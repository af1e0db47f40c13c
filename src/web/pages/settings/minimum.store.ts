import { type Currency, parseCurrency } from '../../../domain/currency.ts';
import type { Tx } from '../../../platform/db.ts';
import { getDocument } from '../../../policies/document.store.ts';

/** A currency of the company with what may be owed in it without a reminder, minor units; null: no minimum. */
export interface Minimum {
  readonly currency: Currency;
  readonly minor: number | null;
}

/** Of every currency that customers owe in, the company's own first. */
export async function readMinimums(
  tx: Tx,
  company: { readonly company_id: string; readonly base_currency: string },
): Promise<readonly Minimum[]> {
  const { minimumBalance } = (await getDocument(tx, company.company_id)).settings;
  const owed = await tx
    .selectFrom('position')
    .select('currency')
    .distinct()
    .where('company_id', '=', company.company_id)
    .execute();
  const others = [...owed.map((row) => row.currency), ...Object.keys(minimumBalance)].sort();
  return [...new Set([company.base_currency, ...others])].flatMap((code) => {
    const currency = parseCurrency(code);
    return currency === null ? [] : [{ currency, minor: minimumBalance[code] ?? null }];
  });
}
