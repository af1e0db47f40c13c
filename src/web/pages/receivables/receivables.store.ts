import { sql } from 'kysely';
import type { Currency } from '../../../domain/currency.ts';
import type { Day } from '../../../domain/day.ts';
import { stepNamesOf } from '../../../dunning/explain-names.store.ts';
import { stepOf } from '../../../dunning/touch-step.ts';
import type { Tx } from '../../../platform/db.ts';
import { loadCompanyHolds } from '../../../receivables/hold-facts.store.ts';
import { type HoldReason, isInForce } from '../../../receivables/holds.ts';
import { reviewsDue } from '../../attention.store.ts';
import { lastDecisionOf } from '../../parts/last-decision.ts';
import type { OpenTouch } from '../../parts/next-step.ts';
import { PAGE_SIZE, type ReceivableRow, type Receivables, type Wish } from './receivables.ts';
import { conditions, heldMinor, type Now, readTotals } from './totals.store.ts';

const orders = (now: Now) => ({
  past_due: sql`p.past_due_minor desc, p.open_minor desc`,
  customer: sql`lower(c.name)`,
  oldest: sql`p.oldest_due_on nulls last`,
  held: sql`${heldMinor(now)} desc`,
});

/** Who owes, what happens next and why: a handful of set-based statements, whatever the number of rows. */
export async function readReceivables(
  tx: Tx,
  companyId: string,
  wish: Wish,
  today: Day,
): Promise<Receivables> {
  const stated = await loadCompanyHolds(tx, companyId);
  const now = { today, companyHeld: stated.some((hold) => isInForce(hold, today)) };
  const found = await figuresWished(tx, companyId, wish, now);
  const ids = [...new Set(found.map((row) => row.customer_id))];
  const [decisions, touches, problems, sent] =
    ids.length === 0 ? [[], [], [], []] : await readNext(tx, companyId, ids);
  const reviews = await reviewsDue(tx, companyId, ids, today);
  const nameOf = await stepNamesOf(
    tx,
    companyId,
    decisions.map((row) => row.policy_version),
  );
  const keyOf = (row: { customer_id: string; currency: string }): string =>
    `${row.customer_id} ${row.currency}`;
  const decisionOf = new Map(decisions.map((row) => [keyOf(row), row]));
  const touchOf = new Map(touches.map((row) => [keyOf(row), row]));
  const sentOf = new Map(sent.map((row) => [keyOf(row), row]));
  const problemOf = new Map(problems.map((row) => [row.customer_id, row.what]));
  const rows = found.map((row): ReceivableRow => {
    const decision = decisionOf.get(keyOf(row));
    const touch = touchOf.get(keyOf(row));
    const last = sentOf.get(keyOf(row));
    return {
      customerId: row.customer_id,
      name: row.name,
      country: row.country,
      region: row.region,
      currency: row.currency as Currency,
      openMinor: row.open_minor,
      pastDueMinor: row.past_due_minor,
      heldMinor: row.held_of_past_due,
      creditsMinor: row.credits_minor,
      askMinor: row.ask_minor,
      daysLate: row.days_late,
      holds: row.holds as unknown as readonly HoldReason[],
      tiesOut: row.ties_out,
      touch: touch ? asOpenTouch(touch) : null,
      ...lastDecisionOf(decision, nameOf),
      sent: last?.sent_at
        ? { stepName: stepOf(last).name, channel: last.channel, sentAt: last.sent_at }
        : null,
      problem: problemOf.get(row.customer_id) ?? reviews.get(row.customer_id) ?? null,
    };
  });
  return { rows, ...(await readTotals(tx, companyId, now)) };
}

function asOpenTouch(row: {
  touch_id: string;
  state: string;
  step_key: string;
  step: unknown;
  channel: string;
  planned_for: Date;
}): OpenTouch {
  return {
    touchId: row.touch_id,
    state: row.state,
    stepKey: row.step_key,
    stepName: stepOf(row).name,
    channel: row.channel,
    plannedFor: row.planned_for,
  };
}

function figuresWished(tx: Tx, companyId: string, wish: Wish, now: Now) {
  return tx
    .selectFrom('position as p')
    .innerJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'p.company_id').onRef('c.customer_id', '=', 'p.customer_id'),
    )
    .selectAll('p')
    .select(['c.name', 'c.country', 'c.region'])
    .select(heldMinor(now).as('held_of_past_due'))
    .select(sql<number>`coalesce(${now.today}::date - p.oldest_due_on, 0)`.as('days_late'))
    .where('p.company_id', '=', companyId)
    .where(conditions(now)[wish.filter])
    .orderBy('p.currency')
    .orderBy(orders(now)[wish.sort])
    .orderBy('p.customer_id')
    .limit(PAGE_SIZE)
    .offset((wish.page - 1) * PAGE_SIZE)
    .execute();
}

async function readNext(tx: Tx, companyId: string, ids: readonly string[]) {
  const decisions = await tx
    .selectFrom('decision')
    .distinctOn(['customer_id', 'currency'])
    .select([
      'customer_id',
      'currency',
      'verdict',
      'step_key',
      'next_at',
      'decided_at',
      'reasons',
      'policy_version',
    ])
    .where('company_id', '=', companyId)
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .orderBy('currency')
    .orderBy('decided_on', 'desc')
    .execute();
  const touches = await tx
    .selectFrom('touch')
    .select(['touch_id', 'customer_id', 'currency', 'state', 'step_key', 'step', 'channel', 'planned_for'])
    .where('company_id', '=', companyId)
    .where('state', 'not in', ['sent', 'cancelled', 'failed'])
    .where('customer_id', 'in', ids)
    .orderBy('planned_for', 'desc')
    .execute();
  const problems = await tx
    .selectFrom('problem')
    .select(['customer_id', 'what'])
    .where('company_id', '=', companyId)
    .where('resolved_at', 'is', null)
    .where('customer_id', 'in', ids)
    .orderBy('first_seen_at')
    .execute();
  const sent = await tx
    .selectFrom('touch')
    .distinctOn(['customer_id', 'currency'])
    .select(['customer_id', 'currency', 'step_key', 'step', 'channel', 'sent_at'])
    .where('company_id', '=', companyId)
    .where('state', '=', 'sent')
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .orderBy('currency')
    .orderBy('sent_at', 'desc')
    .execute();
  return [decisions, touches, problems, sent] as const;
}
