import { randomUUID } from 'node:crypto';
import { type Db, inCompany, inSystem, type Tx } from '../../src/platform/db.ts';
import { ensurePolicy } from '../../src/policies/document.store.ts';
import { now, today } from './api-support.ts';

export interface Seeded {
  readonly caseId: string;
  readonly waiting: readonly [string, string];
  readonly sent: string;
  readonly noteText: string;
}

const noteTextOf = (touchId: string): string => `Reminder sent. [duly:${touchId}:101]`;
const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

/** A book: "ridgeway" is past due and pursued, "ridgeway-yard" bills with it, "quill" owes nothing yet. */
export async function seedBook(db: Db, companyId: string): Promise<Seeded> {
  await connect(db, companyId);
  return await inCompany(db, companyId, async (tx) => {
    await customers(tx, companyId);
    await invoices(tx, companyId);
    await positions(tx, companyId);
    await ensurePolicy(tx, companyId, 'Duly', ago(20));
    const seeded = await dunning(tx, companyId);
    await happenings(tx, companyId, seeded.sent);
    return seeded;
  });
}

export async function connect(
  db: Db,
  companyId: string,
  state: 'healthy' | 'reconnect_needed' = 'healthy',
): Promise<void> {
  await inSystem(db, (tx) =>
    tx
      .insertInto('connection')
      .values({
        company_id: companyId,
        provider: 'quickbooks',
        ledger_ref_hash: Buffer.from(companyId),
        ledger_ref_enc: Buffer.from('sealed'),
        state,
        state_since: ago(20),
        connected_at: ago(20),
      })
      .execute(),
  );
}

async function customers(tx: Tx, companyId: string): Promise<void> {
  const row = (customer_id: string, name: string, parent_id: string | null) => ({
    company_id: companyId,
    customer_id,
    name,
    emails: [`ap@${customer_id}.test`],
    contacts: '[]',
    parent_id,
    bills_with_parent: parent_id !== null,
    active: true,
    balance_currency: 'USD',
    ledger_balance_minor: 150_000,
    changed_at: ago(20),
    version: '1',
  });
  await tx
    .insertInto('customer')
    .values([
      row('ridgeway', 'Ridgeway Ltd', null),
      row('ridgeway-yard', 'Ridgeway Yard', 'ridgeway'),
      row('quill', 'Quill & Sons', null),
    ])
    .execute();
}

async function invoices(tx: Tx, companyId: string): Promise<void> {
  const row = (invoice_id: string, customer_id: string, due_on: string, open_minor: number) => ({
    company_id: companyId,
    invoice_id,
    number: `N-${invoice_id}`,
    customer_id,
    issued_on: '2026-10-01',
    due_on,
    currency: 'USD',
    total_minor: 90_000,
    open_minor,
    status: open_minor === 0 ? 'closed' : 'open',
    sent: 'yes',
    emails: [],
    changed_at: ago(20),
    version: '1',
  });
  await tx
    .insertInto('invoice')
    .values([
      row('101', 'ridgeway', '2026-11-20', 90_000),
      row('102', 'ridgeway-yard', '2026-11-25', 60_000),
      row('103', 'ridgeway', '2026-10-20', 0),
      row('201', 'quill', '2026-12-24', 90_000),
    ])
    .execute();
}

async function positions(tx: Tx, companyId: string): Promise<void> {
  const row = (customer_id: string, open: number, pastDue: number, ledger: number | null) => ({
    company_id: companyId,
    customer_id,
    currency: 'USD',
    open_minor: open,
    not_due_minor: open - pastDue,
    past_due_minor: pastDue,
    late_1_30_minor: pastDue,
    held_minor: 0,
    credits_minor: 0,
    ask_minor: pastDue,
    oldest_due_on: pastDue > 0 ? '2026-11-20' : null,
    ledger_minor: ledger,
    ties_out: ledger === null || ledger === open,
    computed_on: today,
    computed_at: now,
  });
  const hold = { kind: 'does_not_tie_out', holdId: null, words: 'R15: our sum differs.', until: null };
  await tx
    .insertInto('position')
    .values([
      {
        ...row('ridgeway', 150_000, 150_000, 149_999),
        holds: JSON.stringify([hold]),
      },
      {
        ...row('quill', 90_000, 0, 90_000),
        holds: '[]',
      },
    ])
    .execute();
}

