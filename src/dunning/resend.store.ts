import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { addDays, type Day, dayAt, formatDay } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import type { Announced } from '../policies/consequences/consequence.ts';
import { standingCompanyHolds } from '../receivables/company-holds.store.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
import { announcedBefore } from './announcements/repeated.store.ts';
import { lockTouch } from './lock-touch.store.ts';
import { addressOf, whyNotAgain } from './resend.ts';
import { resendTime } from './resend-time.store.ts';
import { invoicesOf, type TouchRow } from './touch.store.ts';
import { stepOf } from './touch-step.ts';
import { overridden, overrideOf, warningsOf } from './warned.store.ts';

/**
 * The exact same message of a touch that was sent, once more, to the same address or a corrected one (IDM-11): a touch
 * of its own that says which one it repeats and who asked for it. It counts as contact, and leaves within hours and caps
 * like any other; only while every figure in it is still true and nothing holds the customer (R10, EXC-13). `reason`: why it
 * goes out once more although the law warns, as at its release (S4). Returns its id. Throws UserError bad_input (field
 * `email` or `reason`), not_found, or conflict with the reason.
 */
export async function resendTouch(
  tx: Tx,
  companyId: string,
  touchId: string,
  wanted: { readonly email?: string | null | undefined; readonly reason?: string | undefined },
  by: string,
  now: Date,
): Promise<string> {
  const touch = await lockTouch(tx, companyId, touchId);
  const company = await getCompany(tx, companyId);
  const email = newAddress(touch, wanted.email ?? '');
  await refuseUnlessSent(tx, company, touch, now);
  const invoices = (await invoicesOf(tx, companyId, [touchId])).get(touchId) ?? [];
  await refuseUnlessTrue(tx, company, touch, invoices, now);
  await refuseIfSettled(tx, companyId, touch);
  const at = await resendTime(tx, company, touch, now);
  const warnings = (await warningsOf(tx, company, [touch], now))(touchId);
  const override = overrideOf(warnings, wanted.reason ?? '', touch.recipient_name);
  const again = newId(now);
  await tx
    .insertInto('touch')
    .values({
      ...sameAs(touch),
      touch_id: again,
      resend_of: touchId,
      recipient_email: email,
      state: 'approved',
      approved_at: now,
      approved_by: by,
      planned_for: at,
      created_at: now,
    })
    .execute();
  await tx
    .insertInto('touch_invoice')
    .columns(['company_id', 'touch_id', 'invoice_id', 'step_key', 'stage', 'open_minor', 'days_late'])
    .expression((eb) =>
      eb
        .selectFrom('touch_invoice')
        .select([
          'company_id',
          eb.val(again).as('touch_id'),
          'invoice_id',
          'step_key',
          'stage',
          'open_minor',
          'days_late',
        ])
        .where('company_id', '=', companyId)
        .where('touch_id', '=', touchId),
    )
    .execute();
  await keepMessage(tx, companyId, touchId, again);
  await tell(tx, company, touch, { again, email, by, ...overridden(warnings, override) }, now);
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'deliver', { companyId });
  return again;
}

/** What a repetition has in common with what it repeats. */
function sameAs(touch: TouchRow) {
  return {
    company_id: touch.company_id,
    case_id: touch.case_id,
    customer_id: touch.customer_id,
    currency: touch.currency,
    step_key: touch.step_key,
    step_number: touch.step_number,
    step: JSON.stringify(touch.step),
    policy_version: touch.policy_version,
    channel: touch.channel,
    style: touch.style,
    recipient_name: touch.recipient_name,
    invoice_set: touch.invoice_set,
    ask_minor: touch.ask_minor,
    // P8: the bytes are the same, and so is what they announce
    announces: touch.announces === null ? null : JSON.stringify(touch.announces),
  };
}

/** The bytes of the first message are those of the second. */
async function keepMessage(tx: Tx, companyId: string, touchId: string, again: string): Promise<void> {
  await sql`insert into message
      (company_id, touch_id, from_name, from_email, reply_to, subject, html, text, composed_at)
    select company_id, ${again}::uuid, from_name, from_email, reply_to, subject, html, text, composed_at
    from message where company_id = ${companyId} and touch_id = ${touchId}`.execute(tx);
}

