import { randomUUID } from 'node:crypto';
import { addDays, day } from '../../src/domain/day.ts';
import type { Tx } from '../../src/platform/db.ts';

export const at = new Date('2026-11-23T18:00:00Z');
const today = day('2026-11-23');

export async function addCustomer(
  tx: Tx,
  companyId: string,
  customerId: string,
  name: string,
): Promise<void> {
  await tx
    .insertInto('customer')
    .values({
      company_id: companyId,
      customer_id: customerId,
      name,
      emails: [],
      contacts: '[]',
      bills_with_parent: false,
      active: true,
      changed_at: at,
      version: '1',
    })
    .execute();
}

interface Owing {
  readonly customerId: string;
  readonly currency: string;
  readonly minor: number;
  readonly daysLate: number;
  /** Its invoice is held. */
  readonly held?: boolean;
  /** The whole customer is. */
  readonly customerHeld?: boolean;
}

/** A position of one invoice, with the invoice and the decision that goes with it. */
export async function addOwing(tx: Tx, companyId: string, owing: Owing): Promise<void> {
  const { customerId, currency, minor, daysLate, held = false, customerHeld = false } = owing;
  const late = daysLate > 0 ? minor : 0;
  const dueOn = addDays(today, -daysLate);
  await tx
    .insertInto('invoice')
    .values({
      company_id: companyId,
      invoice_id: `${customerId}-${currency}`,
      number: '1042',
      customer_id: customerId,
      issued_on: '2026-09-01',
      due_on: dueOn,
      currency,
      total_minor: minor,
      open_minor: minor,
      status: 'open',
      sent: 'yes',
      emails: [],
      changed_at: at,
      version: '1',
    })
    .execute();
  await tx
    .insertInto('position')
    .values({
      company_id: companyId,
      customer_id: customerId,
      currency,
      open_minor: minor,
      not_due_minor: minor - late,
      past_due_minor: late,
      held_minor: held ? late : 0,
      credits_minor: 0,
      ask_minor: held ? 0 : late,
      late_1_30_minor: daysLate <= 30 ? late : 0,
      late_31_60_minor: daysLate > 30 ? late : 0,
      oldest_due_on: daysLate > 0 ? dueOn : null,
      holds: JSON.stringify(
        customerHeld ? [{ kind: 'credit_covers', holdId: null, words: 'R4', until: null }] : [],
      ),
      ties_out: true,
      computed_on: today,
      computed_at: at,
    })
    .execute();
  if (daysLate === 0) return;
  await tx
    .insertInto('decision')
    .values({
      company_id: companyId,
      customer_id: customerId,
      currency,
      decided_on: today,
      decided_at: at,
      verdict: held ? 'held' : 'wait',
      reasons: JSON.stringify([{ rule: 'S1', words: 'The next step is the first reminder.' }]),
      step_key: held ? null : 'first',
      next_at: held ? null : at,
      policy_version: 1,
    })
    .execute();
}

async function addTouch(
  tx: Tx,
  companyId: string,
  customerId: string,
  facts: { readonly state: string; readonly sentAt: Date | null },
): Promise<string> {
  const touchId = randomUUID();
  const caseId = randomUUID();
  await tx
    .insertInto('dunning_case')
    .values({
      company_id: companyId,
      case_id: caseId,
      customer_id: customerId,
      currency: 'USD',
      reference: `REF-${customerId}`,
      state: 'open',
      opened_on: today,
      opened_at: at,
    })
    .execute();
  await tx
    .insertInto('touch')
    .values({
      company_id: companyId,
      touch_id: touchId,
      case_id: caseId,
      customer_id: customerId,
      currency: 'USD',
      step_key: 'first',
      step_number: 1,
      channel: 'email',
      style: 'own',
      recipient_name: customerId,
      recipient_email: `${customerId}@customer.example`,
      invoice_set: `${customerId}-USD`,
      state: facts.state,
      ask_minor: 50_000,
      planned_for: at,
      created_at: at,
      sent_at: facts.sentAt,
    })
    .execute();
  await tx
    .insertInto('touch_invoice')
    .values({
      company_id: companyId,
      touch_id: touchId,
      invoice_id: `${customerId}-USD`,
      step_key: 'first',
      open_minor: 50_000,
      days_late: 40,
    })
    .execute();
  return touchId;
}

export async function addWaitingTouch(tx: Tx, companyId: string, customerId: string): Promise<void> {
  await addTouch(tx, companyId, customerId, { state: 'awaiting_approval', sentAt: null });
}

/** A touch that left, with the mail that was kept and its note in the ledger. */
export async function addSentTouch(tx: Tx, companyId: string, customerId: string): Promise<void> {
  const touchId = await addTouch(tx, companyId, customerId, { state: 'sent', sentAt: at });
  await tx
    .insertInto('message')
    .values({
      company_id: companyId,
      touch_id: touchId,
      from_name: 'Dana',
      from_email: 'dana@larkspur.example',
      reply_to: 'dana@larkspur.example',
      subject: 'Invoice 1042',
      html: '<p>Hello</p>',
      text: 'Hello',
      composed_at: at,
    })
    .execute();
  await tx
    .insertInto('note')
    .values({
      company_id: companyId,
      touch_id: touchId,
      invoice_id: `${customerId}-USD`,
      marker: `[duly ${touchId}]`,
      text: 'First reminder sent.',
      idempotency_key: touchId,
      state: 'written',
      next_attempt_at: at,
      written_at: at,
    })
    .execute();
}
