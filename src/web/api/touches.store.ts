import type { CopyReason } from '../../dunning/copies.ts';
import { readOutcome } from '../../dunning/done.ts';
import type { TouchRow } from '../../dunning/touch.store.ts';
import type { TouchState } from '../../dunning/touch-state.ts';
import { stepOf } from '../../dunning/touch-step.ts';
import { callTasks } from '../../messages/call-task.store.ts';
import type { CallTask } from '../../messages/caller.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import type { Channel } from '../../policies/step.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, isoOrNull, money } from './schema.ts';

const keys: readonly Key[] = [{ column: 'touch_id', holds: 'uuid' }];

interface Touched {
  readonly touch_id: string;
  readonly invoice_id: string;
  readonly number: string | null;
  readonly step_key: string;
  readonly open_minor: number;
  readonly days_late: number;
}

export async function listTouches(
  tx: Tx,
  companyId: string,
  wish: PageWish & { state?: TouchState; customerId?: string; caseId?: string; todo?: true },
) {
  let query = tx
    .selectFrom('touch')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(behind(wish, keys));
  if (wish.state !== undefined) query = query.where('state', '=', wish.state);
  if (wish.customerId !== undefined) query = query.where('customer_id', '=', wish.customerId);
  if (wish.caseId !== undefined) query = query.where('case_id', '=', wish.caseId);
  if (wish.todo === true)
    query = query.where('state', '=', 'approved').where('channel', 'in', ['call', 'letter']);
  const rows = await query.orderBy('touch_id').limit(rowsWanted(wish)).execute();
  const touched = await touchedBy(
    tx,
    companyId,
    rows.map((row) => row.touch_id),
  );
  const taskOf = await callTasks(tx, companyId);
  return pageOf(
    rows,
    wish,
    (row) => [row.touch_id],
    (row) => shown(row, touched.get(row.touch_id) ?? [], row.channel === 'call' ? taskOf(row) : null),
  );
}

/** Throws UserError not_found. */
export async function readTouch(tx: Tx, companyId: string, touchId: string) {
  const row = await tx
    .selectFrom('touch')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  if (row === undefined) throw new UserError('not_found', 'There is no such touch.', 'Check the touch id.');
  const touched = await touchedBy(tx, companyId, [touchId]);
  return {
    ...shown(
      row,
      touched.get(touchId) ?? [],
      row.channel === 'call' ? (await callTasks(tx, companyId))(row) : null,
    ),
    // a page that was printed and not posted is nothing that anybody got
    message:
      row.channel === 'letter' && row.state !== 'sent' && row.printed_at === null
        ? null
        : await messageOf(tx, companyId, touchId),
    copies: await copiesMade(tx, companyId, touchId),
  };
}

async function copiesMade(tx: Tx, companyId: string, touchId: string) {
  const rows = await tx
    .selectFrom('touch_copy')
    .select(['email', 'name', 'why', 'state', 'delivery'])
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .orderBy('email')
    .execute();
  return rows.map((row) => ({
    ...row,
    why: row.why as CopyReason,
    state: row.state as 'waiting' | 'reserved' | 'sent' | 'failed' | 'uncertain' | 'cancelled',
    delivery: row.delivery as 'delivered' | 'returned' | 'bounced' | 'complained' | null,
  }));
}

async function messageOf(tx: Tx, companyId: string, touchId: string) {
  const row = await tx
    .selectFrom('message')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    fromName: row.from_name,
    fromEmail: row.from_email,
    replyTo: row.reply_to,
    subject: row.subject,
    html: row.html,
    text: row.text,
    composedAt: iso(row.composed_at),
  };
}

async function touchedBy(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Touched[]>> {
  if (touchIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('touch_invoice as t')
    .leftJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 't.company_id').onRef('i.invoice_id', '=', 't.invoice_id'),
    )
    .select(['t.touch_id', 't.invoice_id', 't.step_key', 't.open_minor', 't.days_late', 'i.number'])
    .where('t.company_id', '=', companyId)
    .where('t.touch_id', 'in', [...touchIds])
    .orderBy('t.days_late', 'desc')
    .orderBy('t.invoice_id')
    .execute();
  return Map.groupBy(rows, (row) => row.touch_id);
}

function outcomeShown(stored: unknown) {
  const outcome = readOutcome(stored);
  if (outcome === null) return null;
  const { note } = outcome;
  return outcome.channel === 'call'
    ? { result: outcome.result, postedOn: null, note }
    : { result: null, postedOn: outcome.postedOn, note };
}

function printedShown({ printed_at: at, printed_by: by, printed_pay_by: payBy }: TouchRow) {
  return at === null || by === null || payBy === null ? null : { at: iso(at), by, payBy };
}

function shown(row: TouchRow, invoices: readonly Touched[], task: CallTask | null) {
  return {
    touchId: row.touch_id,
    caseId: row.case_id,
    customerId: row.customer_id,
    currency: row.currency,
    stepKey: row.step_key,
    stepNumber: row.step_number,
    stepName: stepOf(row).name,
    channel: row.channel as Channel,
    style: row.style as 'own' | 'service',
    recipient: {
      name: row.recipient_name,
      email: row.recipient_email,
      address: row.recipient_address,
      phone: row.recipient_phone,
    },
    task,
    state: row.state as TouchState,
    stateReason: row.state_reason,
    ask: money(row.ask_minor, row.currency),
    plannedFor: iso(row.planned_for),
    createdAt: iso(row.created_at),
    approvedAt: isoOrNull(row.approved_at),
    approvedBy: row.approved_by,
    reservedAt: isoOrNull(row.reserved_at),
    attempts: row.attempts,
    uncertainAt: isoOrNull(row.uncertain_at),
    sentAt: isoOrNull(row.sent_at),
    providerMessageId: row.provider_message_id,
    messageId: row.message_id,
    delivery: row.delivery,
    deliveryAt: isoOrNull(row.delivery_at),
    resendOf: row.resend_of,
    sentNowBy: row.sent_now_by,
    doneBy: row.done_by,
    outcome: outcomeShown(row.outcome),
    printed: printedShown(row),
    invoices: invoices.map((invoice) => ({
      invoiceId: invoice.invoice_id,
      number: invoice.number,
      stepKey: invoice.step_key,
      open: money(invoice.open_minor, row.currency),
      daysLate: invoice.days_late,
    })),
  };
}
