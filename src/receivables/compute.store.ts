import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { debtorOf, familiesByDebtor } from './debtor.ts';
import { loadFacts } from './facts.store.ts';
import { loadFamilies } from './families.store.ts';
import { type Figures, loadFigures } from './position.store.ts';
import type { Position } from './position.ts';
import { type ReconcileInput, reconcile } from './reconcile.ts';
import { clearStale } from './stale.store.ts';

interface Wanted {
  readonly customerIds: readonly string[];
  /**
   * `store`: the customers are computed to be stored: whatever marks their families is seen to, and holds of the whole
   * company, which are not part of what is stored, are left out. `read`: nothing is written, and they count.
   */
  readonly purpose: 'store' | 'read';
}

/** All that the positions of some customers are made of. */
export interface Gathered {
  /** The customers themselves, and everybody chased where they are chased (R12). */
  readonly members: readonly string[];
  readonly input: ReconcileInput;
  readonly stored: ReadonlyMap<string, Figures>;
}

/** Reads the facts as they stand: of these customers, and of everybody who is chased where they are chased (R12). */
export async function gatherFacts(
  tx: Tx,
  company: CompanyRow,
  today: Day,
  { customerIds, purpose }: Wanted,
): Promise<Gathered> {
  const companyId = company.company_id;
  const families = await loadFamilies(tx, companyId, customerIds);
  // a loop of parents that closes or opens makes debtors of others, too: whoever is stored is stored with the whole family
  const wanted = purpose === 'store' ? [...new Set([...customerIds, ...families.keys()])] : customerIds;
  const debtors = [...new Set(wanted.map((id) => debtorOf(id, families)))];
  const membersOf = familiesByDebtor(families);
  const members = [...new Set([...wanted, ...debtors.flatMap((id) => membersOf.get(id) ?? [id])])];
  if (purpose === 'store') await clearStale(tx, companyId, members);
  const stored = new Map(
    (await loadFigures(tx, companyId, { customerIds: members })).map((row) => [keyOf(row), row]),
  );
  const input = {
    today,
    families,
    facts: await loadFacts(tx, company, members, { companyHolds: purpose === 'read' }),
    debtors,
    baseCurrency: company.base_currency as Currency,
    sentElsewhere: company.invoices_sent_elsewhere_at !== null,
    ledgerFigures: differing(stored),
    heldSince: heldSince(stored),
  };
  return { members, input, stored };
}

/** The positions, with their lines, of those who are chased for these customers. Pure. */
export function positionsOf({ input, stored }: Gathered): readonly Position[] {
  return reconcile(input).map((position) => stillTied(position, stored));
}

function keyOf(row: { readonly customerId: string; readonly currency: string }): string {
  return `${row.customerId} ${row.currency}`;
}

/** What differed from the ledger's own figure is compared with that figure until the ledger is asked again. */
function differing(stored: ReadonlyMap<string, Figures>): ReadonlyMap<string, number> {
  return new Map(
    [...stored].flatMap(([key, row]) =>
      row.tiesOut || row.ledgerMinor === null ? [] : [[key, row.ledgerMinor]],
    ),
  );
}

/** A figure of the ledger that agreed still stands beside ours as long as ours is the same. */
function stillTied(position: Position, stored: ReadonlyMap<string, Figures>): Position {
  const ledgerMinor = stored.get(keyOf(position))?.ledgerMinor ?? null;
  return position.ledgerMinor === null && ledgerMinor === position.openMinor - position.creditsMinor
    ? { ...position, ledgerMinor }
    : position;
}

/** Since when each hold that follows from the figures stands: it began when it was first stored. */
function heldSince(stored: ReadonlyMap<string, Figures>): ReadonlyMap<string, ReadonlyMap<string, Day>> {
  const derived = [...stored].map(
    ([key, row]) =>
      [key, row.holds.filter((hold) => hold.holdId === null && hold.since !== undefined)] as const,
  );
  return new Map(
    derived
      .filter(([, holds]) => holds.length > 0)
      .map(([key, holds]) => [key, new Map(holds.map((hold) => [hold.kind, hold.since]))]),
  );
}
