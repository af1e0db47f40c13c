import type { Currency } from '../domain/currency.ts';
import { debtorOf } from './debtor.ts';
import { derivedHold, type HoldReason } from './holds.ts';
import { goneWords } from './position.ts';
import { isDead, type ReconcileInput, reconcile } from './reconcile.ts';

interface Held {
  readonly customerId: string;
  readonly currency: string;
}

/**
 * R8, R10, R15, R16: what holds these customers today in these currencies, whether anything is owed in them or not: what
 * stands where they are chased (R12), and that they are gone themselves. For whatever is written to somebody who owes
 * nothing any more. By `customer currency`; pure.
 */
export function debtorHolds(
  input: ReconcileInput,
  wanted: readonly Held[],
): ReadonlyMap<string, readonly HoldReason[]> {
  const debtors = Map.groupBy(wanted, ({ customerId }) => debtorOf(customerId, input.families));
  const besides = new Map(
    [...debtors].map(([id, rows]) => [id, rows.map(({ currency }) => currency as Currency)]),
  );
  const found = new Map(
    reconcile({ ...input, debtors: [...debtors.keys()], besides }).map((position) => [
      `${position.customerId} ${position.currency}`,
      position.holds,
    ]),
  );
  return new Map(
    [...debtors].flatMap(([debtorId, rows]) =>
      rows.map(({ customerId, currency }) => {
        const holds = found.get(`${debtorId} ${currency}`) ?? [];
        const gone = customerId !== debtorId && isDead(input.families.get(customerId));
        const all = gone ? [...holds, derivedHold('customer_gone', 'R16', goneWords, input.today)] : holds;
        return [`${customerId} ${currency}`, all] as const;
      }),
    ),
  );
}
