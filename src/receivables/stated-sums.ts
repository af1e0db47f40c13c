import type { Currency } from '../domain/currency.ts';
import type { LedgerReceivables } from '../ports/ledger.ts';
import { debtorOf, type Family } from './debtor.ts';

/** What the ledger says that a debtor owes in one currency, with everybody who bills with it. Minor units. */
export interface StatedSum {
  readonly customerId: string;
  readonly currency: Currency;
  readonly minor: number;
  /** False: a row of the family that could not be read may be missing in it. */
  readonly whole: boolean;
}

export interface StatedSums {
  readonly sums: readonly StatedSum[];
  /** Debtors of whom nothing is known but what a `whole` sum says: a missing one is not zero. */
  readonly unsure: readonly string[];
}

/**
 * R15: the ledger's sums as they stand beside our positions: per debtor (R12). `families` has those who bill with a
 * parent and their parents; `unreadable` are customers with a row that the mirror could not read (R8): where the ledger
 * states no sum of theirs in a currency, their family is not compared in it. Pure.
 */
export function statedSums(
  { sums, unread }: LedgerReceivables,
  families: ReadonlyMap<string, Family>,
  unreadable: readonly string[],
): StatedSums {
  const debtor = (customerId: string): string => debtorOf(customerId, families);
  const lost = new Set(unread.map(debtor));
  const doubtful = Map.groupBy(unreadable, debtor);
  const stated = new Set(doubtful.size === 0 ? [] : sums.map((row) => `${row.customerId} ${row.currency}`));
  const isWhole = (customerId: string, currency: Currency): boolean =>
    !lost.has(customerId) &&
    (doubtful.get(customerId) ?? []).every((member) => stated.has(`${member} ${currency}`));
  const found = new Map<string, { customerId: string; currency: Currency; minor: number }>();
  for (const { customerId, currency, minor } of sums) {
    const owner = debtor(customerId);
    const key = `${owner} ${currency}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { customerId: owner, currency, minor });
    else before.minor += minor;
  }
  return {
    sums: [...found.values()].map((row) => ({ ...row, whole: isWhole(row.customerId, row.currency) })),
    unsure: [...new Set([...lost, ...doubtful.keys()])],
  };
}
