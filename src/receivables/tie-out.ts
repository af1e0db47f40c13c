const DAY_MS = 20 * 3_600_000;
const WEEK_MS = 7 * 24 * 3_600_000;

interface TieOutState {
  /** When the sums were last compared; null: never. */
  readonly tiedOutAt: Date | null;
  /** When a read last brought a row; null: never since. */
  readonly changedAt: Date | null;
  /** Whether something did not tie out. */
  readonly differs: boolean;
}

/**
 * R15: whether the ledger is asked for its own sums now: once a day if a row came since the last time, every week
 * anyway, and while something differs, after every change and once a day.
 */
export function tieOutDue({ tiedOutAt, changedAt, differs }: TieOutState, now: Date): boolean {
  if (tiedOutAt === null) return true;
  const age = now.getTime() - tiedOutAt.getTime();
  if (differs) return age >= DAY_MS || (changedAt !== null && changedAt >= tiedOutAt);
  return age >= WEEK_MS || (age >= DAY_MS && changedAt !== null && changedAt > tiedOutAt);
}
