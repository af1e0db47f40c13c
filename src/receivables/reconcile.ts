import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { familiesByDebtor } from './debtor.ts';
import type { PositionFacts } from './facts.store.ts';
import type { CustomerFacts } from './families.store.ts';
import type { HoldFact } from './holds.ts';
import { type Position, type PositionCredit, positionOf } from './position.ts';
import { recipientOf } from './recipient.ts';

export interface ReconcileInput {
  readonly today: Day;
  readonly families: ReadonlyMap<string, CustomerFacts>;
  readonly facts: PositionFacts;
  /** Who to compute: debtors, after R12. */
  readonly debtors: readonly string[];
  readonly baseCurrency: Currency;
  readonly sentElsewhere: boolean;
  /** `debtor currency` → what the ledger said of those who did not tie out when they were last compared (R15). */
  readonly ledgerFigures: ReadonlyMap<string, number>;
  /** `debtor currency` → kind of derived hold → since when it stands, as far as it stood before. */
  readonly heldSince?: ReadonlyMap<string, ReadonlyMap<string, Day>>;
  /** By debtor: currencies in which a position is wanted although nothing stands in them. */
  readonly besides?: ReadonlyMap<string, readonly Currency[]>;
}

/** The positions of some debtors, one per currency in which they owe or have credit. Pure. */
export function reconcile(input: ReconcileInput): readonly Position[] {
  const membersOf = familiesByDebtor(input.families);
  const invoicesOf = groupBy(input.facts.invoices, (row) => row.customerId);
  const creditsOf = groupBy(input.facts.credits, (row) => row.customerId);
  const companyHolds = input.facts.holds.filter((hold) => hold.scope === 'company');
  const holdsOf = groupBy(
    input.facts.holds.filter((hold) => hold.scope === 'customer'),
    (hold) => hold.customerId ?? '',
  );
  const holdsOfInvoice = groupBy(
    input.facts.holds.filter((hold) => hold.scope === 'invoice'),
    (hold) => hold.invoiceId ?? '',
  );
  // a row whose customer could not be read either holds nobody in particular: the problems page shows it
  const unreadableOf = groupBy(input.facts.unreadable, (row) => row.customerId ?? '');
  const statedOf = statedCurrencies(input.ledgerFigures);
  return input.debtors.flatMap((debtorId) => {
    const members = membersOf.get(debtorId) ?? [debtorId];
    const invoices = members.flatMap((id) => invoicesOf.get(id) ?? []);
    const credits = members.flatMap((id) => creditsOf.get(id) ?? []);
    const currencies = new Set([
      ...invoices.map((row) => row.currency),
      ...credits.map((row) => row.currency),
      ...(statedOf.get(debtorId) ?? []),
      ...(input.besides?.get(debtorId) ?? []),
    ]);
    const unreadable = members.flatMap((id) => unreadableOf.get(id) ?? []).map((row) => row.reason);
    const stated = [...companyHolds, ...members.flatMap((id) => holdsOf.get(id) ?? [])];
    if (unreadable.length > 0 && currencies.size === 0) currencies.add(input.baseCurrency);
    return [...currencies].sort().map((currency) =>
      positionOf({
        today: input.today,
        customerId: debtorId,
        currency,
        invoices: invoices.filter((row) => row.currency === currency),
        credits: credits.filter((row) => row.currency === currency).map(creditOf),
        holds: [...heldIn(stated, currency), ...holdsOn(invoices, holdsOfInvoice)],
        unreadable,
        dead: isDead(input.families.get(debtorId)),
        sentElsewhere: input.sentElsewhere,
        hasRecipient: hasRecipient(input.families.get(debtorId), invoices),
        ledgerMinor: input.ledgerFigures.get(`${debtorId} ${currency}`) ?? null,
        heldSince: input.heldSince?.get(`${debtorId} ${currency}`) ?? neverHeld,
      }),
    );
  });
}

const neverHeld: ReadonlyMap<string, Day> = new Map();

/** R3: a promise of one currency holds nothing in another. */
function heldIn(stated: readonly HoldFact[], currency: Currency): readonly HoldFact[] {
  return stated.filter(({ onlyCurrency: only = null }) => only === null || only === currency);
}

function creditOf({ kind, id, minor }: PositionCredit): PositionCredit {
  return { kind, id, minor };
}

function holdsOn(
  invoices: readonly { readonly invoiceId: string }[],
  holdsOfInvoice: ReadonlyMap<string, readonly HoldFact[]>,
): readonly HoldFact[] {
  if (holdsOfInvoice.size === 0) return [];
  return invoices.flatMap((invoice) => holdsOfInvoice.get(invoice.invoiceId) ?? []);
}

/** In which currencies the ledger states a sum of a customer: one of ours must stand beside it, even if it is zero. */
function statedCurrencies(figures: ReadonlyMap<string, number>): ReadonlyMap<string, readonly Currency[]> {
  const keys = [...figures].flatMap(([key, minor]) => (minor === 0 ? [] : [key.split(' ')]));
  const currencies = Map.groupBy(keys, ([customerId]) => customerId ?? '');
  return new Map([...currencies].map(([id, rows]) => [id, rows.map(([, currency]) => currency as Currency)]));
}

/** R16: whether nobody of that name is there any more. */
export function isDead(customer: CustomerFacts | undefined): boolean {
  return customer === undefined || !customer.active || customer.mergedIntoId !== null;
}

/** S9: whether `recipientOf` would find somebody for a message about these invoices. */
function hasRecipient(
  customer: CustomerFacts | undefined,
  invoices: readonly { readonly hasEmail: boolean }[],
): boolean {
  if (customer === undefined) return false;
  return invoices.some((row) => row.hasEmail) || recipientOf(customer, []) !== null;
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, keyOf);
}
