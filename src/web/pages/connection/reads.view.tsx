import type { ReadsOfMonth } from '../../../companies/call-budget.store.ts';

export interface ReadsProps {
  readonly reads: ReadsOfMonth;
  readonly at: (instant: Date) => string;
}

/** One quiet line: what reading the ledger costs this month, and when the ledger made us wait. */
export function ReadsFacts({ reads, at }: ReadsProps) {
  const { used, first, budget, waitedAt } = reads;
  if (budget === null && waitedAt === null) return null;
  return (
    <>
      {budget === null ? null : (
        <>
          <dt>Reads this month</dt>
          <dd>
            {used} of {budget} planned
            {first > 0 ? `, and ${first} more for the first reading of the books` : ''}
            {used > budget ? ': sending needed more reads than planned. Reminders still leave on time.' : ''}
          </dd>
        </>
      )}
      {waitedAt === null ? null : (
        <>
          <dt>Last asked to wait</dt>
          <dd>{at(waitedAt)}: the ledger limits how often it is read</dd>
        </>
      )}
    </>
  );
}
