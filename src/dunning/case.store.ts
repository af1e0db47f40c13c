import { randomInt } from 'node:crypto';
import { record } from '../activity/activity.store.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

export interface OpenCase {
  readonly caseId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly reference: string;
  readonly nextAt: Date | null;
}

export async function openCases(tx: Tx, companyId: string): Promise<readonly OpenCase[]> {
  const rows = await tx
    .selectFrom('dunning_case')
    .select(['case_id', 'customer_id', 'currency', 'reference', 'next_at'])
    .where('company_id', '=', companyId)
    .where('state', '=', 'open')
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    customerId: row.customer_id,
    currency: row.currency,
    reference: row.reference,
    nextAt: row.next_at,
  }));
}

/** Letters and digits that nobody misreads on paper or on the telephone. */
const ALPHABET = '23456789ACDEFHJKLMNPRTUVWXY';

function newReference(): string {
  const letters = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '2').join('');
  return `${letters.slice(0, 3)}-${letters.slice(3)}`;
}

export async function openCase(
  tx: Tx,
  companyId: string,
  customerId: string,
  currency: string,
  today: string,
  now: Date,
): Promise<OpenCase> {
  const caseId = newId(now);
  const reference = newReference();
  await tx
    .insertInto('dunning_case')
    .values({
      company_id: companyId,
      case_id: caseId,
      customer_id: customerId,
      currency,
      reference,
      state: 'open',
      opened_on: today,
      opened_at: now,
    })
    .execute();
  await record(tx, companyId, now, [
    {
      kind: 'case_opened',
      actor: 'Duly',
      summary: `Case ${reference} opened: something is past due.`,
      customerId,
      caseId,
    },
  ]);
  return { caseId, customerId, currency, reference, nextAt: null };
}

export async function closeCase(
  tx: Tx,
  companyId: string,
  closing: OpenCase,
  reason: CloseReason,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('dunning_case')
    .set({ state: 'closed', close_reason: reason, closed_at: now, next_at: null })
    .where('company_id', '=', companyId)
    .where('case_id', '=', closing.caseId)
    .execute();
  await record(tx, companyId, now, [
    {
      kind: 'case_closed',
      actor: 'Duly',
      summary: `Case ${closing.reference} closed: ${closeWords[reason]}.`,
      customerId: closing.customerId,
      caseId: closing.caseId,
    },
  ]);
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

/** R6: the same case again, with its reference and its conversation; `why` is a sentence that a person reads. */
export async function reopenCase(
  tx: Tx,
  companyId: string,
  closed: OpenCase,
  why: string,
  now: Date,
): Promise<OpenCase> {
  await tx
    .updateTable('dunning_case')
    .set({ state: 'open', close_reason: null, closed_at: null })
    .where('company_id', '=', companyId)
    .where('case_id', '=', closed.caseId)
    .execute();
  await record(tx, companyId, now, [
    {
      kind: 'case_reopened',
      actor: 'Duly',
      summary: `Case ${closed.reference} reopened: ${why}`,
      customerId: closed.customerId,
      caseId: closed.caseId,
    },
  ]);
  return closed;
}

export async function setNextAt(
  tx: Tx,
  companyId: string,
  caseId: string,
  nextAt: Date | null,
): Promise<void> {
  await tx
    .updateTable('dunning_case')
    .set({ next_at: nextAt })
    .where('company_id', '=', companyId)
    .where('case_id', '=', caseId)
    .execute();
}
