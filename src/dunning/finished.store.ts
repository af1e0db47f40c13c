import { raiseProblems, resolveSubjects } from '../activity/problem.store.ts';
import { localeOf } from '../domain/locale.ts';
import { formatMoney } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import type { CaseProblem, OpenCase } from './case.store.ts';
import type { Planning } from './plan-read.store.ts';

/** A case of which all that is past due has been through its sequence. */
export interface Finished {
  readonly case: OpenCase;
  readonly position: Position;
}

/** A case of which nothing that is left of its sequence is allowed. */
export interface Forbidden extends Finished {
  readonly why: readonly Reason[];
}

export function casesOf(some: readonly Finished[]): readonly OpenCase[] {
  return some.map((each) => each.case);
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
      .filter((each) => !each.case.told.includes('sequence_finished'))
      .map(({ case: { caseId, customerId }, position }) => ({
        kind: 'sequence_finished',
        subject: caseId,
        customerId,
        what: `${known.debtors.get(customerId)?.name ?? customerId} has been through all steps, and ${formatMoney(position.pastDueMinor, position.currency, localeOf(company.country))} is still past due.`,
        meaning: 'Duly reminds of it no further by itself.',
        action: 'Decide what follows: a call, instalments, an agency, or a credit in the ledger.',
      })),
  );
  await resolveSubjects(tx, companyId, now, 'sequence_finished', toldOf(over, 'sequence_finished'));
}

/**
 * S9, section 6: says of a case, once, that the law leaves nothing of what is left of its sequence, by which rule, and what
 * a person can do; over when something is to come after all, or when the case is over.
 */
export async function tellForbidden(
  tx: Tx,
  { company, known, now }: Planning,
  forbidden: readonly Forbidden[],
  over: readonly OpenCase[],
): Promise<void> {
  const { company_id: companyId } = company;
  await raiseProblems(
    tx,
    companyId,
    now,
    forbidden.map(({ case: { caseId, customerId }, position, why }) => ({
      kind: 'nothing_allowed',
      subject: caseId,
      customerId,
      what: `${known.debtors.get(customerId)?.name ?? customerId} owes ${formatMoney(position.pastDueMinor, position.currency, localeOf(company.country))} past due, and nothing that is left of the sequence is allowed. ${why.map(inWords).join(' ')}`,
      meaning: 'Duly does not remind of it by itself.',
      action:
        'Store their consent if they gave it, correct what is known of them (what kind of debtor, the address), give them a sequence with letters or calls, or decide yourself what follows.',
    })),
  );
  await resolveSubjects(tx, companyId, now, 'nothing_allowed', toldOf(over, 'nothing_allowed'));
}

function inWords({ words, source }: Reason): string {
  return source === undefined ? words : `${words} (${source})`;
}

function toldOf(cases: readonly OpenCase[], kind: CaseProblem): readonly string[] {
  return cases.filter((each) => each.told.includes(kind)).map((each) => each.caseId);
}
