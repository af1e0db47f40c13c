import { type Selectable, sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { resolveProblem } from '../activity/problem.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import type { Day } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Touch } from '../platform/db-types.ts';
import type { Stage, Step } from '../policies/step.ts';
import { openStates, statesBefore, type TouchState } from './touch-state.ts';

export type TouchRow = Selectable<Touch>;

export interface NewTouch {
  readonly caseId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly stepName: string;
  /** As it was planned; whoever sends, words or shows the touch reads it here, never from the policy (S6, SEQ-17). */
  readonly step: Step;
  /** Of the policy that `step` is from; null: of none that is known. */
  readonly policyVersion: number | null;
  readonly style: 'own' | 'service';
  readonly recipientName: string;
  /** Empty for a letter or a call to a customer without one. */
  readonly recipientEmail: string;
  /** Lines of a letter's address, and the number to call; null: of another channel, or not known. */
  readonly recipientAddress: string | null;
  readonly recipientPhone: string | null;
  /** What makes it another touch although step and invoices are the same (S8): a statement's month, a repeat's round. */
  readonly occasion: string | null;
  readonly state: Extract<TouchState, 'planned' | 'awaiting_approval' | 'approved'>;
  readonly stateReason: string | null;
  readonly askMinor: number;
  readonly plannedFor: Date;
  /** Which invoices go through which step, and which are listed besides (`stepKey` `listed`). */
  readonly invoices: readonly TouchInvoice[];
}

/** An invoice of a touch. */
export interface TouchInvoice {
  readonly invoiceId: string;
  readonly stepKey: string;
  /** How strict its own step is; null: it is only listed. */
  readonly stage: Stage | null;
  readonly openMinor: number;
  readonly daysLate: number;
}

/**
 * Moves a touch along S8, and has its customer planned anew. False when it was not in a state from which that is
 * possible: then nothing changed.
 */
export async function moveTouch(
  tx: Tx,
  companyId: string,
  touchId: string,
  to: TouchState,
  set: Partial<Omit<TouchRow, 'company_id' | 'touch_id' | 'state'>> = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable('touch')
    .set({ ...set, state: to })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .where('state', 'in', statesBefore(to))
    .returning('customer_id')
    .executeTakeFirst();
  if (moved === undefined) return false;
  await markPlanDue(tx, companyId, [moved.customer_id]);
  return true;
}

/** A touch may not leave before `until`; it never moves to an earlier time, so that a pause between attempts stays. */
export async function postponeTouch(tx: Tx, companyId: string, touchId: string, until: Date): Promise<void> {
  await tx
    .updateTable('touch')
    .set({ planned_for: until })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .where('state', 'in', openStates)
    .where('planned_for', '<', until)
    .execute();
}

/** Touches of these customers that are not decided yet, with the invoices they name. */
export async function openTouches(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<readonly (TouchRow & { invoices: NewTouch['invoices'] })[]> {
  // hardly any customer has one, and its row is wide: first whether there is any
  const found = await tx
    .selectFrom('touch')
    .select('touch_id')
    .where('company_id', '=', companyId)
    .where(
      'state',
      'in',
      openStates.map((state) => sql.lit(state)),
    )
    .where(sql<boolean>`customer_id = any(${binaryArray('text', customerIds)}::text[])`)
    .execute();
  if (found.length === 0) return [];
  const ids = found.map((row) => row.touch_id);
  const rows = await tx
    .selectFrom('touch')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(sql<boolean>`touch_id = any(${ids}::uuid[])`)
    .orderBy('touch_id')
    .execute();
  const invoices = await invoicesOf(tx, companyId, ids);
  return rows.map((row) => ({ ...row, invoices: invoices.get(row.touch_id) ?? [] }));
}

export async function invoicesOf(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
): Promise<ReadonlyMap<string, NewTouch['invoices']>> {
  if (touchIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('touch_invoice')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', 'in', [...touchIds])
    .execute();
  const entries = rows.map((row) => ({
    touchId: row.touch_id,
    invoiceId: row.invoice_id,
    stepKey: row.step_key,
    stage: row.stage as Stage | null,
    openMinor: row.open_minor,
    daysLate: row.days_late,
  }));
  return Map.groupBy(entries, (entry) => entry.touchId);
}

/** Takes a touch back, with a reason that a person reads. */
export async function cancelOpenTouch(
  tx: Tx,
  companyId: string,
  touch: Pick<TouchRow, 'touch_id' | 'customer_id' | 'case_id'>,
  reason: string,
  by: string,
  now: Date,
): Promise<boolean> {
  const moved = await moveTouch(tx, companyId, touch.touch_id, 'cancelled', { state_reason: reason });
  if (moved) {
    await resolveProblem(tx, companyId, now, 'letter_printed', touch.touch_id);
    await record(tx, companyId, now, [
      {
        kind: 'touch_cancelled',
        actor: by,
        summary: `Not sent: ${reason}`,
        customerId: touch.customer_id,
        caseId: touch.case_id,
        touchId: touch.touch_id,
      },
    ]);
  }
  return moved;
}

export interface TouchedInvoice {
  readonly invoiceId: string;
  readonly stepKey: string;
  /** How strict its own step is; null: it is only listed. */
  readonly stage: Stage | null;
  readonly number: string | null;
  readonly reference: string | null;
  readonly dueOn: Day;
  readonly openMinor: number;
  readonly totalMinor: number;
}

/** The invoices that a touch names, as the mirror knows them now. */
export async function touchedInvoices(
  tx: Tx,
  companyId: string,
  touchId: string,
): Promise<readonly TouchedInvoice[]> {
  const rows = await tx
    .selectFrom('touch_invoice as ti')
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 'ti.company_id').onRef('i.invoice_id', '=', 'ti.invoice_id'),
    )
    .select([
      'ti.invoice_id',
      'ti.step_key',
      'ti.stage',
      'i.number',
      'i.reference',
      'i.due_on',
      'i.open_minor',
      'i.total_minor',
    ])
    .where('ti.company_id', '=', companyId)
    .where('ti.touch_id', '=', touchId)
    .orderBy('i.due_on')
    .execute();
  return rows.flatMap((row) =>
    row.due_on === null
      ? []
      : [
          {
            invoiceId: row.invoice_id,
            stepKey: row.step_key,
            stage: row.stage as Stage | null,
            number: row.number,
            reference: row.reference,
            dueOn: row.due_on as Day,
            openMinor: row.open_minor,
            totalMinor: row.total_minor,
          },
        ],
  );
}
