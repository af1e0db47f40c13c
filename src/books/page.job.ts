import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import type { BooksPage, Known, Ledger } from '../ports/ledger.ts';
import { tellUnexplained } from './changed.store.ts';
import { nothingUnsettled, type Unsettled } from './changed.ts';
import { applyPage } from './mirror.store.ts';
import { keepNamed } from './named.store.ts';
import { keepSeenNotes } from './seen-note.store.ts';
import { type Doubtful, judgeWhole, nothingDoubtful, soundPage } from './unsound.store.ts';

/** One reading, from its first page to its last. */
export interface Reading {
  readonly companyId: string;
  readonly ledger: Ledger;
  readonly known: Known;
  readonly startedAt: Date;
  /** True in the first sync: payments seen then are history, not news (R5). */
  readonly first: boolean;
  /** True when the reading will tell which rows are gone: the rows that it names are noted. */
  readonly naming: boolean;
  /** Called while the database writes a page: the time to prepare the next one. */
  readonly meanwhile?: () => void;
  /** Customers that the mirror has, or that the ledger was asked for: they are not looked for again. */
  readonly met: Set<string>;
  /** Balances that moved in this reading and that none of its payments or credits explains yet. */
  readonly unsettled: Unsettled;
  /** What only the end of the reading can judge. */
  readonly doubtful: Doubtful;
}

/** A reading of changes or of open invoices: what it doesn't name says nothing, and what it brings is news. */
export function newsReading(of: Pick<Reading, 'companyId' | 'ledger' | 'known' | 'startedAt'>): Reading {
  return {
    ...of,
    first: false,
    naming: false,
    met: new Set(),
    unsettled: nothingUnsettled(),
    doubtful: nothingDoubtful(),
  };
}

/** So many are remembered at most. */
const MOST_MET = 20_000;

/**
 * Writes one page into the mirror, in one transaction with what `also` does (the cursor, above all). Customers that the
 * page's rows name and nobody knows are fetched before (SYN-16). Throws LedgerError; then nothing of it was written.
 */
export async function takePage(
  duly: Pick<Duly, 'db' | 'clock'>,
  reading: Reading,
  page: BooksPage,
  also: (tx: Tx, now: Date) => Promise<void>,
): Promise<void> {
  const { companyId, startedAt, first } = reading;
  const strangers = strangersIn(page, reading.met);
  const unknown =
    strangers.length === 0
      ? []
      : await inCompany(duly.db, companyId, (tx) => unknownCustomers(tx, companyId, strangers));
  const fetched = unknown.length === 0 ? [] : [await reading.ledger.readCustomers(unknown, reading.known)];
  // the page's own list as long as it can be: its rows are encoded already
  const customers =
    fetched.length === 0 ? page.customers : [...fetched.flatMap((each) => each.customers), ...page.customers];
  const rejected = [...fetched.flatMap((each) => each.rejected), ...page.rejected];
  const whole = { ...page, customers, rejected };
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    if (hasRows(whole)) {
      const sound = await soundPage(tx, companyId, whole, first ? null : reading.doubtful);
      await applyPage(tx, companyId, sound, {
        now,
        first,
        startedAt,
        unsettled: reading.unsettled,
        ...(reading.meanwhile && { meanwhile: reading.meanwhile }),
      });
      if (reading.naming) await keepNamed(tx, companyId, sound);
    }
    if (page.done) {
      await tellUnexplained(tx, companyId, reading.unsettled, now);
      await judgeWhole(tx, companyId, first || reading.naming ? null : reading.doubtful, now);
    }
    // a first sync says it once, with its last page
    if (first ? page.done : hasRows(whole)) await sayChanged(tx, companyId, now);
    await keepSeenNotes(tx, companyId, page.notes ?? [], now);
    await also(tx, now);
  });
  if (reading.met.size > MOST_MET) reading.met.clear();
  for (const { customerId } of customers) reading.met.add(customerId);
  // one that the ledger itself doesn't show, or not readably, is asked for once a reading
  for (const id of strangers) reading.met.add(id);
}

async function sayChanged(tx: Tx, companyId: string, now: Date): Promise<void> {
  await tx
    .updateTable('company')
    .set({ books_changed_at: now })
    .where('company_id', '=', companyId)
    .execute();
}

function hasRows(page: BooksPage): boolean {
  return [page.customers, page.invoices, page.payments, page.credits, page.removed, page.rejected].some(
    (rows) => rows.length > 0,
  );
}

/** Customers that the page's rows name and the page doesn't have, but for those that were met before. */
function strangersIn(page: BooksPage, met: ReadonlySet<string>): readonly string[] {
  const here = new Set([
    ...page.customers.map((row) => row.customerId),
    ...page.rejected.flatMap((row) => (row.kind === 'customer' && row.id !== null ? [row.id] : [])),
  ]);
  const named = [...page.invoices, ...page.credits, ...page.payments].map((row) => row.customerId);
  return [...new Set(named)].filter((id): id is string => id !== null && !here.has(id) && !met.has(id));
}

/** Those of them that the mirror doesn't have. */
async function unknownCustomers(
  tx: Tx,
  companyId: string,
  strangers: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id
    from unnest(${binaryArray('text', strangers)}::text[]) as asked (id)
    where not exists (select from customer where company_id = ${companyId} and customer_id = id)`.execute(tx);
  return rows.map((row) => row.id);
}
