import { sql } from 'kysely';
import type { Currency } from '../../../domain/currency.ts';
import type { Reason } from '../../../domain/reason.ts';
import type { Tx } from '../../../platform/db.ts';
import type { HoldReason } from '../../../receivables/holds.ts';
import type { Ageing } from '../../ageing.ts';
import type { LastDecision, LastSent, OpenTouch } from '../../parts/next-step.ts';

export const filters = ['past_due', 'all', 'held', 'attention'] as const;
export type Filter = (typeof filters)[number];
export const sorts = ['past_due', 'customer', 'oldest', 'held'] as const;
export type Sort = (typeof sorts)[number];
export const PAGE_SIZE = 200;

/** One customer in one currency. Amounts in minor units. */
export interface ReceivableRow {
  readonly customerId: string;
  readonly name: string;
  readonly country: string | null;
  readonly region: string | null;
  readonly currency: Currency;
  readonly openMinor: number;
  readonly pastDueMinor: number;
  readonly heldMinor: number;
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly daysLate: number;
  readonly holds: readonly HoldReason[];
  readonly tiesOut: boolean;
  readonly touch: OpenTouch | null;
  readonly decision: LastDecision | null;
  readonly sent: LastSent | null;
  readonly reasons: readonly Reason[];
  readonly problem: string | null;
}

export interface CurrencyTotals {
  readonly currency: Currency;
  readonly openMinor: number;
  readonly pastDueMinor: number;
  readonly heldMinor: number;
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly customersPastDue: number;
  readonly ageing: Ageing;
}

export interface Receivables {
  readonly rows: readonly ReceivableRow[];
  readonly totals: readonly CurrencyTotals[];
  readonly counts: Readonly<Record<Filter, number>>;
  /** The next day on which something changes by itself; null: nothing is open. */
  readonly nextEventOn: string | null;
}

export interface Wish {
  readonly filter: Filter;
  readonly sort: Sort;
  /** From 1. */
  readonly page: number;
}

const held = sql<boolean>`(jsonb_array_length(p.holds) > 0 or p.held_minor > 0)`;
const attention = sql<boolean>`(not p.ties_out or exists (select from problem x where x.company_id = p.company_id
  and x.customer_id = p.customer_id and x.resolved_at is null))`;
const conditions = {
  all: sql<boolean>`p.open_minor > 0`,
  past_due: sql<boolean>`p.past_due_minor > 0`,
  held: sql<boolean>`(p.open_minor > 0 and ${held})`,
  attention,
} as const;
const orders = {
  past_due: sql`p.past_due_minor desc, p.open_minor desc`,
  customer: sql`lower(c.name)`,
  oldest: sql`p.oldest_due_on nulls last`,
  held: sql`p.held_minor desc`,
} as const;

/** Who owes, what happens next and why: a handful of set-based statements, whatever the number of rows. */
export async function readReceivables(tx: Tx, companyId: string, wish: Wish): Promise<Receivables> {
  const found = await readPositions(tx, companyId, wish);
  const ids = [...new Set(found.map((row) => row.customer_id))];
  const [decisions, touches, problems, sent] =
    ids.length === 0 ? [[], [], [], []] : await readNext(tx, companyId, ids);
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
      heldMinor: row.held_minor,
      creditsMinor: row.credits_minor,
      askMinor: row.ask_minor,
      daysLate: row.days_late,
      holds: row.holds as unknown as readonly HoldReason[],
      tiesOut: row.ties_out,
      touch: touch ? asOpenTouch(touch) : null,
      decision: decision
        ? {
            verdict: decision.verdict,
            stepKey: decision.step_key,
            nextAt: decision.next_at,
            decidedAt: decision.decided_at,
          }
        : null,
      sent: last?.sent_at ? { stepKey: last.step_key, sentAt: last.sent_at } : null,
      reasons: (decision?.reasons ?? []) as unknown as readonly Reason[],
      problem: problemOf.get(row.customer_id) ?? null,
    };
  });
  return { rows, ...(await readTotals(tx, companyId)) };
}

function asOpenTouch(row: {
  touch_id: string;
  state: string;
  step_key: string;
  planned_for: Date;
}): OpenTouch {
  return {
    touchId: row.touch_id,
    state: row.state,
    stepKey: row.step_key,
    plannedFor: row.planned_for,
  };
}

