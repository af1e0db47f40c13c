import { type RawBuilder, sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { tellAnew } from '../companies/notice.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { type Ahead, LEAD_MS, leavesAfter, stillTold, type Told, type ToldOf } from './heads-up.ts';
import type { TouchRow } from './touch.store.ts';
import { AUTOPILOT } from './touch-state.ts';
import { stepOf } from './touch-step.ts';

/** What a person released waits for a heads-up that has not left itself, which takes no longer than a tick. */
const AGAIN_MS = 60_000;

/** What was told last of each step of a case, by touches of it; what never left because the step was over counts as untold. */
const lastTold = (companyId: string, touches: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select distinct on (t.case_id, t.step_key) t.case_id, t.step_key, t.customer_id, t.currency, t.touch_id,
    n.created_at as told_at, n.facts, n.state = 'new' or exists (select from notice_mail m
      where m.company_id = n.company_id and m.kind = n.kind and m.subject = n.subject
        and m.state in ('waiting', 'reserved', 'uncertain')) as open
  from touch t join notice n on n.company_id = t.company_id and n.kind = 'step_ahead' and n.subject = t.touch_id::text
  where t.company_id = ${companyId} and ${touches}
    and (n.state = 'new' or exists (select from notice_mail m where m.company_id = n.company_id and m.kind = n.kind
      and m.subject = n.subject and m.state <> 'overtaken'))
  order by t.case_id, t.step_key, n.created_at desc, t.touch_id desc`;

interface ToldRow {
  readonly case_id: string;
  readonly step_key: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly touch_id: string;
  readonly told_at: Date;
  readonly facts: { readonly at: string; readonly step?: { readonly waits?: boolean } };
  /** It has not left yet. */
  readonly open: boolean;
}

function toldIn({ touch_id: touchId, told_at: toldAt, facts }: ToldRow): Told {
  return { touchId, toldAt, leavesAt: new Date(facts.at), waits: facts.step?.waits === true };
}

/** What whoever owns the relationship with these customers was told, of cases that are open. Asks nothing for nobody. */
export async function loadTold(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<ToldOf> {
  if (customerIds.length === 0) return () => null;
  const theirs = sql`t.customer_id = any(${binaryArray('text', customerIds)}::text[])
    and exists (select from dunning_case c where c.company_id = t.company_id and c.case_id = t.case_id
      and c.state = 'open')`;
  const { rows } = await sql<ToldRow>`${lastTold(companyId, theirs)}`.execute(tx);
  const told = new Map(
    rows.map((row) => [`${row.customer_id} ${row.currency} ${row.step_key}`, toldIn(row)]),
  );
  return (customerId, currency, stepKey) => told.get(`${customerId} ${currency} ${stepKey}`) ?? null;
}

/** What was told of the steps of these cases, by case and step. */
async function toldOfCases(
  tx: Tx,
  companyId: string,
  touches: readonly Pick<TouchRow, 'case_id' | 'customer_id'>[],
): Promise<(of: Pick<TouchRow, 'case_id' | 'step_key'>) => ToldRow | null> {
  const customerIds = [...new Set(touches.map((touch) => touch.customer_id))];
  const caseIds = [...new Set(touches.map((touch) => touch.case_id))];
  // by customer for the index's sake
  const theirs = sql`t.customer_id = any(${customerIds}::text[]) and t.case_id = any(${caseIds}::uuid[])`;
  const { rows } = await sql<ToldRow>`${lastTold(companyId, theirs)}`.execute(tx);
  const told = new Map(rows.map((row) => [`${row.case_id} ${row.step_key}`, row]));
  return (of) => told.get(`${of.case_id} ${of.step_key}`) ?? null;
}

interface TellRow {
  readonly touch_id: string;
  readonly customer_id: string;
  readonly case_id: string;
  readonly customer_name: string;
  readonly sales_name: string | null;
  readonly sales_email: string;
  readonly step: unknown;
  readonly step_key: string;
  readonly planned_for: Date;
  readonly state: string;
  readonly by_itself: boolean;
  readonly sent_now_by: string | null;
}

/**
 * P9: whoever owns the relationship with a customer hears of a step before it goes out, by a mail of their own; they are
 * told, never tasked. For the touches among these whose step asks for it, whose customer has somebody named, and which
 * are no mere preview: as soon as one is written down, also while it waits for a person, of which the words speak. Once
 * a step of a case, whatever its amounts become; anew only when what they were told does not hold any more (`stillTold`,
 * days in `zone`, the company's). `headsUpOf` keeps it from leaving at once.
 */
export async function tellSales(
  tx: Tx,
  company: { readonly company_id: string; readonly time_zone: string },
  touchIds: readonly string[],
  now: Date,
): Promise<void> {
  const companyId = company.company_id;
  if (touchIds.length === 0) return;
  const { rows } = await sql<TellRow>`
    select t.touch_id, t.customer_id, t.case_id, c.name as customer_name, c.sales_name, c.sales_email, t.step,
      t.step_key, t.planned_for, t.state,
      t.state = 'approved' and t.approved_by = ${AUTOPILOT} and t.channel in ('email', 'statement')
        and t.sent_now_by is null as by_itself, t.sent_now_by
    from touch t join customer c on c.company_id = t.company_id and c.customer_id = t.customer_id
    where t.company_id = ${companyId} and t.touch_id = any(${[...touchIds]}::uuid[])
      and t.step->'recipients'->>'informSales' = 'true' and t.state in ('awaiting_approval', 'approved')
      and c.sales_email is not null`.execute(tx);
  if (rows.length === 0) return;
  const toldOf = await toldOfCases(tx, companyId, rows);
  for (const row of rows) {
    const told = toldOf(row);
    const ahead: Ahead = { touchId: row.touch_id, leavesAt: row.planned_for, byPerson: !row.by_itself };
    // whoever lets it go at once waits for nobody, and a word after it is none before it
    if (told !== null && (row.sent_now_by !== null || stillTold(toldIn(told), ahead, company.time_zone)))
      continue;
    await tell(tx, companyId, row, told === null ? null : toldIn(told).leavesAt, now);
  }
}

async function tell(tx: Tx, companyId: string, row: TellRow, before: Date | null, now: Date): Promise<void> {
  const name = row.sales_name ?? '';
  const facts = {
    at: leavesAfter(now, { leavesAt: row.planned_for, byPerson: !row.by_itself }).toISOString(),
    step: {
      name: stepOf(row).name,
      customerId: row.customer_id,
      customerName: row.customer_name,
      waits: row.state === 'awaiting_approval',
      ...(before === null ? {} : { before: before.toISOString() }),
    },
  };
  const to = { name, email: row.sales_email };
  await tellAnew(tx, companyId, { kind: 'step_ahead', subject: row.touch_id, facts, to }, now);
  await record(tx, companyId, now, [
    {
      kind: 'sales_told',
      actor: 'Duly',
      summary:
        before === null
          ? `${name || row.sales_email} is told of the ${facts.step.name} before it goes out.`
          : `${name || row.sales_email} is told anew of the ${facts.step.name} before it goes out.`,
      customerId: row.customer_id,
      caseId: row.case_id,
      touchId: row.touch_id,
    },
  ]);
}

type Leaving = Pick<TouchRow, 'customer_id' | 'case_id' | 'step_key' | 'approved_by' | 'sent_now_by'>;

/**
 * P9: until when each of these waits because of its heads-up, null: for nothing. What leaves by itself, an hour from the
 * telling; what a person released, until the heads-up was sent, an hour at most; what a person lets go at once, never.
 */
export async function headsUpOf(
  tx: Tx,
  companyId: string,
  touches: readonly Leaving[],
  now: Date,
): Promise<(touch: Leaving) => Date | null> {
  if (touches.length === 0) return () => null;
  const toldOf = await toldOfCases(tx, companyId, touches);
  return (touch) => {
    const told = toldOf(touch);
    if (told === null || touch.sent_now_by !== null) return null;
    const until = new Date(told.told_at.getTime() + LEAD_MS);
    if (until <= now) return null;
    if (touch.approved_by === AUTOPILOT) return until;
    return told.open ? new Date(now.getTime() + AGAIN_MS) : null;
  };
}
