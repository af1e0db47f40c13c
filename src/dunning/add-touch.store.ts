import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { binaryArray, type Element, type ElementType } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { NewTouch, TouchInvoice } from './touch.store.ts';
import { AUTOPILOT } from './touch-state.ts';

/** What makes a touch unique besides case, channel and recipient: which invoices go through which step. */
function invoiceSetOf({ invoices, occasion }: Pick<NewTouch, 'invoices' | 'occasion'>): string {
  const named = invoices
    .filter((invoice) => invoice.stepKey !== 'listed')
    .map((invoice) => `${invoice.invoiceId}:${invoice.stepKey}`)
    .sort();
  return [...named, ...(occasion === null ? [] : [`#${occasion}`])].join(',');
}

interface Column<T> {
  readonly name: string;
  readonly type: ElementType;
  readonly cast?: string;
  readonly value: (of: T) => Element;
}

type Ready = NewTouch & { readonly touchId: string };

const touchColumns: readonly Column<Ready>[] = [
  { name: 'touch_id', type: 'text', cast: 'uuid', value: (of) => of.touchId },
  { name: 'case_id', type: 'text', cast: 'uuid', value: (of) => of.caseId },
  { name: 'customer_id', type: 'text', value: (of) => of.customerId },
  { name: 'currency', type: 'text', value: (of) => of.currency },
  { name: 'step_key', type: 'text', value: (of) => of.stepKey },
  { name: 'step_number', type: 'bigint', value: (of) => of.stepNumber },
  { name: 'channel', type: 'text', value: (of) => of.step.channel },
  { name: 'step', type: 'text', cast: 'jsonb', value: (of) => JSON.stringify(of.step) },
  { name: 'policy_version', type: 'bigint', value: (of) => of.policyVersion },
  { name: 'style', type: 'text', value: (of) => of.style },
  { name: 'recipient_name', type: 'text', value: (of) => of.recipientName },
  { name: 'recipient_email', type: 'text', value: (of) => of.recipientEmail },
  { name: 'recipient_address', type: 'text', value: (of) => of.recipientAddress },
  { name: 'recipient_phone', type: 'text', value: (of) => of.recipientPhone },
  { name: 'invoice_set', type: 'text', value: invoiceSetOf },
  { name: 'state', type: 'text', value: (of) => of.state },
  { name: 'state_reason', type: 'text', value: (of) => of.stateReason },
  { name: 'ask_minor', type: 'bigint', value: (of) => of.askMinor },
  { name: 'planned_for', type: 'timestamptz', value: (of) => of.plannedFor },
  { name: 'approved_by', type: 'text', value: (of) => (of.state === 'approved' ? AUTOPILOT : null) },
];

const invoiceColumns: readonly Column<TouchInvoice & { readonly touchId: string }>[] = [
  { name: 'touch_id', type: 'text', cast: 'uuid', value: (of) => of.touchId },
  { name: 'invoice_id', type: 'text', value: (of) => of.invoiceId },
  { name: 'step_key', type: 'text', value: (of) => of.stepKey },
  { name: 'stage', type: 'text', value: (of) => of.stage },
  { name: 'open_minor', type: 'bigint', value: (of) => of.openMinor },
  { name: 'days_late', type: 'bigint', value: (of) => of.daysLate },
];

/** The columns' names, what each is selected as, and `unnest(…) as row (…)` of these rows. */
function rowsOf<T>(columns: readonly Column<T>[], rows: readonly T[]) {
  const names = columns.map(({ name }) => name).join(', ');
  const arrays = columns.map(
    ({ type, value }) => sql`${binaryArray(type, rows.map(value))}${sql.raw(`::${type}[]`)}`,
  );
  const values = columns.map(({ name, cast }) => (cast === undefined ? name : `${name}::${cast}`)).join(', ');
  return {
    names: sql.raw(names),
    values: sql.raw(values),
    from: sql`unnest(${sql.join(arrays)}) as row (${sql.raw(names)})`,
  };
}

/**
 * Writes touches with two statements whatever their number, and returns the ids of those that are new: the same one
 * as one that stands or was made is not written again (S8), however often it is planned.
 */
export async function addTouches(
  tx: Tx,
  companyId: string,
  touches: readonly NewTouch[],
  now: Date,
): Promise<readonly string[]> {
  if (touches.length === 0) return [];
  const ready = touches.map((touch): Ready => ({ ...touch, touchId: newId(now) }));
  const { names, values, from } = rowsOf(touchColumns, ready);
  const invoices = ready.flatMap(({ touchId, invoices: some }) =>
    some.map((invoice) => ({ ...invoice, touchId })),
  );
  const lines = rowsOf(invoiceColumns, invoices);
  const { rows } = await sql<{ touch_id: string }>`
    with added as (insert into touch (company_id, created_at, approved_at, ${names})
      select ${companyId}::uuid, ${now}::timestamptz, case when state = 'approved' then ${now}::timestamptz end, ${values}
      from ${from}
      on conflict do nothing returning touch_id),
    lines as (insert into touch_invoice (company_id, ${lines.names})
      select ${companyId}::uuid, ${lines.values} from ${lines.from}
      where row.touch_id::uuid in (select touch_id from added))
    select touch_id from added`.execute(tx);
  const added = new Set(rows.map((row) => row.touch_id));
  const written = ready.filter((touch) => added.has(touch.touchId));
  if (written.length === 0) return [];
  await record(
    tx,
    companyId,
    now,
    written.map((touch) => ({
      kind: 'touch_planned',
      actor: 'Duly',
      summary: `Planned: ${touch.stepName} to ${touch.recipientName}.`,
      customerId: touch.customerId,
      caseId: touch.caseId,
      touchId: touch.touchId,
      data: { state: touch.state, plannedFor: touch.plannedFor.toISOString(), reason: touch.stateReason },
    })),
  );
  return written.map((touch) => touch.touchId);
}

/** Writes one touch; returns null when the same one exists already (S8). */
export async function addTouch(
  tx: Tx,
  companyId: string,
  touch: NewTouch,
  now: Date,
): Promise<string | null> {
  const [touchId = null] = await addTouches(tx, companyId, [touch], now);
  return touchId;
}