function readPositions(tx: Tx, companyId: string, wish: Wish) {
  return tx
    .selectFrom('position as p')
    .innerJoin('customer as c', (join) =>
      join.onRef('c.company_id', '=', 'p.company_id').onRef('c.customer_id', '=', 'p.customer_id'),
    )
    .selectAll('p')
    .select(['c.name', 'c.country', 'c.region'])
    .select(sql<number>`coalesce(p.computed_on - p.oldest_due_on, 0)`.as('days_late'))
    .where('p.company_id', '=', companyId)
    .where(conditions[wish.filter])
    .orderBy('p.currency')
    .orderBy(orders[wish.sort])
    .orderBy('p.customer_id')
    .limit(PAGE_SIZE)
    .offset((wish.page - 1) * PAGE_SIZE)
    .execute();
}

async function readNext(tx: Tx, companyId: string, ids: readonly string[]) {
  const decisions = await tx
    .selectFrom('decision')
    .distinctOn(['customer_id', 'currency'])
    .select(['customer_id', 'currency', 'verdict', 'step_key', 'next_at', 'decided_at', 'reasons'])
    .where('company_id', '=', companyId)
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .orderBy('currency')
    .orderBy('decided_on', 'desc')
    .execute();
  const touches = await tx
    .selectFrom('touch')
    .select(['touch_id', 'customer_id', 'currency', 'state', 'step_key', 'planned_for'])
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
    .select(['customer_id', 'currency', 'step_key', 'sent_at'])
    .where('company_id', '=', companyId)
    .where('state', '=', 'sent')
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .orderBy('currency')
    .orderBy('sent_at', 'desc')
    .execute();
  return [decisions, touches, problems, sent] as const;
}

interface TotalsRow {
  currency: Currency;
  open_minor: number;
  past_due_minor: number;
  held_minor: number;
  credits_minor: number;
  ask_minor: number;
  n_all: number;
  n_past_due: number;
  n_held: number;
  n_attention: number;
  next_event_on: string | null;
}

async function readTotals(tx: Tx, companyId: string): Promise<Omit<Receivables, 'rows'>> {
  const sums = await sql<TotalsRow>`
    select currency, sum(open_minor)::bigint open_minor, sum(past_due_minor)::bigint past_due_minor,
      sum(held_minor)::bigint held_minor, sum(credits_minor)::bigint credits_minor, sum(ask_minor)::bigint ask_minor,
      count(*) filter (where ${conditions.all}) n_all, count(*) filter (where ${conditions.past_due}) n_past_due,
      count(*) filter (where ${conditions.held}) n_held, count(*) filter (where ${attention}) n_attention,
      min(next_event_on) next_event_on
    from position p where company_id = ${companyId} group by currency order by sum(past_due_minor) desc, currency`.execute(
    tx,
  );
  const ages = await sql<{ currency: string; age: number; minor: number }>`
    select p.currency, case when d <= 0 then 0 when d <= 30 then 1 when d <= 60 then 2 when d <= 90 then 3 else 4 end age,
      sum((line->>'openMinor')::bigint)::bigint minor
    from position p, jsonb_array_elements(p.lines) line, lateral (select (line->>'daysLate')::integer d) late
    where p.company_id = ${companyId} group by 1, 2`.execute(tx);
  const ageOf = (currency: string, age: number): number =>
    ages.rows.find((row) => row.currency === currency && row.age === age)?.minor ?? 0;
  const count = (key: 'n_all' | 'n_past_due' | 'n_held' | 'n_attention'): number =>
    sums.rows.reduce((sum, row) => sum + row[key], 0);
  return {
    totals: sums.rows.map((row) => ({
      currency: row.currency,
      openMinor: row.open_minor,
      pastDueMinor: row.past_due_minor,
      heldMinor: row.held_minor,
      creditsMinor: row.credits_minor,
      askMinor: row.ask_minor,
      customersPastDue: row.n_past_due,
      ageing: {
        notDue: ageOf(row.currency, 0),
        upTo30: ageOf(row.currency, 1),
        upTo60: ageOf(row.currency, 2),
        upTo90: ageOf(row.currency, 3),
        over90: ageOf(row.currency, 4),
      },
    })),
    counts: {
      all: count('n_all'),
      past_due: count('n_past_due'),
      held: count('n_held'),
      attention: count('n_attention'),
    },
    nextEventOn: sums.rows.map((row) => row.next_event_on).reduce(earlier, null),
  };
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
