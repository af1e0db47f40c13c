import { type Expression, type SqlBool, sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { AgreementKind, AgreementState, How } from '../receivables/agreements/agreement.ts';
import { isLive } from '../receivables/agreements/agreement.ts';
import { type InstalmentProgress, planProgress } from '../receivables/agreements/plan-progress.ts';

export interface CoveredInvoice {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly dueOn: Day | null;
  /** Open when it was agreed, and now; minor units. */
  readonly openThenMinor: number;
  readonly openMinor: number;
}

/** A promise, plan or offer with everything a page or the API shows of it. Days in the company's zone. */
export interface AgreementSeen {
  readonly agreementId: string;
  readonly kind: AgreementKind;
  readonly state: AgreementState;
  readonly live: boolean;
  readonly customerId: string;
  readonly customerName: string;
  readonly currency: Currency;
  /** Promised, the plan's total, or the reduced sum. */
  readonly amountMinor: number;
  /** Open on its invoices when it was agreed. */
  readonly debtMinor: number;
  /** By the books, when they were last judged. */
  readonly receivedMinor: number;
  /** Of the amount; 0 when it was withdrawn or is paid. */
  readonly missingMinor: number;
  readonly dueOn: Day;
  readonly graceUntil: Day;
  /** The next day that counts: the promised day, the next instalment, the last day of the offer; null: it is over. */
  readonly nextOn: Day | null;
  readonly wholeCustomer: boolean;
  readonly saidBy: string;
  readonly how: How;
  readonly note: string;
  readonly madeOn: Day;
  readonly madeBy: string;
  /** Who that is, where they signed in. */
  readonly madeByPersonId: string | null;
  readonly createdAt: Date;
  readonly settledOn: Day | null;
  readonly invoices: readonly CoveredInvoice[];
  readonly instalments: readonly InstalmentProgress[];
}

/** The rows of agreements, aliased `a`, with the customer's name; narrow and sort it, then hand the rows to `seen`. */
export function agreements(tx: Tx, companyId: string) {
  return tx
    .selectFrom('agreement as a')
    .leftJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'a.company_id').onRef('c.customer_id', '=', 'a.customer_id'),
    )
    .selectAll('a')
    .select('c.name as customer_name')
    .where('a.company_id', '=', companyId);
}

export type AgreementRow = Awaited<ReturnType<ReturnType<typeof agreements>['executeTakeFirstOrThrow']>>;

/** Not settled yet: pending, active, open. */
export function liveOnly(): Expression<SqlBool> {
  return sql<boolean>`a.settled_on is null`;
}

/** The rows as they are shown, in the same order: two more queries for all of them. */
export async function seen(
  tx: Tx,
  companyId: string,
  rows: readonly AgreementRow[],
  today: Day,
): Promise<readonly AgreementSeen[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.agreement_id);
  const invoices = Map.groupBy(await readInvoices(tx, companyId, ids), (one) => one.agreement_id);
  const plans = rows.filter((row) => row.kind === 'plan').map((row) => row.agreement_id);
  const instalments = Map.groupBy(await readInstalments(tx, companyId, plans), (one) => one.agreement_id);
  return rows.map((row) => {
    const terms = (instalments.get(row.agreement_id) ?? []).map((one) => ({
      number: one.number,
      dueOn: one.due_on as Day,
      graceUntil: one.grace_until as Day,
      amountMinor: one.amount_minor,
    }));
    const covered = (invoices.get(row.agreement_id) ?? []).map((one) => ({
      invoiceId: one.invoice_id,
      number: one.number,
      dueOn: one.due_on as Day | null,
      openThenMinor: one.open_minor,
      openMinor: one.open_now ?? 0,
    }));
    return seenOf(row, covered, planProgress(terms, row.received_minor, today));
  });
}

function seenOf(
  row: AgreementRow,
  invoices: readonly CoveredInvoice[],
  instalments: readonly InstalmentProgress[],
): AgreementSeen {
  const state = row.state as AgreementState;
  const live = isLive(state);
  const dueOn = row.due_on as Day;
  const nextInstalment = instalments.find((one) => one.state !== 'paid')?.dueOn ?? dueOn;
  return {
    agreementId: row.agreement_id,
    kind: row.kind as AgreementKind,
    state,
    live,
    customerId: row.customer_id,
    customerName: row.customer_name ?? row.customer_id,
    currency: row.currency as Currency,
    amountMinor: row.amount_minor,
    debtMinor: row.debt_minor,
    receivedMinor: row.received_minor,
    missingMinor: state === 'withdrawn' ? 0 : Math.max(0, row.amount_minor - row.received_minor),
    dueOn,
    graceUntil: row.grace_until as Day,
    nextOn: live ? (row.kind === 'plan' ? nextInstalment : dueOn) : null,
    wholeCustomer: row.whole_customer,
    saidBy: row.said_by,
    how: row.how as How,
    note: row.note,
    madeOn: row.made_on as Day,
    madeBy: row.made_by,
    madeByPersonId: row.made_by_person,
    createdAt: row.created_at,
    settledOn: row.settled_on as Day | null,
    invoices,
    instalments,
  };
}

function readInvoices(tx: Tx, companyId: string, ids: readonly string[]) {
  return tx
    .selectFrom('agreement_invoice as ai')
    .leftJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 'ai.company_id').onRef('i.invoice_id', '=', 'ai.invoice_id'),
    )
    .select(['ai.agreement_id', 'ai.invoice_id', 'ai.open_minor', 'i.number', 'i.due_on'])
    .select(sql<number | null>`case when i.status = 'open' then i.open_minor end`.as('open_now'))
    .where('ai.company_id', '=', companyId)
    .where('ai.agreement_id', 'in', [...ids])
    .orderBy('i.due_on')
    .orderBy('ai.invoice_id')
    .execute();
}

async function readInstalments(tx: Tx, companyId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('instalment')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('agreement_id', 'in', [...ids])
    .orderBy('number')
    .execute();
}
