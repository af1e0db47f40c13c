import { type SqlBool, sql } from 'kysely';
import type { Currency } from '../../domain/currency.ts';
import type { Day } from '../../domain/day.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import { closure } from '../families.store.ts';
import type { AgreementKind, AgreementState, AgreementTerms, Instalment } from './agreement.ts';

/** An agreement as it is stored. Days in the company's zone, amounts in minor units of its currency. */
export interface AgreementRow extends AgreementTerms {
  readonly agreementId: string;
  readonly customerId: string;
  readonly state: AgreementState;
  readonly wholeCustomer: boolean;
  readonly saidBy: string;
  readonly settledOn: Day | null;
  readonly creditsAtStart: Readonly<Record<string, number>>;
  readonly receivedMinor: number;
  readonly nextEventOn: Day | null;
  readonly watchedUntil: Day | null;
}

/**
 * The agreements of these customers, and of those whom their bills go to, that the books may still change: the oldest
 * first, and locked, so that two who judge at once settle once. A company without any costs one probe of an index.
 */
export async function watchedAgreements(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  today: Day,
): Promise<readonly AgreementRow[]> {
  const watched = sql<SqlBool>`state <> 'withdrawn' and (watched_until is null or watched_until >= ${today})`;
  const any = await tx
    .selectFrom('agreement')
    .select('agreement_id')
    .where('company_id', '=', companyId)
    .where(watched)
    .limit(1)
    .executeTakeFirst();
  if (any === undefined) return [];
  // a customer that was merged away is followed when either of the two is computed (R16)
  const theirs = sql<SqlBool>`(customer_id in (with recursive ${closure(companyId, customerIds)}
      select customer_id from down)
    or exists (select from customer c where c.company_id = ${companyId} and c.customer_id = agreement.customer_id
      and c.merged_into_id = any(${binaryArray('text', customerIds)}::text[])))`;
  return await load(tx, companyId, sql<SqlBool>`${watched} and ${theirs}`);
}

/** One agreement, locked; null: there is none. */
export async function lockAgreement(
  tx: Tx,
  companyId: string,
  agreementId: string,
): Promise<AgreementRow | null> {
  const [found] = await load(tx, companyId, sql<SqlBool>`agreement_id = ${agreementId}::uuid`);
  return found ?? null;
}

async function load(
  tx: Tx,
  companyId: string,
  which: ReturnType<typeof sql<SqlBool>>,
): Promise<readonly AgreementRow[]> {
  const rows = await tx
    .selectFrom('agreement')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(which)
    .orderBy('created_at')
    .orderBy('agreement_id')
    .forUpdate()
    .execute();
  const ids = rows.filter((row) => row.kind === 'plan').map((row) => row.agreement_id);
  const instalmentsOf = ids.length === 0 ? new Map() : await loadInstalments(tx, companyId, ids);
  return rows.map((row) => ({
    agreementId: row.agreement_id,
    kind: row.kind as AgreementKind,
    customerId: row.customer_id,
    currency: row.currency as Currency,
    state: row.state as AgreementState,
    amountMinor: row.amount_minor,
    debtMinor: row.debt_minor,
    creditsAtStart: row.credits_at_start as unknown as Readonly<Record<string, number>>,
    dueOn: row.due_on as Day,
    graceUntil: row.grace_until as Day,
    instalments: instalmentsOf.get(row.agreement_id) ?? [],
    wholeCustomer: row.whole_customer,
    saidBy: row.said_by,
    settledOn: row.settled_on as Day | null,
    receivedMinor: row.received_minor,
    nextEventOn: row.next_event_on as Day | null,
    watchedUntil: row.watched_until as Day | null,
  }));
}

/** The instalments of these plans, in their order, by plan. */
export async function loadInstalments(
  tx: Tx,
  companyId: string,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Instalment[]>> {
  const rows = await tx
    .selectFrom('instalment')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(sql<SqlBool>`agreement_id = any(${[...agreementIds]}::uuid[])`)
    .orderBy('number')
    .execute();
  const lists = Map.groupBy(rows, (row) => row.agreement_id);
  return new Map(
    [...lists].map(([id, list]) => [
      id,
      list.map((row) => ({
        number: row.number,
        dueOn: row.due_on as Day,
        graceUntil: row.grace_until as Day,
        amountMinor: row.amount_minor,
      })),
    ]),
  );
}
