import { sql } from 'kysely';
import { getConnection } from '../companies/connection.store.ts';
import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, inSystem, type Tx } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { afterLook } from './compare.ts';
import { showDifferences } from './note-check.store.ts';
import { takesNothing } from './note-retry.ts';
import { loadStanding, type StandingRow, saveStanding } from './standing.store.ts';

/** Once a day, with some slack, so that a daily job never misses its turn by a minute. */
const BETWEEN_MS = 20 * 3_600_000;
/** Invoices looked at in a day: the rest waits for tomorrow. */
const LOOKS_A_DAY = 20;
const MOST_LOOKS_A_DAY = 100;
/** Where reads are counted by the month the change feed does this work; a look is for what it left out. */
const DEAR_LOOKS_A_DAY = 2;
/** A note that stays away is looked for so long. */
const SEARCH_MS = 7 * 24 * 3_600_000;

/**
 * Promise 3: what was written is compared with what stands in the ledger. A ledger whose changes show notes costs
 * nothing; what they left out for a day, and everything in a ledger that doesn't show them, is looked for once a day, at
 * background purpose, until it was seen. A refusal leaves it for tomorrow.
 */
export async function compareNotes(duly: Duly, companyId: string): Promise<void> {
  await lookForUnseen(duly, companyId);
  const now = duly.clock.now();
  const differing = await inCompany(duly.db, companyId, (tx) =>
    loadStanding(tx, companyId, sql`n.differs is not null`),
  );
  const label = differing.length === 0 ? '' : await labelOf(duly, companyId);
  await inCompany(duly.db, companyId, (tx) => showDifferences(tx, companyId, now, differing, label));
}

async function lookForUnseen(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  const unseen = await inCompany(duly.db, companyId, (tx) => takeUnseen(tx, companyId, now));
  if (unseen.length === 0) return;
  try {
    const { ledger, provider } = await openLedger(duly, companyId, 'background');
    const dear = provider.limits.readsPerMonth !== null;
    const byInvoice = Map.groupBy(unseen, (note) => note.invoiceId);
    for (const [invoiceId, notes] of [...byInvoice].slice(0, dear ? DEAR_LOOKS_A_DAY : undefined)) {
      const there = await notesThere(() => ledger.notesOn(invoiceId));
      const after = notes.map((note) =>
        there === null ? note : { ...note, ...afterLook(note, there, now) },
      );
      await inCompany(duly.db, companyId, (tx) => saveStanding(tx, companyId, after, now, true));
    }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId }, 'the notes in the ledger could not be compared');
    await noteLedgerError(duly, companyId, error);
  }
}

/** Null: there is nothing to look at any more. Throws LedgerError when the ledger takes no question at all. */
async function notesThere<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LedgerError && !takesNothing(error)) return null;
    throw error;
  }
}

/** Written yesterday or before, the books were read since, and not seen: once a day. */
async function takeUnseen(tx: Tx, companyId: string, now: Date): Promise<readonly StandingRow[]> {
  const before = new Date(now.getTime() - BETWEEN_MS);
  const turn = await tx
    .updateTable('company')
    .set({ notes_compared_at: now })
    .where('company_id', '=', companyId)
    .where((eb) => eb.or([eb('notes_compared_at', 'is', null), eb('notes_compared_at', '<=', before)]))
    .where(
      sql<boolean>`exists (select 1 from note n where n.company_id = ${companyId} and n.state = 'written'
        and n.seen_in_ledger_at is null and n.written_at <= ${before})`,
    )
    .executeTakeFirst();
  if (turn.numUpdatedRows === 0n) return [];
  const notes = await loadStanding(
    tx,
    companyId,
    sql`n.state = 'written' and n.seen_in_ledger_at is null and n.written_at <= ${before}
      and (n.differs_since is null or n.differs_since > ${new Date(now.getTime() - SEARCH_MS)})
      and i.status is distinct from 'deleted'
      and exists (select 1 from company c where c.company_id = n.company_id and c.books_read_at > n.written_at)`,
  );
  const invoices = new Set(notes.map((note) => note.invoiceId));
  const most = Math.min(MOST_LOOKS_A_DAY, Math.max(LOOKS_A_DAY, Math.ceil(invoices.size / 2)));
  const chosen = new Set([...invoices].slice(0, most));
  return notes.filter((note) => chosen.has(note.invoiceId));
}

/** What people call the ledger. */
async function labelOf(duly: Duly, companyId: string): Promise<string> {
  const connection = await inSystem(duly.db, (tx) => getConnection(tx, companyId));
  return duly.ledgers.get(connection?.provider ?? '')?.label ?? 'the ledger';
}
