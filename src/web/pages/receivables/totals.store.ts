import { type RawBuilder, sql } from 'kysely';
import type { Currency } from '../../../domain/currency.ts';
import type { Day } from '../../../domain/day.ts';
import type { Tx } from '../../../platform/db.ts';
import { needsAttention } from '../../attention.store.ts';
import type { Filter, Receivables } from './receivables.ts';

/** What the filters and sums rest on besides the stored figures. */
export interface Now {
  /** Today in the company's zone. */
  readonly today: Day;
  /** R10: somebody holds the whole company today; that is no part of what is stored. */
  readonly companyHeld: boolean;
}

/** What of the past due is not asked for: all of it under a hold of the whole customer or company (R10), else what its invoices say. */
export function heldMinor({ companyHeld }: Now): RawBuilder<number> {
  if (companyHeld) return sql<number>`p.past_due_minor`;
  return sql<number>`case when jsonb_array_length(p.holds) > 0 then p.past_due_minor else p.held_minor end`;
}

/** The filters as SQL over `position p`. */
export function conditions({ today, companyHeld }: Now): Readonly<Record<Filter, RawBuilder<boolean>>> {
  const held = companyHeld ? sql`true` : sql`(jsonb_array_length(p.holds) > 0 or p.held_minor > 0)`;
  return {
    all: sql<boolean>`p.open_minor > 0`,
    past_due: sql<boolean>`p.past_due_minor > 0`,
    held: sql<boolean>`(p.open_minor > 0 and ${held})`,
    attention: needsAttention(today),
  };
}

interface TotalsRow {
  currency: Currency;
  open_minor: number;
  past_due_minor: number;
  held_minor: number;
  credits_minor: number;
  ask_minor: number;
  not_due_minor: number;
  late_1_30_minor: number;
  late_31_60_minor: number;
  late_61_90_minor: number;
  late_over_90_minor: number;
  n_all: number;
  n_past_due: number;
  n_held: number;
  n_attention: number;
  next_event_on: string | null;
}

/** Sums, counts and ageing per currency: one statement. */
export async function readTotals(tx: Tx, companyId: string, now: Now): Promise<Omit<Receivables, 'rows'>> {
  const is = conditions(now);
  const sums = await sql<TotalsRow>`
    select currency, sum(open_minor)::bigint open_minor, sum(past_due_minor)::bigint past_due_minor,
      sum(${heldMinor(now)})::bigint held_minor, sum(credits_minor)::bigint credits_minor, sum(ask_minor)::bigint ask_minor,
      sum(not_due_minor)::bigint not_due_minor, sum(late_1_30_minor)::bigint late_1_30_minor,
      sum(late_31_60_minor)::bigint late_31_60_minor, sum(late_61_90_minor)::bigint late_61_90_minor,
      sum(late_over_90_minor)::bigint late_over_90_minor,
      count(*) filter (where ${is.all}) n_all, count(*) filter (where ${is.past_due}) n_past_due,
      count(*) filter (where ${is.held}) n_held, count(*) filter (where ${is.attention}) n_attention,
      min(next_event_on) next_event_on
    from position p where company_id = ${companyId} group by currency order by sum(past_due_minor) desc, currency`.execute(
    tx,
  );
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
        notDue: row.not_due_minor,
        upTo30: row.late_1_30_minor,
        upTo60: row.late_31_60_minor,
        upTo90: row.late_61_90_minor,
        over90: row.late_over_90_minor,
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
