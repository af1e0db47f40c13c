/** A customer as far as "who is chased" needs it. */
export interface Family {
  readonly customerId: string;
  readonly parentId: string | null;
  readonly billsWithParent: boolean;
}

/**
 * Who is chased for a customer's invoices: itself, or the topmost parent that its bills go to (R12). A parent that
 * the books don't know, or a loop of parents, ends the walk: the last known customer is chased.
 */
export function debtorOf(customerId: string, families: ReadonlyMap<string, Family>): string {
  const seen = new Set([customerId]);
  let current = customerId;
  for (;;) {
    const family = families.get(current);
    if (family === undefined || !family.billsWithParent || family.parentId === null) return current;
    if (!families.has(family.parentId) || seen.has(family.parentId)) return current;
    current = family.parentId;
    seen.add(current);
  }
}

/** Everybody whose invoices are chased at this debtor, the debtor included. */
export function familyOf(debtorId: string, families: ReadonlyMap<string, Family>): readonly string[] {
  const members = [...families.keys()].filter((id) => debtorOf(id, families) === debtorId);
  return members.includes(debtorId) ? members : [debtorId, ...members];
}
