import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { addDays, type Day, dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { type Gathered, gatherFacts } from '../receivables/compute.store.ts';
import { positionsAhead } from '../receivables/positions-ahead.ts';
import type { Known } from './decide.ts';
import { loadKnown } from './known.store.ts';
import { endsOn } from './payment-plan.ts';
import { thanksOfToday } from './preview-thanks.store.ts';
import { type BookAhead, type SimulatedTouch, simulate } from './simulate.ts';

export interface PreviewWish {
  /** How many days, today included. */
  readonly days: number;
  /** Whom; absent: everybody who owes anything. */
  readonly customerIds?: readonly string[];
  /** Another policy than the one in force: a draft before it is saved. */
  readonly instead?: PolicyDocument;
}

/** A touch of the coming days, with the name of whom it is for. */
export interface PreviewedTouch extends SimulatedTouch {
  readonly customerName: string;
  /** It is written down already: it waits for a person, or is released. */
  readonly stands: boolean;
}

/** Customers whose facts are in memory at a time. */
const CHUNK = 1_000;

/**
 * What would be said in the coming days if nobody paid, by the decision of the real run on the facts as they stand
 * (S7). Writes nothing. In the order of time.
 */
export async function previewAhead(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  wish: PreviewWish,
): Promise<readonly PreviewedTouch[]> {
  const customerIds = wish.customerIds ?? (await whoOwes(tx, company.company_id));
  const touches: PreviewedTouch[] = [];
  for (let from = 0; from < customerIds.length; from += CHUNK) {
    const { known, book } = await factsAhead(
      tx,
      company,
      customerIds.slice(from, from + CHUNK),
      now,
      wish.instead,
    );
    const begun = new Set<string>();
    for (const touch of simulate({ known, book, from: now, days: wish.days })) {
      const { customerId, currency } = touch.draft;
      const customerName = known.debtors.get(customerId)?.name ?? customerId;
      const key = `${customerId} ${currency}`;
      // what stands is the first that leaves
      const stands = !begun.has(key) && known.standingOf(customerId, currency) !== null;
      begun.add(key);
      touches.push({ ...touch, customerName, stands });
    }
  }
  touches.push(...(await thanksOfToday(tx, company, now, wish.customerIds ?? null)));
  return touches.sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** All that the coming days of these customers follow from, read once. */
export async function factsAhead(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
  instead?: PolicyDocument,
): Promise<{ readonly known: Known; readonly book: BookAhead }> {
  const today = dayAt(now, company.time_zone);
  const { input } = await gatherFacts(tx, company, today, { customerIds, purpose: 'read' });
  const known = await loadKnown(tx, company, input.debtors, now, instead === undefined ? {} : { instead });
  const ahead = positionsAhead({ ...input, facts: { ...input.facts, holds: holdsAhead(input, known) } });
  return {
    known,
    book: {
      customerIds: [...ahead.keys()],
      historyOn: () => known.historyOf,
      positionsOn: (customerId, day) => ahead.get(customerId)?.(day) ?? [],
      // nobody pays
      changesAfter: () => null,
    },
  };
}

/** The holds as they end if nobody pays: those of a payment plan with the plan, once an instalment is short (R11). */
function holdsAhead({ facts, debtors }: Gathered['input'], { plansOf, membersOf }: Known) {
  const currencies = [...new Set(facts.invoices.map((row) => row.currency))];
  const lastOf = new Map<string, Day>();
  for (const debtorId of debtors)
    for (const currency of currencies)
      for (const plan of plansOf(currency, membersOf.get(debtorId) ?? [debtorId]).live) {
        const over = endsOn(plan);
        if (over !== null) for (const id of plan.invoiceIds) lastOf.set(id, addDays(over, -1));
      }
  if (lastOf.size === 0) return facts.holds;
  return facts.holds.map((hold) => {
    const last = hold.kind === 'plan' ? lastOf.get(hold.invoiceId ?? '') : undefined;
    return last === undefined || last < hold.startsOn ? hold : { ...hold, endsOn: last };
  });
}

async function whoOwes(tx: Tx, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`select distinct customer_id from position
    where company_id = ${companyId} and open_minor > 0 order by customer_id`.execute(tx);
  return rows.map((row) => row.customer_id);
}
