import type { Duly } from '../platform/context.ts';
import { inSystem, type Tx } from '../platform/db.ts';
import { capsFor } from './call-caps.ts';
import type { ReadBudget } from './doorbell.ts';

/** How a company's reads of its ledger stand this month (UTC). */
export interface ReadsOfMonth {
  /** Charged to the company's budget. */
  readonly used: number;
  /** Made besides, for the first reading of the books, which no budget counts. */
  readonly first: number;
  /** The budget; null: this ledger's reads are not metered. */
  readonly budget: number | null;
  /** When the ledger last asked us to wait. */
  readonly waitedAt: Date | null;
}

export async function readsOfMonth(duly: Duly, companyId: string): Promise<ReadsOfMonth> {
  const month = duly.clock.now().toISOString().slice(0, 7);
  return await inSystem(duly.db, async (tx) => {
    const row = await meterOf(tx, companyId);
    const provider = duly.ledgers.get(row?.provider ?? '');
    const isOfMonth = row?.month?.startsWith(month) === true;
    const used = isOfMonth ? (row.month_charged ?? 0) : 0;
    return {
      used,
      first: isOfMonth ? Math.max(0, (row.month_reads ?? 0) - used) : 0,
      budget: provider?.limits.readsPerMonth ?? null,
      waitedAt: row?.waited_at ?? null,
    };
  });
}

/** What background work may spend this month; null: the ledger's reads are not metered. */
export async function backgroundBudget(duly: Duly, companyId: string): Promise<ReadBudget | null> {
  const { provider, used } = await inSystem(duly.db, async (tx) => {
    const row = await meterOf(tx, companyId);
    const month = duly.clock.now().toISOString().slice(0, 7);
    return {
      provider: duly.ledgers.get(row?.provider ?? ''),
      used: row?.month?.startsWith(month) === true ? (row.month_charged ?? 0) : 0,
    };
  });
  if (provider === undefined) return null;
  const most = capsFor(provider.limits, 'background').readsPerMonth;
  return most === null ? null : { most, used };
}

async function meterOf(tx: Tx, companyId: string) {
  return await tx
    .selectFrom('connection')
    .leftJoin('call_meter', (join) =>
      join
        .onRef('call_meter.provider', '=', 'connection.provider')
        .onRef('call_meter.ledger_ref_hash', '=', 'connection.ledger_ref_hash'),
    )
    .select(['connection.provider', 'month', 'month_reads', 'month_charged', 'waited_at'])
    .where('connection.company_id', '=', companyId)
    .executeTakeFirst();
}
