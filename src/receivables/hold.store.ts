import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { markStale } from '../books/mirror.store.ts';
import { markEverybody } from '../companies/plan-due.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { HoldCategory, HoldKind, HoldScope } from '../domain/hold-kinds.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import { categoryOf, checkHold, customerOf } from './hold-check.store.ts';
import { heldWords } from './holds.ts';

export interface NewHold {
  readonly kind: HoldKind;
  /** What a dispute is about (`other` if not said), or which step of the law stands in the way. */
  readonly category?: HoldCategory | null;
  /** The promise, plan or offer that it belongs to; it ends with that (`liftHoldsOf`). */
  readonly agreementId?: string | null;
  readonly scope: HoldScope;
  readonly customerId?: string | null;
  readonly invoiceId?: string | null;
  readonly reason: string;
  /** A person's name. */
  readonly setBy: string;
  /** Who that is, where they signed in: they may lift their own. */
  readonly setByPersonId?: string | null;
  /** The amount in question (dispute) or promised; minor units of the invoice's or customer's currency. */
  readonly amountMinor?: number | null;
  /** The currency in which the amount is stated; it must be that of the invoice. Null: that of the invoice. */
  readonly currency?: Currency | null;
  readonly startsOn: Day;
  /** The last day, included, in the company's zone; null: until somebody lifts it. */
  readonly endsOn?: Day | null;
  /** Until that day nobody needs to look at the customer; on it, it is back in the lists (EXC-16). */
  readonly reviewOn?: Day | null;
}

/** States a reason not to chase. Throws UserError bad_input, not_found or conflict; nothing is stored then. */
export async function setHold(tx: Tx, companyId: string, hold: NewHold, now: Date): Promise<string> {
  checkHold(hold, now);
  const category = categoryOf(hold);
  const customerId = await customerOf(tx, companyId, hold);
  const holdId = newId(now);
  await insertHolds(tx, companyId, [{ ...hold, category, customerId, holdId }], now);
  return holdId;
}

/** The same reason for each of these invoices, in a few statements for all of them. Throws UserError as setHold. */
export async function holdInvoices(
  tx: Tx,
  companyId: string,
  hold: Omit<NewHold, 'scope' | 'invoiceId' | 'customerId'>,
  invoiceIds: readonly string[],
  now: Date,
): Promise<void> {
  if (invoiceIds.length === 0) return;
  const each: Omit<NewHold, 'invoiceId'> = { ...hold, scope: 'invoice' };
  checkHold(each, now);
  const category = categoryOf(each);
  const { rows } = await sql<{ invoice_id: string; customer_id: string }>`
    select invoice_id, customer_id from invoice
    where company_id = ${companyId} and invoice_id = any(${binaryArray('text', invoiceIds)}::text[])
    order by invoice_id`.execute(tx);
  const ready = rows.map((row) => ({
    ...each,
    category,
    invoiceId: row.invoice_id,
    customerId: row.customer_id,
    holdId: newId(now),
  }));
  await insertHolds(tx, companyId, ready, now);
}

/** A hold that was checked. */
interface ReadyHold extends NewHold {
  readonly holdId: string;
  readonly category: HoldCategory | null;
  /** Whom it concerns, as the books know it; null: the whole company. */
  readonly customerId: string | null;
}

async function insertHolds(tx: Tx, companyId: string, holds: readonly ReadyHold[], now: Date): Promise<void> {
  if (holds.length === 0) return;
  await tx
    .insertInto('hold')
    .values(
      holds.map((hold) => ({
        company_id: companyId,
        hold_id: hold.holdId,
        kind: hold.kind,
        category: hold.category,
        agreement_id: hold.agreementId ?? null,
        scope: hold.scope,
        customer_id: hold.customerId,
        invoice_id: hold.scope === 'invoice' ? (hold.invoiceId ?? null) : null,
        reason: hold.reason.trim().slice(0, 500),
        set_by: hold.setBy,
        set_by_person: hold.setByPersonId ?? null,
        amount_minor: hold.amountMinor ?? null,
        starts_on: hold.startsOn,
        ends_on: hold.endsOn ?? null,
        review_on: hold.reviewOn ?? null,
        created_at: now,
      })),
    )
    .execute();
  await record(
    tx,
    companyId,
    now,
    holds.map((hold) => ({
      kind: 'hold_set',
      actor: hold.setBy,
      summary: summaryOf(hold, hold.category),
      data: {
        holdId: hold.holdId,
        category: hold.category,
        amountMinor: hold.amountMinor ?? null,
        agreementId: hold.agreementId ?? null,
      },
      customerId: hold.customerId,
      invoiceId: hold.invoiceId ?? null,
    })),
  );
  await followHolds(
    tx,
    companyId,
    holds.map((hold) => hold.customerId),
  );
}

function summaryOf(hold: NewHold, category: HoldCategory | null): string {
  const until = hold.endsOn == null ? 'until lifted' : `until ${hold.endsOn}`;
  const review = hold.reviewOn == null ? '' : `, to be looked at again on ${hold.reviewOn}`;
  return `${heldWords(hold.kind, category)} ${until}${review}: ${hold.reason.trim()}`;
}

/** A hold of the whole company is no part of anybody's stored figures: it counts when they are read, and planned with. */
export async function followHolds(
  tx: Tx,
  companyId: string,
  customerIds: readonly (string | null)[],
): Promise<void> {
  const known = new Set(customerIds.flatMap((id) => (id === null ? [] : [id])));
  if (known.size > 0) await markStale(tx, companyId, [...known].sort());
  if (customerIds.includes(null)) await markEverybody(tx, companyId);
  await addJob(tx, 'reconcile', { companyId });
}
