/** Past due by age. Buckets in days late; sums in minor units of one currency. */
export interface Ageing {
  readonly notDue: number;
  readonly upTo30: number;
  readonly upTo60: number;
  readonly upTo90: number;
  readonly over90: number;
}

export const bucketWords = [
  'Not due',
  '1 to 30 days',
  '31 to 60 days',
  '61 to 90 days',
  'Over 90 days',
] as const;

export function bucketsOf(ageing: Ageing): readonly number[] {
  return [ageing.notDue, ageing.upTo30, ageing.upTo60, ageing.upTo90, ageing.over90];
}

/** The ageing of some invoices of one currency. */
export function ageingOf(
  lines: readonly { readonly openMinor: number; readonly daysLate: number }[],
): Ageing {
  const between = (from: number, to: number): number =>
    lines.reduce(
      (sum, line) => (line.daysLate >= from && line.daysLate <= to ? sum + line.openMinor : sum),
      0,
    );
  return {
    notDue: between(Number.NEGATIVE_INFINITY, 0),
    upTo30: between(1, 30),
    upTo60: between(31, 60),
    upTo90: between(61, 90),
    over90: between(91, Number.POSITIVE_INFINITY),
  };
}
