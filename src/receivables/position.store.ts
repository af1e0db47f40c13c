import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { HoldReason } from './holds.ts';
import type { Position, PositionLine } from './position.ts';

interface Computed {
  readonly today: Day;
  readonly now: Date;
}

/** Replaces the positions of these customers; a currency in which nothing is owed any more disappears. */
export async function savePositions(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  positions: readonly Position[],
  computed: Computed,
): Promise<void> {
  await tx
    .deleteFrom('position')
    .where('company_id', '=', companyId)
    .where(sql<boolean>`customer_id = any(${[...customerIds]})`)
    .execute();
  for (let from = 0; from < positions.length; from += 1_000) {
    const part = positions.slice(from, from + 1_000);
    await tx
      .insertInto('position')
      .values(part.map((position) => rowOf(companyId, position, computed)))
      .execute();
  }
}

function rowOf(companyId: string, position: Position, { today, now }: Computed) {
  return {
    company_id: companyId,
    customer_id: position.customerId,
    currency: position.currency,
    open_minor: position.openMinor,
    not_due_minor: position.notDueMinor,
    past_due_minor: position.pastDueMinor,
    held_minor: position.heldMinor,
    credits_minor: position.creditsMinor,
    ask_minor: position.askMinor,
    oldest_due_on: position.oldestDueOn,
    lines: JSON.stringify(position.lines),
    holds: JSON.stringify(position.holds),
    ledger_minor: position.ledgerMinor,
    ties_out: position.tiesOut,
    // late days grow every day, but they are derived when read: only a change of state needs a new position
    next_event_on: position.nextEventOn,
    computed_on: today,
    computed_at: now,
  };
}

/** A company's positions as stored; `pastDue`: only those with something past due. */
export async function loadPositions(
  tx: Tx,
  companyId: string,
  { pastDue = false }: { pastDue?: boolean } = {},
): Promise<Position[]> {
  let query = tx
    .selectFrom('position')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('customer_id');
  if (pastDue) query = query.where('past_due_minor', '>', 0);
  const rows = await query.execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    currency: row.currency as Currency,
    openMinor: row.open_minor,
    notDueMinor: row.not_due_minor,
    pastDueMinor: row.past_due_minor,
    heldMinor: row.held_minor,
    creditsMinor: row.credits_minor,
    askMinor: row.ask_minor,
    oldestDueOn: row.oldest_due_on as Day | null,
    lines: row.lines as unknown as readonly PositionLine[],
    holds: row.holds as unknown as readonly HoldReason[],
    ledgerMinor: row.ledger_minor,
    tiesOut: row.ties_out,
    nextEventOn: row.next_event_on as Day | null,
  }));
}
