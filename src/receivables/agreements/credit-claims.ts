import type { AgreementTerms } from './agreement.ts';
import { type CoveredInvoice, type DatedPart, received } from './received.ts';
import { countedFor, milestonesOf } from './verdict.ts';

/** Unapplied credit of a customer in one currency, as the books show it. */
export interface UnappliedCredit extends DatedPart {
  /** Unique among payments, credits and negative invoices. */
  readonly id: string;
}

export interface Claimant {
  readonly terms: AgreementTerms;
  /** Unapplied credit when it was made, by id: that is no payment for it. */
  readonly creditsAtStart: Readonly<Record<string, number>>;
  readonly invoices: readonly CoveredInvoice[];
}

/**
 * Which part of the unapplied credit each agreement of one customer and currency may count, the oldest agreement and
 * the oldest credit first, each no more than it lacks: the same money never counts twice.
 */
export function claimCredits(
  claimants: readonly Claimant[],
  credits: readonly UnappliedCredit[],
): readonly (readonly DatedPart[])[] {
  const oldestFirst = credits.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  const claimed = new Map<string, number>();
  return claimants.map((claimant) => {
    const last = milestonesOf(claimant.terms).at(-1)?.through ?? claimant.terms.dueOn;
    let lacking = lackOf(claimant);
    return oldestFirst.flatMap((credit): DatedPart[] => {
      if (credit.on > last || (claimant.terms.kind === 'offer' && credit.credited)) return [];
      const from = Math.max(claimant.creditsAtStart[credit.id] ?? 0, claimed.get(credit.id) ?? 0);
      const minor = Math.min(lacking, Math.max(0, credit.minor - from));
      if (minor === 0) return [];
      lacking -= minor;
      claimed.set(credit.id, from + minor);
      return [{ on: credit.on, minor, credited: credit.credited }];
    });
  });
}

/** The most that any of its milestones lacks without credit. */
function lackOf({ terms, invoices }: Claimant): number {
  const evidence = { invoices, credits: [] };
  return milestonesOf(terms).reduce((most, each) => {
    return Math.max(most, each.sumMinor - countedFor(terms, received(evidence, each.through)));
  }, 0);
}
