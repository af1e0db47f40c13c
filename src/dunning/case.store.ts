import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
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
  reason: string,
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
      summary: `Case ${closing.reference} closed: ${closeWords[reason] ?? reason}.`,
      customerId: closing.customerId,
      caseId: closing.caseId,
    },
  ]);
}

const closeWords: Readonly<Record<string, string>> = {
  paid: 'everything that was past due is paid',
  credited: 'a credit settled what was past due',
  voided: 'the invoices were voided in the ledger',
  deleted: 'the invoices were deleted in the ledger',
  not_due: 'nothing is past due any more',
};

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

/**
 * Why nothing is past due any more, from what became of the invoices that this case was about: those its touches
 * named, and those that fell due while it was open; `members` are chased at this case's customer (R12).
 */
export async function closeReason(
  tx: Tx,
  companyId: string,
  closing: OpenCase,
  members: readonly string[],
): Promise<string> {
  const { rows } = await sql<{ status: string; open_minor: number; credited: boolean }>`
    select i.status, i.open_minor,
      not exists (select 1 from payment p where p.company_id = i.company_id and (p.customer_id is null or p.customer_id = any(${[...members]}))
                  and p.status = 'valid' and p.total_minor > 0
                  and p.allocations @> jsonb_build_array(jsonb_build_object('invoiceId', i.invoice_id))) as credited
    from invoice i join dunning_case c on c.company_id = i.company_id and c.case_id = ${closing.caseId}
    where i.company_id = ${companyId} and i.customer_id = any(${[...members]}) and i.currency = ${closing.currency}
      and (i.changed_at >= c.opened_at or exists (
        select 1 from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
        where t.company_id = ${companyId} and t.case_id = ${closing.caseId} and ti.invoice_id = i.invoice_id))`.execute(
    tx,
  );
  const settled = rows.filter(
    (row) => row.open_minor === 0 && (row.status === 'open' || row.status === 'closed'),
  );
  if (settled.some((row) => !row.credited)) return 'paid';
  if (settled.length > 0) return 'credited';
  if (rows.some((row) => row.status === 'void')) return 'voided';
  if (rows.some((row) => row.status === 'deleted')) return 'deleted';
  return 'not_due';
}
