import { record } from '../activity/activity.store.ts';
import { type HoldKind, type HoldScope, isOfAgreement } from '../domain/hold-kinds.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { followHolds } from './hold.store.ts';
import { heldWords } from './holds.ts';

/** A hold that nobody lifted, as far as it matters for who may lift it. */
export interface StandingHold {
  readonly kind: HoldKind;
  readonly scope: HoldScope;
  readonly customerId: string | null;
  readonly agreementId: string | null;
  readonly setByPersonId: string | null;
}

/** Locks the hold, so that it is lifted once. Throws UserError not_found when there is none, or it was lifted. */
export async function standingHold(tx: Tx, companyId: string, holdId: string): Promise<StandingHold> {
  const row = await tx
    .selectFrom('hold')
    .select(['kind', 'scope', 'customer_id', 'agreement_id', 'set_by_person'])
    .where('company_id', '=', companyId)
    .where('hold_id', '=', holdId)
    .where('lifted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new UserError(
      'not_found',
      'There is no such hold, or it was lifted already.',
      'Load the page again.',
    );
  return {
    kind: row.kind as HoldKind,
    scope: row.scope as HoldScope,
    customerId: row.customer_id,
    agreementId: row.agreement_id,
    setByPersonId: row.set_by_person,
  };
}

/**
 * Ends a hold now. Throws UserError not_found when there is no such hold in force, conflict when it is part of an
 * agreement.
 */
export async function liftHold(
  tx: Tx,
  companyId: string,
  holdId: string,
  by: string,
  now: Date,
): Promise<void> {
  const hold = await standingHold(tx, companyId, holdId);
  if (hold.agreementId !== null) {
    const what = isOfAgreement(hold.kind) ? hold.kind : 'agreement';
    throw new UserError(
      'conflict',
      `This hold belongs to ${what === 'promise' || what === 'plan' ? 'a' : 'an'} ${what}.`,
      `Withdraw the ${what}; its holds end with it.`,
    );
  }
  await endHolds(tx, companyId, { holdId }, by, null, now);
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
  await endHolds(tx, companyId, { agreementId }, by, why, now);
}

async function endHolds(
  tx: Tx,
  companyId: string,
  which: { readonly holdId: string } | { readonly agreementId: string },
  by: string,
  why: string | null,
  now: Date,
): Promise<void> {
  const lifted = await tx
    .updateTable('hold')
    .set({ lifted_at: now, lifted_by: by, lifted_why: why?.slice(0, 500) ?? null })
    .where('company_id', '=', companyId)
    .where((eb) =>
      'holdId' in which ? eb('hold_id', '=', which.holdId) : eb('agreement_id', '=', which.agreementId),
    )
    .where('lifted_at', 'is', null)
    .returning(['customer_id', 'invoice_id', 'kind', 'category', 'reason', 'agreement_id'])
    .execute();
  await record(
    tx,
    companyId,
    now,
    lifted.map((row) => ({
      kind: 'hold_lifted',
      actor: by,
      summary: `Hold “${heldWords(row.kind, row.category)}” lifted: ${why ?? row.reason}`,
      data: { agreementId: row.agreement_id },
      customerId: row.customer_id,
      invoiceId: row.invoice_id,
    })),
  );
  if (lifted.length > 0)
    await followHolds(
      tx,
      companyId,
      lifted.map((row) => row.customer_id),
    );
}