function newAddress(touch: TouchRow, typed: string): string {
  const email = typed.trim() === '' ? touch.recipient_email : addressOf(typed);
  if (email === null)
    throw new UserError(
      'bad_input',
      'That is not an e-mail address.',
      'Write one, as name@example.com.',
      'email',
    );
  const same = email.toLowerCase() === touch.recipient_email.toLowerCase();
  if (same && (touch.delivery === 'bounced' || touch.delivery === 'complained'))
    throw new UserError(
      'bad_input',
      `The message to ${touch.recipient_email} came back: the address takes nothing more.`,
      'Give another address, and correct it in the ledger.',
      'email',
    );
  return email;
}

async function refuseUnlessSent(tx: Tx, company: CompanyRow, touch: TouchRow, now: Date): Promise<void> {
  const refuse = (what: string, action: string): never => {
    throw new UserError('conflict', what, action);
  };
  if (touch.channel === 'call' || touch.channel === 'letter')
    refuse('Only an e-mail is sent again by Duly.', 'Print the letter once more, or call again.');
  if (touch.state !== 'sent' || touch.sent_at === null)
    refuse('It was not sent, so there is nothing to send again.', 'Look at the customer’s timeline.');
  if (company.mode === 'preview')
    refuse('This company is in preview: nothing leaves.', 'Set the mode to approve or autopilot first.');
  const today = dayAt(now, company.time_zone);
  const payBy = addDays(dayAt(touch.sent_at ?? now, company.time_zone), stepOf(touch).payWithinDays);
  if (payBy < today)
    refuse(
      `It asks for payment by ${formatDay(payBy as Day, localeOf(company.country))}, which has passed.`,
      'Let the next step go instead.',
    );
  const { rows } = await sql<{ state: string }>`
    select state from touch where company_id = ${company.company_id} and customer_id = ${touch.customer_id}
      and currency = ${touch.currency}
      and (state in ('reserved', 'uncertain') or (resend_of = ${touch.touch_id} and state in ('approved')))
    order by state desc limit 1`.execute(tx);
  const [open] = rows;
  if (open?.state === 'approved') refuse('It is to be sent again already.', 'Look at the Approve page.');
  if (open !== undefined)
    refuse('It is not known yet whether the last message left.', 'Wait until the mail provider has said so.');
}

async function refuseUnlessTrue(
  tx: Tx,
  company: CompanyRow,
  touch: TouchRow,
  invoices: Parameters<typeof whyNotAgain>[0]['invoices'],
  now: Date,
): Promise<void> {
  const positions = await readPositions(tx, company, now, { customerIds: [touch.customer_id] });
  const position = positions.find(
    (row) => row.customerId === touch.customer_id && row.currency === touch.currency,
  );
  const [paused] = await standingCompanyHolds(tx, company, now);
  const why = paused?.words ?? whyNotAgain({ askMinor: touch.ask_minor, invoices }, position ?? null);
  if (why !== null)
    throw new UserError(
      'conflict',
      `It may not be sent again. ${why}`,
      'What is due by the figures of now is planned by itself.',
    );
}

/** P8: nobody is told once more of what was done or withdrawn since. */
async function refuseIfSettled(tx: Tx, companyId: string, touch: TouchRow): Promise<void> {
  const announces = touch.announces as unknown as Announced | null;
  if (announces === null) return;
  const became = await announcedBefore(tx, companyId, { caseId: touch.case_id, announces });
  if (became !== 'settled') return;
  throw new UserError(
    'conflict',
    'It may not be sent again. What it announces is settled.',
    'Let the next step go instead.',
  );
}

async function tell(
  tx: Tx,
  company: CompanyRow,
  touch: TouchRow,
  done: {
    readonly again: string;
    readonly email: string;
    readonly by: string;
    /** What the law warned of, if anything, and why it goes out all the same. */
    readonly words: string;
    readonly data: Readonly<Record<string, unknown>>;
  },
  now: Date,
): Promise<void> {
  const on = formatDay(dayAt(touch.sent_at ?? now, company.time_zone), localeOf(company.country));
  await record(tx, company.company_id, now, [
    {
      kind: 'touch_resent',
      actor: done.by,
      summary: `To be sent again: the message of ${on}, to ${touch.recipient_name} at ${done.email}${done.words || '.'}`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: done.again,
      data: { resendOf: touch.touch_id, ...done.data },
    },
  ]);
}
