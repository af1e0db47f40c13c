import { sql } from 'kysely';
import { markComputed } from '../companies/plan-due.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { binaryArray, type Element, type ElementType } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { HoldReason } from './holds.ts';
import type { Position } from './position.ts';

/** A position as stored: its figures, without the invoices behind them, and without holds of the whole company. */
export type Figures = Omit<Position, 'lines' | 'credits'>;

interface Computed {
  readonly today: Day;
  readonly now: Date;
}

/**
 * Replaces the positions of these customers; a currency in which nothing is owed any more disappears. Whoever is pursued
 * is planned anew.
 */
export async function savePositions(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  positions: readonly Position[],
  computed: Computed,
): Promise<void> {
  await sql`delete from position where company_id = ${companyId}
    and customer_id = any(${binaryArray('text', customerIds)}::text[])`.execute(tx);
  await insertPositions(tx, companyId, positions, computed);
  const pastDue = new Set(positions.flatMap((each) => (each.pastDueMinor > 0 ? [each.customerId] : [])));
  const owing = positions.flatMap((each) => (pastDue.has(each.customerId) ? [] : [each.customerId]));
  const others = customerIds.filter((id) => !pastDue.has(id));
  // whatever changed of them, their decision may not stand any more
  await markComputed(tx, companyId, { pastDue: [...pastDue], owing, others });
}

async function insertPositions(
  tx: Tx,
  companyId: string,
  positions: readonly Position[],
  computed: Computed,
): Promise<void> {
  if (positions.length === 0) return;
  const names = sql.raw(columns.map(({ name }) => name).join(', '));
  const arrays = columns.map(
    ({ type, value }) => sql`${binaryArray(type, positions.map(value))}${sql.raw(`::${type}[]`)}`,
  );
  const values = sql.raw(columns.map(({ name }) => (name === 'holds' ? 'holds::jsonb' : name)).join(', '));
  await sql`insert into position (company_id, computed_on, computed_at, ${names})
    select ${companyId}::uuid, ${computed.today}::date, ${computed.now}::timestamptz, ${values}
    from unnest(${sql.join(arrays)}) as row (${names})`.execute(tx);
}

const columns: readonly {
  readonly name: string;
  readonly type: ElementType;
  readonly value: (of: Position) => Element;
}[] = [
  { name: 'customer_id', type: 'text', value: (of) => of.customerId },
  { name: 'currency', type: 'text', value: (of) => of.currency },
  { name: 'open_minor', type: 'bigint', value: (of) => of.openMinor },
  { name: 'not_due_minor', type: 'bigint', value: (of) => of.notDueMinor },
  { name: 'past_due_minor', type: 'bigint', value: (of) => of.pastDueMinor },
  { name: 'late_1_30_minor', type: 'bigint', value: (of) => of.ages.d1to30Minor },
  { name: 'late_31_60_minor', type: 'bigint', value: (of) => of.ages.d31to60Minor },
  { name: 'late_61_90_minor', type: 'bigint', value: (of) => of.ages.d61to90Minor },
  { name: 'late_over_90_minor', type: 'bigint', value: (of) => of.ages.over90Minor },
  { name: 'held_minor', type: 'bigint', value: (of) => of.heldMinor },
  { name: 'credits_minor', type: 'bigint', value: (of) => of.creditsMinor },
  { name: 'ask_minor', type: 'bigint', value: (of) => of.askMinor },
  { name: 'oldest_due_on', type: 'date', value: (of) => of.oldestDueOn },
  { name: 'holds', type: 'text', value: (of) => (of.holds.length === 0 ? '[]' : JSON.stringify(of.holds)) },
  { name: 'ledger_minor', type: 'bigint', value: (of) => of.ledgerMinor },
  { name: 'ties_out', type: 'boolean', value: (of) => of.tiesOut },
  { name: 'next_event_on', type: 'date', value: (of) => of.nextEventOn },
];

/** A company's figures as stored; `pastDue`: only those with something past due. */
export async function loadFigures(
  tx: Tx,
  companyId: string,
  { pastDue = false, customerIds = null }: { pastDue?: boolean; customerIds?: readonly string[] | null } = {},
): Promise<Figures[]> {
  let query = tx
    .selectFrom('position')
    .select([
      'customer_id',
      'currency',
      'open_minor',
      'not_due_minor',
      'past_due_minor',
      'late_1_30_minor',
      'late_31_60_minor',
      'late_61_90_minor',
      'late_over_90_minor',
      'held_minor',
      'credits_minor',
      'ask_minor',
      'oldest_due_on',
      'holds',
      'ledger_minor',
      'ties_out',
      'next_event_on',
    ])
    .where('company_id', '=', companyId)
    .orderBy('customer_id')
    .orderBy('currency');
  if (pastDue) query = query.where('past_due_minor', '>', 0);
  if (customerIds !== null)
    query = query.where(sql<boolean>`customer_id = any(${binaryArray('text', customerIds)}::text[])`);
  const rows = await query.execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    currency: row.currency as Currency,
    openMinor: row.open_minor,
    notDueMinor: row.not_due_minor,
    pastDueMinor: row.past_due_minor,
    ages: {
      d1to30Minor: row.late_1_30_minor,
      d31to60Minor: row.late_31_60_minor,
      d61to90Minor: row.late_61_90_minor,
      over90Minor: row.late_over_90_minor,
    },
    heldMinor: row.held_minor,
    creditsMinor: row.credits_minor,
    askMinor: row.ask_minor,
    oldestDueOn: row.oldest_due_on as Day | null,
    holds: row.holds as unknown as readonly HoldReason[],
    ledgerMinor: row.ledger_minor,
    tiesOut: row.ties_out,
    nextEventOn: row.next_event_on as Day | null,
  }));
}
