import { sql } from 'kysely';
import type { Day } from '../domain/day.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { loadInstalments } from '../receivables/agreements/row.store.ts';
import { type EndedPlan, noPlans, type PaymentPlan, type Plans, readOccasion } from './payment-plan.ts';
import { contactStates } from './touch-state.ts';

/** So long a plan that has ended is spoken of. */
const ENDED_DAYS = 200;

/** The plans of a customer in a currency, `members` included whose bills go to it (R12). */
export type PlansOf = (currency: string, members: readonly string[]) => Plans;

interface Row {
  readonly agreement_id: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly debt_minor: number;
  readonly received_minor: number;
  /** Null: it lives. */
  readonly settled_on: Day | null;
  readonly invoice_ids: readonly string[];
}

/**
 * R11: the payment plans of these customers, live ones and those that were breached and of which nothing was said yet.
 * One query for customers that have none. `zone`: the company's.
 */
export async function loadPaymentPlans(
  tx: Tx,
  companyId: string,
  zone: string,
  now: Date,
  customerIds: readonly string[],
): Promise<PlansOf> {
  const rows = await plansOf(tx, companyId, zone, now, customerIds);
  const live = rows.filter((row) => row.settled_on === null);
  const ids = live.map((row) => row.agreement_id);
  const instalments = ids.length === 0 ? new Map() : await loadInstalments(tx, companyId, ids);
  const reminded = ids.length === 0 ? new Map() : await remindedOf(tx, companyId, live);
  const byKey = Map.groupBy(rows, (row) => `${row.customer_id} ${row.currency}`);
  return (currency, members) => {
    const own = members.flatMap((id) => byKey.get(`${id} ${currency}`) ?? []);
    if (own.length === 0) return noPlans;
    return {
      live: own.flatMap((row): PaymentPlan[] =>
        row.settled_on === null
          ? [
              {
                planId: row.agreement_id,
                instalments: instalments.get(row.agreement_id) ?? [],
                debtMinor: row.debt_minor,
                receivedMinor: row.received_minor,
                invoiceIds: new Set(row.invoice_ids),
                remindedThrough: reminded.get(row.agreement_id) ?? 0,
              },
            ]
          : [],
      ),
      ended: own.flatMap((row): EndedPlan[] =>
        row.settled_on === null ? [] : [{ endedOn: row.settled_on, invoiceIds: new Set(row.invoice_ids) }],
      ),
    };
  };
}

/** Of what has ended: breached as it is judged today, followed by no other agreement and no e-mail that asked for one of its invoices. */
async function plansOf(
  tx: Tx,
  companyId: string,
  zone: string,
  now: Date,
  customerIds: readonly string[],
): Promise<readonly Row[]> {
  const since = new Date(now.getTime() - ENDED_DAYS * 86_400_000).toISOString().slice(0, 10);
  const { rows } = await sql<Row>`
    select a.agreement_id, a.customer_id, a.currency, a.debt_minor, a.received_minor, a.settled_on,
      array(select ai.invoice_id from agreement_invoice ai
        where ai.company_id = a.company_id and ai.agreement_id = a.agreement_id order by 1) as invoice_ids
    from agreement a
    where a.company_id = ${companyId} and a.customer_id = any(${binaryArray('text', customerIds)}::text[])
      and a.kind = 'plan' and (a.settled_on is null or a.state = 'breached' and a.settled_on >= ${since}
        and not exists (select from agreement_invoice mine
          join agreement_invoice other on other.company_id = mine.company_id and other.invoice_id = mine.invoice_id
          join agreement later on later.company_id = other.company_id and later.agreement_id = other.agreement_id
          where mine.company_id = a.company_id and mine.agreement_id = a.agreement_id
            and later.created_at > a.created_at)
        and not exists (select from agreement_invoice mine
          join touch_invoice ti on ti.company_id = mine.company_id and ti.invoice_id = mine.invoice_id
          join touch t on t.company_id = ti.company_id and t.touch_id = ti.touch_id
          where mine.company_id = a.company_id and mine.agreement_id = a.agreement_id and t.channel = 'email'
            and ti.step_key <> 'listed'
            and t.state = any(${[...contactStates]}) and t.delivery is distinct from 'bounced'
            and coalesce(t.sent_at, t.reserved_at) >= a.settled_on::timestamp at time zone ${zone}))
    order by a.created_at, a.agreement_id`.execute(tx);
  return rows;
}

/** The highest instalment of each plan that a message asked for, or that a person passed over. What came back reached nobody (S9). */
async function remindedOf(
  tx: Tx,
  companyId: string,
  plans: readonly Row[],
): Promise<ReadonlyMap<string, number>> {
  const invoiceIds = binaryArray(
    'text',
    plans.flatMap((row) => row.invoice_ids),
  );
  const { rows } = await sql<{ invoice_set: string }>`
    select distinct t.invoice_set
    from touch_invoice ti join touch t on t.company_id = ti.company_id and t.touch_id = ti.touch_id
    where ti.company_id = ${companyId} and ti.invoice_id = any(${invoiceIds}::text[]) and t.step_key = 'instalment'
      and (t.state = any(${[...contactStates]}) and t.delivery is distinct from 'bounced'
        or exists (select from step_skip s where s.company_id = t.company_id and s.invoice_id = ti.invoice_id
          and s.step_key = t.step_key and s.touch_id = t.touch_id))`.execute(tx);
  const found = new Map<string, number>();
  for (const row of rows) {
    const told = readOccasion(row.invoice_set);
    if (told !== null) found.set(told.planId, Math.max(found.get(told.planId) ?? 0, told.number));
  }
  return found;
}
