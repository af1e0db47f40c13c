import { sql } from 'kysely';
import { record } from '../../activity/activity.store.ts';
import { markStale } from '../../books/mirror.store.ts';
import type { Day } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { holdInvoices, setHold } from '../hold.store.ts';
import { heldWords } from '../holds.ts';
import type { AgreementKind } from './agreement.ts';

/** What an agreement holds, and since when. */
interface Held {
  readonly agreementId: string;
  readonly kind: AgreementKind;
  /** This customer, in the currency of the agreement; null: these invoices. */
  readonly customerId: string | null;
  readonly invoiceIds: readonly string[];
  readonly amountMinor: number;
  readonly reason: string;
  readonly by: string;
  readonly from: Day;
  /** The last day, included; null: until it is lifted. */
  readonly until: Day | null;
}

/** Sets the holds of an agreement: one of the customer, or one of each invoice. Throws UserError as setHold. */
export async function holdFor(tx: Tx, companyId: string, held: Held, now: Date): Promise<void> {
  const { kind, agreementId, customerId, reason, by: setBy, from: startsOn, until: endsOn } = held;
  const common = { kind, agreementId, reason, setBy, startsOn, endsOn };
  if (customerId !== null) {
    const { amountMinor } = held;
    await setHold(tx, companyId, { ...common, scope: 'customer', customerId, amountMinor }, now);
    return;
  }
  await holdInvoices(tx, companyId, common, held.invoiceIds, now);
}

/** By agreement, the invoices that it holds now. */
export async function heldInvoices(
  tx: Tx,
  companyId: string,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ agreement_id: string; invoice_id: string }>`
    select agreement_id, invoice_id from hold
    where company_id = ${companyId} and agreement_id = any(${[...agreementIds]}::uuid[])
      and invoice_id is not null and lifted_at is null`.execute(tx);
  const lists = Map.groupBy(rows, (row) => row.agreement_id);
  return new Map([...lists].map(([id, list]) => [id, new Set(list.map((row) => row.invoice_id))]));
}

/** Somebody else owes these invoices now, who promised nothing: their holds of this agreement end. */
export async function releaseMoved(
  tx: Tx,
  companyId: string,
  agreementId: string,
  invoiceIds: readonly string[],
  now: Date,
): Promise<void> {
  if (invoiceIds.length === 0) return;
  const why = 'the invoice belongs to another customer now.';
  const { rows } = await sql<{ kind: string; invoice_id: string; owner: string }>`
    update hold set lifted_at = ${now}, lifted_by = 'Duly', lifted_why = ${why}
    from invoice i
    where hold.company_id = ${companyId} and hold.agreement_id = ${agreementId}::uuid
      and hold.invoice_id = any(${[...invoiceIds]}::text[]) and hold.lifted_at is null
      and i.company_id = ${companyId} and i.invoice_id = hold.invoice_id
    returning hold.kind, hold.invoice_id, i.customer_id as owner`.execute(tx);
  await record(
    tx,
    companyId,
    now,
    rows.map((row) => ({
      kind: 'hold_lifted',
      actor: 'Duly',
      summary: `Hold “${heldWords(row.kind, null)}” lifted: ${why}`,
      customerId: row.owner,
      invoiceId: row.invoice_id,
    })),
  );
  await markStale(tx, companyId, [...new Set(rows.map((row) => row.owner))].sort());
}

/** R16: the customer was merged into another; the agreement, its hold and its task follow. */
export async function followMerge(
  tx: Tx,
  companyId: string,
  agreementId: string,
  into: string,
): Promise<void> {
  await sql`update agreement set customer_id = ${into}
    where company_id = ${companyId} and agreement_id = ${agreementId}::uuid`.execute(tx);
  await sql`update hold set customer_id = ${into}
    where company_id = ${companyId} and agreement_id = ${agreementId}::uuid and scope = 'customer'
      and lifted_at is null`.execute(tx);
  await sql`update problem set customer_id = ${into}
    where company_id = ${companyId} and subject = ${agreementId} and resolved_at is null`.execute(tx);
  await markStale(tx, companyId, [into]);
}
