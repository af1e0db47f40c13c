import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
import { decide, type Known } from './decide.ts';
import type { History } from './history.ts';
import { loadKnown } from './known.store.ts';

export interface DecidedNow extends ReturnType<typeof decide> {
  readonly known: Known;
  readonly position: Position;
}

/**
 * The decision for one customer and currency on the figures of now, by the function that plans (S7); `change` lets a
 * person's word count before the company's own. Null: nothing is past due or planned for.
 */
export async function decideOne(
  tx: Tx,
  company: CompanyRow,
  of: { readonly customerId: string; readonly currency: string },
  now: Date,
  change: (known: Known) => Known = (known) => known,
): Promise<DecidedNow | null> {
  const positions = await readPositions(tx, company, now, { customerIds: [of.customerId] });
  const position = positions.find((row) => row.customerId === of.customerId && row.currency === of.currency);
  if (position === undefined) return null;
  const known = change(await loadKnown(tx, company, [of.customerId], now));
  return { known, position, ...decide(known, position) };
}

/** As if a person had moved what comes next to this instant; null: as if nobody had. */
export function movedTo(known: Known, notBefore: History['notBefore']): Known {
  return {
    ...known,
    historyOf: (customerId, currency, members) => ({
      ...known.historyOf(customerId, currency, members),
      notBefore,
    }),
  };
}
