import type { Day } from '../domain/day.ts';
import { familiesByDebtor } from './debtor.ts';
import type { Position } from './position.ts';
import { type ReconcileInput, reconcile } from './reconcile.ts';

/** The positions of one debtor on any day, one per currency. */
export type PositionsOn = (day: Day) => readonly Position[];

/**
 * By debtor, what it will owe on any day (company's zone) if nobody pays and nothing else changes: the same rules as
 * for today, on facts read once. Each debtor's facts are set apart, so that a look at one costs nothing for the others.
 */
export function positionsAhead(input: Omit<ReconcileInput, 'today'>): ReadonlyMap<string, PositionsOn> {
  const membersOf = familiesByDebtor(input.families);
  const of = ownFacts(input.facts);
  const company = input.facts.holds.filter((hold) => hold.scope === 'company');
  const statedOf = Map.groupBy(input.ledgerFigures, ([key]) => key.slice(0, key.lastIndexOf(' ')));
  return new Map(
    input.debtors.map((debtorId) => {
      const members = membersOf.get(debtorId) ?? [debtorId];
      const invoices = members.flatMap((id) => of.invoices.get(id) ?? []);
      const own = {
        ...input,
        debtors: [debtorId],
        families: new Map(
          [...new Set([debtorId, ...members])].flatMap((id) => {
            const facts = input.families.get(id);
            return facts === undefined ? [] : [[id, facts] as const];
          }),
        ),
        facts: {
          invoices,
          credits: members.flatMap((id) => of.credits.get(id) ?? []),
          holds: [
            ...company,
            ...members.flatMap((id) => of.holds.get(id) ?? []),
            ...invoices.flatMap((row) => of.holdsOfInvoice.get(row.invoiceId) ?? []),
          ],
          unreadable: members.flatMap((id) => of.unreadable.get(id) ?? []),
        },
        ledgerFigures: new Map(statedOf.get(debtorId)),
      };
      return [debtorId, (today: Day) => reconcile({ ...own, today })] as const;
    }),
  );
}

function ownFacts(facts: ReconcileInput['facts']) {
  const holds = Map.groupBy(facts.holds, (hold) => hold.scope);
  return {
    invoices: Map.groupBy(facts.invoices, (row) => row.customerId),
    credits: Map.groupBy(facts.credits, (row) => row.customerId),
    holds: Map.groupBy(holds.get('customer') ?? [], (hold) => hold.customerId ?? ''),
    holdsOfInvoice: Map.groupBy(holds.get('invoice') ?? [], (hold) => hold.invoiceId ?? ''),
    unreadable: Map.groupBy(facts.unreadable, (row) => row.customerId ?? ''),
  };
}
