import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { getBrand } from './brand.store.ts';
import { checkBrand } from './brand.ts';

/** No address is shorter than this; a country's name alone is none. */
const SHORTEST_ADDRESS = 10;

/**
 * CON-12: sending is switched on only for a company whose messages can say who writes: with a full postal address, its
 * brand's or its ledger's, and somebody to turn to. Throws UserError (`conflict`) with what is missing.
 */
export async function requireSendable(tx: Tx, companyId: string): Promise<void> {
  const { postal_address: inLedger } = await tx
    .selectFrom('company')
    .select('postal_address')
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const brand = await getBrand(tx, companyId);
  const postalAddress = (brand?.postalAddress || inLedger).trim();
  const checked = brand === null ? null : checkBrand({ ...brand, postalAddress });
  const faults = checked === null || checked.ok ? [] : checked.faults.map(({ words }) => words);
  if (checked === null && postalAddress.length < SHORTEST_ADDRESS)
    faults.push(
      'Give the full postal address: every reminder must carry one, so without it none can be sent.',
    );
  if (faults.length === 0) return;
  throw new UserError(
    'conflict',
    `Nothing can be sent yet. ${faults.join(' ')}`,
    'Complete the Brand page, then change the mode.',
  );
}
