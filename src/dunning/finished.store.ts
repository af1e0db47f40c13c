import { raiseProblems, resolveSubjects } from '../activity/problem.store.ts';
import { localeOf } from '../domain/locale.ts';
import { formatMoney } from '../domain/money.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import type { OpenCase } from './case.store.ts';
import type { Planning } from './plan-read.store.ts';

/** A case of which all that is past due has been through its sequence. */
export interface Finished {
  readonly case: OpenCase;
  readonly position: Position;
}

/**
 * SEQ-07, IDM-15: says once of a case that its sequence is over and a person decides what follows; over when the case is,
 * or when something else is to come after all.
 */
export async function tellFinished(
  tx: Tx,
  { company, known, now }: Planning,
  finished: readonly Finished[],
  over: readonly OpenCase[],
): Promise<void> {
  const { company_id: companyId } = company;
  await raiseProblems(
    tx,
    companyId,
    now,
    finished
      .filter((each) => !each.case.toldFinished)
      .map(({ case: { caseId, customerId }, position }) => ({
        kind: 'sequence_finished',
        subject: caseId,
        customerId,
        what: `${known.debtors.get(customerId)?.name ?? customerId} has been through all steps, and ${formatMoney(position.pastDueMinor, position.currency, localeOf(company.country))} is still past due.`,
        meaning: 'Duly reminds of it no further by itself.',
        action: 'Decide what follows: a call, instalments, an agency, or a credit in the ledger.',
      })),
  );
  const subjects = over.filter((each) => each.toldFinished).map((each) => each.caseId);
  await resolveSubjects(tx, companyId, now, 'sequence_finished', subjects);
}
