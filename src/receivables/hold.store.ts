import { record } from '../activity/activity.store.ts';
import { markAllStale, markStale } from '../books/mirror.store.ts';
import { addDays, type Day, dayAt, parseDay } from '../domain/day.ts';
import { categoriesOf, type HoldCategory, type HoldKind, type HoldScope } from '../domain/hold-kinds.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';

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
  readonly startsOn: Day;
  /** The last day, included, in the company's zone; null: until somebody lifts it. */
  readonly endsOn?: Day | null;
  /** Until that day nobody needs to look at the customer; on it, it is back in the lists (EXC-16). */
  readonly reviewOn?: Day | null;
}

/** A day beyond is a slip of the pen. */
const FARTHEST_DAYS = 3653;

/** States a reason not to chase. Throws UserError bad_input or not_found, in words; nothing is stored then. */
export async function setHold(tx: Tx, companyId: string, hold: NewHold, now: Date): Promise<string> {
  if (hold.reason.trim() === '')
    throw new UserError('bad_input', 'The hold has no reason.', 'Say why, in a few words.');
  if (isTooFar(hold.endsOn ?? hold.startsOn, now)) {
    throw new UserError(
      'bad_input',
      'That day is more than ten years away.',
      'Choose an earlier day, or a hold without an end.',
    );
  }
  if (hold.endsOn != null && hold.endsOn < hold.startsOn) {
    throw new UserError(
      'bad_input',
      'The hold would end before it starts.',
      'Choose an end on or after its start.',
    );
  }
  const category = categoryOf(hold);
  const customerId = await ownerOf(tx, companyId, hold);
  const holdId = newId(now);
  await tx
    .insertInto('hold')
    .values({
      company_id: companyId,
      hold_id: holdId,
      kind: hold.kind,
      category,
      agreement_id: hold.agreementId ?? null,
      scope: hold.scope,
      customer_id: customerId,
      invoice_id: hold.scope === 'invoice' ? (hold.invoiceId ?? null) : null,
      reason: hold.reason.trim().slice(0, 500),
      set_by: hold.setBy,
      set_by_person: hold.setByPersonId ?? null,
      amount_minor: hold.amountMinor ?? null,
      starts_on: hold.startsOn,
      ends_on: hold.endsOn ?? null,
      review_on: hold.reviewOn ?? null,
      created_at: now,
    })
    .execute();
  await record(tx, companyId, now, [
    {
      kind: 'hold_set',
      actor: hold.setBy,
      summary: `Hold (${hold.kind.replaceAll('_', ' ')}) ${hold.endsOn == null ? 'until lifted' : `until ${hold.endsOn}`}: ${hold.reason.trim()}`,
      customerId,
      invoiceId: hold.invoiceId ?? null,
    },
  ]);
  await follow(tx, companyId, customerId);
  return holdId;
}

function categoryOf(hold: NewHold): HoldCategory | null {
  const known = categoriesOf(hold.kind);
  if (known.length === 0 && hold.category == null) return null;
  if (hold.category == null && hold.kind === 'dispute') return 'other';
  if (hold.category != null && known.includes(hold.category)) return hold.category;
  throw new UserError(
    'bad_input',
    'The category does not fit this kind of hold.',
    known.length === 0 ? 'Leave it out.' : `Choose one of: ${known.join(', ').replaceAll('_', ' ')}.`,
  );
}

/** A year of five digits sorts before all others as text. */
function isTooFar(last: Day, now: Date): boolean {
  return parseDay(last) === null || last > addDays(dayAt(now, 'UTC'), FARTHEST_DAYS);
}

/** Ends a hold now. Throws UserError not_found when there is no such hold in force. */
export async function liftHold(
  tx: Tx,
  companyId: string,
  holdId: string,
  by: string,
  now: Date,
): Promise<void> {
  const lifted = await tx
    .updateTable('hold')
    .set({ lifted_at: now, lifted_by: by })
    .where('company_id', '=', companyId)
    .where('hold_id', '=', holdId)
    .where('lifted_at', 'is', null)
    .returning(['customer_id', 'invoice_id', 'kind', 'reason'])
    .executeTakeFirst();
  if (lifted === undefined) {
    throw new UserError(
      'not_found',
      'There is no such hold, or it was lifted already.',
      'Load the page again.',
    );
  }
  await record(tx, companyId, now, [
    {
      kind: 'hold_lifted',
      actor: by,
      summary: `Hold (${lifted.kind.replaceAll('_', ' ')}) lifted: ${lifted.reason}`,
      customerId: lifted.customer_id,
      invoiceId: lifted.invoice_id,
    },
  ]);
  await follow(tx, companyId, lifted.customer_id);
}

/**
 * Ends all holds of an agreement now; none of them: nothing happens. `by`: a person's name or `Duly`; `why`: a
 * sentence for the record.
 */
export async function liftHoldsOf(
  tx: Tx,
  companyId: string,
  agreementId: string,
  by: string,
  why: string,
  now: Date,
): Promise<void> {
  const lifted = await tx
    .updateTable('hold')
    .set({ lifted_at: now, lifted_by: by, lifted_why: why.slice(0, 500) })
    .where('company_id', '=', companyId)
    .where('agreement_id', '=', agreementId)
    .where('lifted_at', 'is', null)
    .returning(['customer_id', 'invoice_id', 'kind'])
    .execute();
  if (lifted.length === 0) return;
  await record(
    tx,
    companyId,
    now,
    lifted.map((row) => ({
      kind: 'hold_lifted',
      actor: by,
      summary: `Hold (${row.kind.replaceAll('_', ' ')}) lifted: ${why}`,
      customerId: row.customer_id,
      invoiceId: row.invoice_id,
    })),
  );
  for (const customerId of new Set(lifted.map((row) => row.customer_id)))
    await follow(tx, companyId, customerId);
}

/** The customer that a hold concerns, as the books know it; null for the whole company. */
async function ownerOf(tx: Tx, companyId: string, hold: NewHold): Promise<string | null> {
  if (hold.scope === 'company') return null;
  if (hold.scope === 'invoice') {
    const row = await tx
      .selectFrom('invoice')
      .select('customer_id')
      .where('company_id', '=', companyId)
      .where('invoice_id', '=', hold.invoiceId ?? '')
      .executeTakeFirst();
    if (row !== undefined) return row.customer_id;
    throw new UserError('not_found', 'There is no such invoice in the books.', 'Check the invoice id.');
  }
  const row = await tx
    .selectFrom('customer')
    .select('customer_id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', hold.customerId ?? '')
    .executeTakeFirst();
  if (row !== undefined) return row.customer_id;
  throw new UserError('not_found', 'There is no such customer in the books.', 'Check the customer id.');
}

async function follow(tx: Tx, companyId: string, customerId: string | null): Promise<void> {
  if (customerId === null) await markAllStale(tx, companyId);
  else await markStale(tx, companyId, [customerId]);
  await addJob(tx, 'reconcile', { companyId });
}
