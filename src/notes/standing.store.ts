import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { Difference, Standing } from './compare.ts';

/** A note of ours with what is known of it in the ledger. */
export interface StandingRow extends Standing {
  readonly touchId: string;
  readonly customerId: string;
  /** The invoice's number for people; its id when it has none. */
  readonly invoiceNumber: string;
  readonly state: string;
  readonly writtenAt: Date | null;
  readonly differsSince: Date | null;
}

/** Notes that a condition over `n` (note) and `i` (invoice, or null) names, those first that were looked at longest ago. */
export async function loadStanding(
  tx: Tx,
  companyId: string,
  where: RawBuilder<unknown>,
  limit = 5_000,
): Promise<readonly StandingRow[]> {
  const { rows } = await sql<{
    touch_id: string;
    invoice_id: string;
    customer_id: string;
    invoice_number: string;
    state: string;
    marker: string;
    text: string;
    ledger_note_id: string | null;
    written_at: Date | null;
    seen_in_ledger_at: Date | null;
    differs: Difference | null;
    differs_since: Date | null;
    twins: string[];
  }>`select n.touch_id, n.invoice_id, t.customer_id, coalesce(i.number, n.invoice_id) as invoice_number, n.state, n.marker,
      n.text, n.ledger_note_id, n.written_at, n.seen_in_ledger_at, n.differs, n.differs_since, n.twins
    from note n
    join touch t on t.company_id = n.company_id and t.touch_id = n.touch_id
    left join invoice i on i.company_id = n.company_id and i.invoice_id = n.invoice_id
    where n.company_id = ${companyId} and n.marker <> '' and (${where})
    order by n.compared_at nulls first, n.written_at, n.touch_id, n.invoice_id
    limit ${limit}`.execute(tx);
  return rows.map((row) => ({
    touchId: row.touch_id,
    invoiceId: row.invoice_id,
    customerId: row.customer_id,
    invoiceNumber: row.invoice_number,
    state: row.state,
    marker: row.marker,
    text: row.text,
    ledgerNoteId: row.ledger_note_id,
    writtenAt: row.written_at,
    seenAt: row.seen_in_ledger_at,
    differs: row.differs,
    differsSince: row.differs_since,
    twins: row.twins,
  }));
}

/** Writes down what the ledger showed; `looked`: it was looked for, not shown by itself. */
export async function saveStanding(
  tx: Tx,
  companyId: string,
  notes: readonly StandingRow[],
  now: Date,
  looked = false,
): Promise<void> {
  if (notes.length === 0) return;
  const rows = JSON.stringify(
    notes.map(({ touchId, invoiceId, ledgerNoteId, seenAt, differs, twins }) => ({
      touchId,
      invoiceId,
      ledgerNoteId,
      seenAt,
      differs,
      twins,
    })),
  );
  await sql`update note set
      ledger_note_id = seen."ledgerNoteId",
      seen_in_ledger_at = seen."seenAt",
      compared_at = case when ${looked} then ${now} else compared_at end,
      twins = seen.twins,
      differs = seen.differs,
      differs_since = case when seen.differs is null then null
        when seen.differs = note.differs then differs_since else ${now} end
    from jsonb_to_recordset(${rows}::jsonb)
      as seen ("touchId" uuid, "invoiceId" text, "ledgerNoteId" text, "seenAt" timestamptz, differs text, twins text[])
    where company_id = ${companyId} and touch_id = seen."touchId" and invoice_id = seen."invoiceId"`.execute(
    tx,
  );
}
