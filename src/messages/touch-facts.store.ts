import { sql } from 'kysely';
import { type Day, dayAt, parseDay } from '../domain/day.ts';
import { copiesOf } from '../dunning/copies.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Stage, Step } from '../policies/step.ts';
import { ownStepKeys } from '../policies/templates.ts';
import { headCalled, wroteOn } from './call/before-call.store.ts';
import { shortOfPlan } from './plan-facts.store.ts';
import type { DueInstalment, ReminderContent } from './reminder.ts';
import type { TouchToWord } from './touch-row.store.ts';

type Facts = Pick<
  ReminderContent,
  'earlier' | 'letterOn' | 'promisedOn' | 'instalment' | 'copiedTo' | 'head' | 'wroteOn' | 'announcedOn'
>;

export interface FactsQuestion {
  readonly touch: TouchToWord;
  readonly touchId: string;
  readonly step: Step;
  /** In the company's zone. */
  readonly today: Day;
  readonly invoices: readonly { readonly invoiceId: string; readonly stage: Stage | null }[];
}

/** What happened before this touch that its wording may speak of; each is asked for only where it is used. */
export async function readTouchFacts(tx: Tx, companyId: string, question: FactsQuestion): Promise<Facts> {
  const { touch, touchId, step } = question;
  const { template } = step;
  const widens = step.recipients.escalation;
  const ids = question.invoices.map((invoice) => invoice.invoiceId);
  // what the wording speaks of: the invoices at the message's own stage
  const leading = question.invoices
    .filter((invoice) => invoice.stage === step.stage)
    .map((invoice) => invoice.invoiceId);
  return {
    earlier: await countEarlier(tx, companyId, touchId, leading.length > 0 ? leading : ids),
    letterOn: template === 'letter_mention' ? await lastLetterOn(tx, companyId, touch, leading) : null,
    promisedOn:
      template === 'promise_broken' ? await lastPromise(tx, companyId, touch.customer_id, ids) : null,
    instalment: await planOf(tx, companyId, question, ids),
    announcedOn: template === 'consequence_withdrawn' ? await withdrawnOf(tx, companyId, touch) : null,
    copiedTo: widens && touch.channel !== 'call' ? await copiedTo(tx, companyId, touch) : null,
    head: widens && touch.channel === 'call' ? await headCalled(tx, companyId, touch) : null,
    wroteOn: await wroteOn(tx, companyId, touch, template, leading),
  };
}

/** R11: what is short of their plan, of the one that lives or of the one that has ended. */
async function planOf(
  tx: Tx,
  companyId: string,
  { step: { template }, today }: FactsQuestion,
  invoiceIds: readonly string[],
): Promise<DueInstalment | null> {
  if (template === 'instalment') return await shortOfPlan(tx, companyId, invoiceIds, 'active', today);
  return template === 'plan_ended' ? await shortOfPlan(tx, companyId, invoiceIds, 'breached', today) : null;
}

/**
 * Reminders of any of these invoices before, whatever the channel and the case: what came back, a call that reached
 * nobody, a repetition and what is of no sequence are none.
 */
async function countEarlier(
  tx: Tx,
  companyId: string,
  touchId: string,
  invoiceIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct t.touch_id)::int as count
    from touch_invoice ti join touch t on t.company_id = ti.company_id and t.touch_id = ti.touch_id
    where ti.company_id = ${companyId} and ti.invoice_id = any(${[...invoiceIds]}::text[])
      and t.state = 'sent' and t.touch_id <> ${touchId}::uuid
      and ti.stage is distinct from 'courtesy' and t.step_key <> all(${[...ownStepKeys]}::text[])
      and t.delivery is distinct from 'bounced'
      and coalesce(t.outcome ->> 'result', '') not in ('no_answer', 'wrong_number')
      and not exists (select from touch o where o.company_id = t.company_id and o.touch_id = t.resend_of
        and o.delivery is distinct from 'bounced')`.execute(tx);
  return rows[0]?.count ?? 0;
}

/**
 * The day on which the last letter of the case about all of these invoices was posted, as the person who posted it
 * said: a letter about some of them only is not mentioned.
 */
async function lastLetterOn(
  tx: Tx,
  companyId: string,
  touch: TouchToWord,
  invoiceIds: readonly string[],
): Promise<Day | null> {
  const row = await tx
    .selectFrom('touch')
    .select(['sent_at', 'outcome'])
    .where('company_id', '=', companyId)
    .where('case_id', '=', touch.case_id)
    .where('channel', '=', 'letter')
    .where('state', '=', 'sent')
    .where(
      sql<boolean>`not exists (select 1 from unnest(${[...invoiceIds]}::text[]) as asked (invoice_id)
        where not exists (select 1 from touch_invoice ti where ti.company_id = touch.company_id
          and ti.touch_id = touch.touch_id and ti.invoice_id = asked.invoice_id))`,
    )
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { outcome } = row;
  const said =
    typeof outcome === 'object' && outcome !== null && 'postedOn' in outcome
      ? parseDay(outcome.postedOn)
      : null;
  return said ?? (row.sent_at === null ? null : dayAt(row.sent_at, touch.time_zone));
}

async function lastPromise(
  tx: Tx,
  companyId: string,
  customerId: string,
  invoiceIds: readonly string[],
): Promise<Day | null> {
  const { rows } = await sql<{ due_on: string }>`
    select a.due_on::text as due_on from agreement a
    where a.company_id = ${companyId} and a.customer_id = ${customerId} and a.kind = 'promise'
      and a.state in ('broken', 'part_kept')
      and exists (select 1 from agreement_invoice i where i.company_id = a.company_id
        and i.agreement_id = a.agreement_id and i.invoice_id = any(${[...invoiceIds]}::text[]))
    order by a.due_on desc limit 1`.execute(tx);
  return parseDay(rows[0]?.due_on);
}

/** The day of the announcement of the case that was withdrawn last. */
async function withdrawnOf(tx: Tx, companyId: string, touch: TouchToWord): Promise<Day | null> {
  const row = await tx
    .selectFrom('announcement')
    .select('announced_on')
    .where('company_id', '=', companyId)
    .where('case_id', '=', touch.case_id)
    .where('state', '=', 'withdrawn')
    .orderBy('settled_on', 'desc')
    .orderBy('announced_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.announced_on as Day | undefined) ?? null;
}

/** Whoever receives a copy because the step widens the circle (P11), by name or else by address. */
async function copiedTo(tx: Tx, companyId: string, touch: TouchToWord): Promise<string | null> {
  const copies = await copiesOf(tx, companyId, touch);
  const copy = copies.find(({ why }) => why === 'escalation');
  return copy === undefined ? null : copy.name || copy.email;
}