async function dunning(tx: Tx, companyId: string): Promise<Seeded> {
  const caseId = randomUUID();
  await tx
    .insertInto('dunning_case')
    .values({
      company_id: companyId,
      case_id: caseId,
      customer_id: 'ridgeway',
      currency: 'USD',
      reference: '4K7-2H9',
      state: 'open',
      opened_on: '2026-11-21',
      opened_at: ago(9),
      next_at: now,
    })
    .execute();
  const decision = (decided_on: string, verdict: string) => ({
    company_id: companyId,
    customer_id: 'ridgeway',
    currency: 'USD',
    decided_on,
    decided_at: now,
    verdict,
    reasons: JSON.stringify([{ rule: 'S1', words: `The second reminder (${decided_on}).` }]),
    step_key: 'second',
    next_at: now,
    policy_version: 1,
  });
  await tx
    .insertInto('decision')
    .values([decision('2026-11-29', 'wait'), decision(today, 'touch')])
    .execute();
  const sent = await touch(tx, companyId, caseId, 'first', 'sent');
  const waiting = [
    await touch(tx, companyId, caseId, 'second', 'awaiting_approval'),
    await touch(tx, companyId, caseId, 'third', 'awaiting_approval'),
  ] as const;
  return { caseId, sent, waiting, noteText: noteTextOf(sent) };
}

async function touch(
  tx: Tx,
  companyId: string,
  caseId: string,
  step: string,
  state: 'sent' | 'awaiting_approval',
) {
  const touchId = randomUUID();
  await tx
    .insertInto('touch')
    .values({
      company_id: companyId,
      touch_id: touchId,
      case_id: caseId,
      customer_id: 'ridgeway',
      currency: 'USD',
      step_key: step,
      step_number: 1,
      channel: 'email',
      style: 'own',
      recipient_name: 'Ridgeway Ltd',
      recipient_email: 'ap@ridgeway.test',
      invoice_set: `101:${step}`,
      state,
      ask_minor: 90_000,
      planned_for: now,
      created_at: now,
      sent_at: state === 'sent' ? now : null,
    })
    .execute();
  await tx
    .insertInto('touch_invoice')
    .values({
      company_id: companyId,
      touch_id: touchId,
      invoice_id: '101',
      step_key: step,
      open_minor: 90_000,
      days_late: 10,
    })
    .execute();
  return touchId;
}

async function happenings(tx: Tx, companyId: string, touchId: string): Promise<void> {
  await tx
    .insertInto('message')
    .values({
      company_id: companyId,
      touch_id: touchId,
      from_name: 'Ann Larkspur',
      from_email: 'mail@duly.test',
      reply_to: 'ann@larkspur.test',
      subject: 'Invoice N-101',
      html: '<p>Thank you</p>',
      text: 'Thank you',
      composed_at: now,
    })
    .execute();
  await tx
    .insertInto('note')
    .values({
      company_id: companyId,
      touch_id: touchId,
      invoice_id: '101',
      marker: `[duly:${touchId}:101]`,
      text: noteTextOf(touchId),
      idempotency_key: 'key',
      state: 'written',
      next_attempt_at: now,
      written_at: now,
    })
    .execute();
  const activity = (summary: string, customer_id: string | null) => ({
    company_id: companyId,
    activity_id: randomUUID(),
    at: now,
    kind: 'touch_sent',
    actor: 'Duly',
    customer_id,
    touch_id: touchId,
    summary,
    data: JSON.stringify({ step: 'first' }),
  });
  await tx
    .insertInto('activity')
    .values([activity('Sent.', 'ridgeway'), activity('Connected.', null), activity('Looked.', 'quill')])
    .execute();
  const problem = (subject: string, resolved_at: Date | null) => ({
    company_id: companyId,
    problem_id: randomUUID(),
    kind: 'never_sent',
    subject,
    what: 'An invoice was never sent.',
    meaning: 'It is not chased.',
    action: 'Send it first.',
    first_seen_at: now,
    last_seen_at: now,
    resolved_at,
  });
  await tx
    .insertInto('problem')
    .values([problem('open', null), problem('gone', now)])
    .execute();
}
