import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { type ActivityEntry, type ActivityKind, record } from '../activity/activity.store.ts';
import type { Problem } from '../activity/problem.store.ts';
import type { Day } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

export interface OpenCase {
  readonly caseId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly reference: string;
  readonly nextAt: Date | null;
  /** What a person was told of it and has not changed: its sequence is over, or nothing that is left is allowed. */
  readonly told: readonly CaseProblem[];
}

/** Problems whose subject is a case. */
export type CaseProblem = Extract<Problem['kind'], 'sequence_finished' | 'nothing_allowed'>;

/** The open cases of these customers. */
export async function openCasesOf(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<readonly OpenCase[]> {
  const rows = await tx
    .selectFrom('dunning_case')
    .select(['case_id', 'customer_id', 'currency', 'reference', 'next_at'])
    .select(
      sql<CaseProblem[]>`array(select p.kind from problem p where p.company_id = dunning_case.company_id
        and p.kind in ('sequence_finished', 'nothing_allowed') and p.subject = case_id::text
        and p.resolved_at is null)`.as('told'),
    )
    .where('company_id', '=', companyId)
    .where('state', '=', sql.lit('open'))
    .where(sql<boolean>`customer_id = any(${binaryArray('text', customerIds)}::text[])`)
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    customerId: row.customer_id,
    currency: row.currency,
    reference: row.reference,
    nextAt: row.next_at,
    told: row.told,
  }));
}

/** Letters and digits that nobody misreads on paper or on the telephone. */
const ALPHABET = '23456789ACDEFHJKLMNPRTUVWXY';

function newReference(): string {
  const letters = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '2').join('');
  return `${letters.slice(0, 3)}-${letters.slice(3)}`;
}

/** A case to be opened; write it with `insertCases`. */
export function newCase(customerId: string, currency: string, now: Date): OpenCase {
  return {
    caseId: newId(now),
    customerId,
    currency,
    reference: newReference(),
    nextAt: null,
    told: [],
  };
}

/** Opens cases on `today`, a day of the company's zone. */
export async function insertCases(
  tx: Tx,
  companyId: string,
  opened: readonly OpenCase[],
  today: Day,
  now: Date,
): Promise<void> {
  if (opened.length === 0) return;
  const column = (value: (of: OpenCase) => string) => sql`${binaryArray('text', opened.map(value))}::text[]`;
  await sql`insert into dunning_case (company_id, case_id, customer_id, currency, reference, state, opened_on, opened_at)
    select ${companyId}::uuid, case_id::uuid, customer_id, currency, reference, 'open', ${today}::date, ${now}::timestamptz
    from unnest(${column((of) => of.caseId)}, ${column((of) => of.customerId)}, ${column((of) => of.currency)},
      ${column((of) => of.reference)}) as row (case_id, customer_id, currency, reference)`.execute(tx);
  const words = 'something is past due';
  await record(
    tx,
    companyId,
    now,
    opened.map(told('case_opened', ({ reference }) => `Case ${reference} opened: ${words}.`)),
  );
}

/** Closes cases, each with its reason. */
export async function closeCases(
  tx: Tx,
  companyId: string,
  closed: readonly { readonly closing: OpenCase; readonly reason: CloseReason }[],
  now: Date,
): Promise<void> {
  if (closed.length === 0) return;
  const ids = binaryArray(
    'text',
    closed.map(({ closing }) => closing.caseId),
  );
  const reasons = binaryArray(
    'text',
    closed.map(({ reason }) => reason),
  );
  await sql`update dunning_case set state = 'closed', close_reason = row.reason, closed_at = ${now}, next_at = null
    from unnest(${ids}::text[], ${reasons}::text[]) as row (case_id, reason)
    where company_id = ${companyId} and dunning_case.case_id = row.case_id::uuid`.execute(tx);
  const reasonOf = new Map(closed.map(({ closing, reason }) => [closing.caseId, reason]));
  const words = ({ caseId, reference }: OpenCase): string =>
    `Case ${reference} closed: ${closeWords[reasonOf.get(caseId) ?? 'not_due']}.`;
  await record(
    tx,
    companyId,
    now,
    closed.map(({ closing }) => told('case_closed', words)(closing)),
  );
}

function told(kind: ActivityKind, summary: (of: OpenCase) => string): (of: OpenCase) => ActivityEntry {
  return (of) => ({
    kind,
    actor: 'Duly',
    summary: summary(of),
    customerId: of.customerId,
    caseId: of.caseId,
  });
}

/** Why a case is over. Part of the API: the words may change, these may not. */
export type CloseReason = 'paid' | 'credited' | 'voided' | 'deleted' | 'moved' | 'merged' | 'not_due';

/** The reason as a clause without a full stop. */
export const closeWords: Readonly<Record<CloseReason, string>> = {
  paid: 'everything that was past due is paid',
  credited: 'a credit settled what was past due',
  voided: 'the invoices were voided in the ledger',
  deleted: 'the invoices were deleted in the ledger',
  moved: 'the invoices belong to another customer now, who is asked for them',
  merged: 'the customer was merged into another one in the ledger, who is asked for the invoices now',
  not_due: 'nothing is past due any more',
};

/** R6: the same cases again, with their references and conversations; `why` is a sentence that a person reads. */
export async function reopenCases(
  tx: Tx,
  companyId: string,
  reopened: readonly { readonly closed: OpenCase; readonly why: string }[],
  now: Date,
): Promise<void> {
  if (reopened.length === 0) return;
  const ids = reopened.map(({ closed }) => closed.caseId);
  await tx
    .updateTable('dunning_case')
    .set({ state: 'open', close_reason: null, closed_at: null })
    .where('company_id', '=', companyId)
    .where(sql<boolean>`case_id = any(${ids}::uuid[])`)
    .execute();
  await record(
    tx,
    companyId,
    now,
    reopened.map(({ closed, why }) =>
      told('case_reopened', ({ reference }) => `Case ${reference} reopened: ${why}`)(closed),
    ),
  );
}

/** When each case may be due next; null: not by itself. */
export async function setNextAts(
  tx: Tx,
  companyId: string,
  next: readonly { readonly caseId: string; readonly nextAt: Date | null }[],
): Promise<void> {
  if (next.length === 0) return;
  const ids = binaryArray(
    'text',
    next.map(({ caseId }) => caseId),
  );
  const times = binaryArray(
    'timestamptz',
    next.map(({ nextAt }) => nextAt),
  );
  await sql`update dunning_case set next_at = row.next_at
    from unnest(${ids}::text[], ${times}::timestamptz[]) as row (case_id, next_at)
    where company_id = ${companyId} and dunning_case.case_id = row.case_id::uuid`.execute(tx);
}
