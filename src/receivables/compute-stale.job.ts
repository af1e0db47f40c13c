import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { judgeAgreements } from './agreements/judge.store.ts';
import { type Gathered, gatherFacts, positionsOf } from './compute.store.ts';
import { followStatements } from './customer-merge.store.ts';
import { followMerges } from './hold-merge.store.ts';
import { settleOwnFaults } from './own-faults.store.ts';
import { savePositions } from './position.store.ts';
import { markDue, staleAfter, takeStale, watchesAgreements } from './stale.store.ts';

/** Customers computed in one transaction, at first; and the open invoices that are aimed at afterwards. */
const CUSTOMERS = 1_000;
const INVOICES = 20_000;
const MOST_CUSTOMERS = 4_000;

type Counting = Pick<Duly, 'tally'>;

/**
 * Computes whatever is marked and what changes by itself by today, one transaction a chunk: a book of any size neither
 * fills the memory nor loses what was done when it breaks off. While one chunk is computed and written, the facts of
 * the next one are read already; they are written in turn. `most`: customers in a chunk.
 */
export async function computeInChunks(
  duly: Pick<Duly, 'db' | 'clock' | 'tally'>,
  companyId: string,
  most = MOST_CUSTOMERS,
): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    const company = await getCompany(tx, companyId);
    await markDue(tx, companyId, dayAt(now, company.time_zone));
  });
  await judgeInChunks(duly, companyId, now);
  let written: Promise<void> = Promise.resolve();
  let next: Next | null = { after: '', limit: Math.min(CUSTOMERS, most), most };
  try {
    while (next !== null) {
      const from: Next = next;
      const before = written;
      const gathered = Promise.withResolvers<Next | null>();
      written = inCompany(duly.db, companyId, async (tx) => {
        const chunk = await gather(tx, await getCompany(tx, companyId), now, from);
        gathered.resolve(chunk?.next ?? null);
        await before;
        if (chunk !== null) await write(tx, chunk, now, duly);
      });
      written.catch(gathered.reject);
      next = await gathered.promise;
      // two at a time, never more
      await before;
    }
  } finally {
    await written;
  }
}

/** The same inside one transaction, for a caller that must see today's figures before it acts. */
export async function computeStale(tx: Tx, company: CompanyRow, now: Date, duly: Counting): Promise<void> {
  const companyId = company.company_id;
  await markDue(tx, companyId, dayAt(now, company.time_zone));
  if (await watchesAgreements(tx, companyId)) {
    for (let after: string | null = ''; after !== null; ) after = await judgeChunk(tx, company, now, after);
  }
  for (let next: Next | null = { after: '', limit: CUSTOMERS, most: MOST_CUSTOMERS }; next !== null; ) {
    const chunk: Chunk | null = await gather(tx, company, now, next);
    if (chunk !== null) await write(tx, chunk, now, duly);
    next = chunk?.next ?? null;
  }
}

/** Agreements are settled by the books before anything is computed: what one settles lets go of others' invoices. */
async function judgeInChunks(duly: Pick<Duly, 'db'>, companyId: string, now: Date): Promise<void> {
  if (!(await inCompany(duly.db, companyId, (tx) => watchesAgreements(tx, companyId)))) return;
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    after = await inCompany(duly.db, companyId, async (tx) =>
      judgeChunk(tx, await getCompany(tx, companyId), now, from),
    );
  }
}

async function judgeChunk(tx: Tx, company: CompanyRow, now: Date, after: string): Promise<string | null> {
  const ids = await staleAfter(tx, company.company_id, after, CUSTOMERS);
  if (ids.length > 0) await judgeAgreements(tx, company, ids, now);
  return ids.at(-1) ?? null;
}

/** Where the next chunk begins, and how many customers it takes. */
interface Next {
  readonly after: string;
  readonly limit: number;
  /** Never more, however few invoices they have. */
  readonly most: number;
}

interface Chunk {
  readonly company: CompanyRow;
  readonly facts: Gathered;
  readonly next: Next;
}

/** Takes the next marked customers and reads what their positions are made of; null: there are none. */
async function gather(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  { after, limit, most }: Next,
): Promise<Chunk | null> {
  const stale = await takeStale(tx, company.company_id, after, limit);
  const last = stale.at(-1);
  if (last === undefined) return null;
  await followMerges(tx, company.company_id, stale);
  await followStatements(tx, company.company_id, stale, now);
  const facts = await gatherFacts(tx, company, dayAt(now, company.time_zone), {
    customerIds: stale,
    purpose: 'store',
  });
  const perCustomer = Math.max(1, facts.input.facts.invoices.length) / stale.length;
  const aimed = Math.floor(INVOICES / perCustomer);
  return { company, facts, next: { after: last, limit: Math.min(most, Math.max(1, aimed)), most } };
}

async function write(tx: Tx, { company, facts }: Chunk, now: Date, duly: Counting): Promise<void> {
  const positions = positionsOf(facts);
  await savePositions(tx, company.company_id, facts.members, positions, { today: facts.input.today, now });
  await settleOwnFaults(tx, company, now, facts.members, positions);
  duly.tally.positions += positions.length;
}
