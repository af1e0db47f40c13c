/** A customer as far as "who is chased" needs it. */
export interface Family {
  readonly customerId: string;
  readonly parentId: string | null;
  readonly billsWithParent: boolean;
}

/**
 * Who is chased for a customer's invoices: itself, or the topmost parent that its bills go to (R12). A parent that
 * the books don't know ends the walk: the last known customer is chased. In a loop of parents everybody is chased alone.
 */
export function debtorOf(customerId: string, families: ReadonlyMap<string, Family>): string {
  const seen = new Set([customerId]);
  let current = customerId;
  for (;;) {
    const family = families.get(current);
    if (family === undefined || !family.billsWithParent || family.parentId === null) return current;
    if (!families.has(family.parentId)) return current;
    if (seen.has(family.parentId)) return customerId;
    current = family.parentId;
    seen.add(current);
  }
}

/** Everybody whose invoices are chased at a debtor, by debtor: one walk over all customers. */
export function familiesByDebtor(
  families: ReadonlyMap<string, Family>,
): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(families.keys(), (id) => debtorOf(id, families));
}
