import { ledgerRefHash } from '../companies/connection.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, inSystem } from '../platform/db.ts';
import type { Doorbell } from '../ports/ledger.ts';
import { noteMerge } from './merge.store.ts';

/** Notes the merges among these rings for the connected companies they name (R16). Telling one twice does no harm. */
export async function takeMerges(duly: Duly, provider: string, rings: readonly Doorbell[]): Promise<void> {
  for (const { ledgerRef, merged } of rings) {
    if (merged === undefined) continue;
    const companies = await inSystem(duly.db, (tx) =>
      tx
        .selectFrom('connection')
        .select('company_id')
        .where('provider', '=', provider)
        .where('ledger_ref_hash', '=', ledgerRefHash(duly.crypto, provider, ledgerRef))
        .where('state', '=', 'healthy')
        .execute(),
    );
    for (const { company_id: companyId } of companies)
      await inCompany(duly.db, companyId, (tx) =>
        noteMerge(tx, companyId, merged.from, merged.into, duly.clock.now()),
      );
  }
}
