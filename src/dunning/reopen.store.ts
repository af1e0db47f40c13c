import { sql } from 'kysely';
import type { ActivityKind } from '../activity/activity.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Position, PositionLine } from '../receivables/position.ts';
import type { OpenCase } from './case.store.ts';

export interface ClosedCase extends OpenCase {
  readonly closedAt: Date;
}

/** The closed cases of these customers, the one closed last first. */
export async function closedCases(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ClosedCase[]>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('dunning_case')
    .select(['case_id', 'customer_id', 'currency', 'reference', 'closed_at'])
    .where('company_id', '=', companyId)
    .where('state', '=', 'closed')
    .where(sql<boolean>`customer_id = any(${[...customerIds]}::text[])`)
    .orderBy('closed_at', 'desc')
    .execute();
  const cases = rows.map((row) => ({
    caseId: row.case_id,
    customerId: row.customer_id,
    currency: row.currency,
    reference: row.reference,
    nextAt: null,
    told: [],
    closedAt: row.closed_at ?? new Date(0),
  }));
  return Map.groupBy(cases, (row) => `${row.customerId} ${row.currency}`);
}

/**
 * R6: the closed case to which what is asked for now belongs, and why it is owed again, or null: an invoice that the
 * case wrote about, or else one that was past due while the case was open. `zone` is the company's.
 */
export async function caseToReopen(
  tx: Tx,
  companyId: string,
  closed: readonly ClosedCase[],
  position: Position,
  zone: string,
): Promise<{ readonly closed: ClosedCase; readonly why: string } | null> {
  const lines = position.lines.filter((line) => line.daysLate > 0);
  if (closed.length === 0 || lines.length === 0) return null;
  const written = await writtenAbout(tx, companyId, closed, lines);
  const found =
    closed.find(({ caseId }) => written.some((row) => row.case_id === caseId)) ??
    closed.find((each) => lines.some((line) => wasLate(line, each, zone)));
  if (found === undefined) return null;
  const own = new Set(written.filter((row) => row.case_id === found.caseId).map((row) => row.invoice_id));
  const about = lines.filter((line) => own.has(line.invoiceId) || wasLate(line, found, zone));
  return { closed: found, why: await whyAgain(tx, companyId, found, about) };
}

function wasLate(line: PositionLine, { closedAt }: ClosedCase, zone: string): boolean {
  const closedOn = dayAt(closedAt, zone);
  return line.dueOn !== null && line.dueOn < closedOn && line.issuedOn <= closedOn;
}

async function writtenAbout(
  tx: Tx,
  companyId: string,
  closed: readonly ClosedCase[],
  lines: readonly PositionLine[],
): Promise<readonly { case_id: string; invoice_id: string }[]> {
  const { rows } = await sql<{ case_id: string; invoice_id: string }>`
    select distinct t.case_id, ti.invoice_id
    from touch_invoice ti join touch t on t.company_id = ti.company_id and t.touch_id = ti.touch_id
    where ti.company_id = ${companyId} and ti.invoice_id = any(${lines.map((line) => line.invoiceId)}::text[])
      and t.case_id = any(${closed.map((each) => each.caseId)}::uuid[])`.execute(tx);
  return rows;
}

/** What makes an invoice owed again. */
const again: readonly ActivityKind[] = [
  'payment_taken_back',
  'credit_taken_back',
  'invoice_raised',
  'invoice_reappeared',
  'invoice_redated',
  'invoice_moved',
];

/** What the books told last of these invoices since the case was closed, in their words. */
async function whyAgain(
  tx: Tx,
  companyId: string,
  closed: ClosedCase,
  lines: readonly PositionLine[],
): Promise<string> {
  const { rows } = await sql<{ summary: string }>`select summary from activity
    where company_id = ${companyId} and at >= ${closed.closedAt} and kind = any(${[...again]}::text[])
      and data -> 'invoiceIds' ?| ${lines.map((line) => line.invoiceId)}::text[]
    order by at desc, activity_id desc limit 1`.execute(tx);
  const [line] = lines;
  return rows[0]?.summary ?? `Invoice ${line?.number ?? line?.invoiceId} is past due again.`;
}
