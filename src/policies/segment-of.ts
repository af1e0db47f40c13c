import type { Segment } from './document.ts';
import type { CustomerFacts, SegmentRule } from './segment.ts';

/** The first segment whose rule the customer meets, in the order of the list; null: none. By hand goes first. */
export function segmentOf(facts: CustomerFacts, segments: readonly Segment[]): Segment | null {
  const byHand = segments.find((segment) => segment.key === facts.byHand);
  return byHand ?? segments.find((segment) => meets(facts, segment.when)) ?? null;
}

/** Every condition given must hold; a figure that is not known meets no bound. */
function meets(facts: CustomerFacts, rule: SegmentRule): boolean {
  if (rule.byHandOnly === true) return false;
  const late = facts.settled === 0 ? null : (100 * facts.settledLate) / facts.settled;
  return (
    atMost(facts.invoices, rule.invoicesAtMost) &&
    atLeast(facts.settled, rule.settledAtLeast) &&
    atLeast(late, rule.latePercentAtLeast) &&
    atMost(late, rule.latePercentAtMost) &&
    atLeast(facts.averageDaysLate, rule.averageDaysLateAtLeast) &&
    atMost(facts.averageDaysLate, rule.averageDaysLateAtMost) &&
    atLeast(facts.brokenPromises, rule.brokenPromisesAtLeast) &&
    atMost(facts.brokenPromises, rule.brokenPromisesAtMost) &&
    owesEnough(facts, rule.openAtLeast) &&
    ofType(facts, rule.debtorTypes) &&
    (rule.groups === undefined || rule.groups.some((group) => facts.groups.includes(group)))
  );
}

/** Somebody of unknown type is what they are known as, and what they count as. */
function ofType(
  { debtorType, countsAs }: Pick<CustomerFacts, 'debtorType' | 'countsAs'>,
  types: SegmentRule['debtorTypes'],
): boolean {
  return types === undefined || types.includes(debtorType) || types.includes(countsAs);
}

function atLeast(figure: number | null, bound: number | undefined): boolean {
  return bound === undefined || (figure !== null && figure >= bound);
}

function atMost(figure: number | null, bound: number | undefined): boolean {
  return bound === undefined || (figure !== null && figure <= bound);
}

function owesEnough(facts: CustomerFacts, bounds: SegmentRule['openAtLeast']): boolean {
  if (bounds === undefined) return true;
  return Object.entries(bounds).some(([currency, minor]) => (facts.openMinor[currency] ?? 0) >= minor);
}
