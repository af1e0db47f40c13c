import { sql } from 'kysely';
import type { Day } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Instalment } from '../receivables/agreements/agreement.ts';
import { planProgress } from '../receivables/agreements/plan-progress.ts';
import type { DueInstalment } from './reminder.ts';

interface Row {
  readonly agreement_id: string;
  readonly made_on: Day;
  readonly received: number;
  readonly number: number;
  readonly due_on: Day;
  readonly grace_until: Day;
  readonly amount: number;
}

/**
 * What is short on `today` of the plan of these invoices, the one agreed last: of one that lives (`active`) the
 * instalments whose day has gone by, of one that has ended (`breached`) those whose grace is over. Null: nothing is, or
 * there is no such plan.
 */
export async function shortOfPlan(
  tx: Tx,
  companyId: string,
  invoiceIds: readonly string[],
  state: 'active' | 'breached',
  today: Day,
): Promise<DueInstalment | null> {
  const { rows } = await sql<Row>`
    select a.agreement_id, a.made_on, a.received_minor as received, n.number, n.due_on, n.grace_until,
      n.amount_minor as amount
    from agreement a join instalment n on n.company_id = a.company_id and n.agreement_id = a.agreement_id
    where a.company_id = ${companyId} and a.kind = 'plan' and a.state = ${state}
      and a.agreement_id in (select i.agreement_id from agreement_invoice i
        where i.company_id = ${companyId} and i.invoice_id = any(${[...invoiceIds]}::text[]))
    order by a.created_at desc, a.agreement_id, n.number`.execute(tx);
  const [first] = rows;
  if (first === undefined) return null;
  const instalments = rows.filter((row) => row.agreement_id === first.agreement_id).map(instalmentOf);
  const short = planProgress(instalments, first.received, today)
    .filter((one) => one.paidMinor < one.amountMinor)
    .filter(({ dueOn, graceUntil }) => (state === 'active' ? dueOn : graceUntil) < today);
  const [oldest] = short;
  if (oldest === undefined) return null;
  return {
    short: short.map(({ number, dueOn, amountMinor, paidMinor }) => ({
      number,
      dueOn,
      amountMinor,
      openMinor: amountMinor - paidMinor,
    })),
    count: instalments.length,
    payBy: oldest.graceUntil,
    agreedOn: first.made_on,
    receivedMinor: first.received,
  };
}

function instalmentOf(row: Row): Instalment {
  return {
    number: row.number,
    dueOn: row.due_on,
    graceUntil: row.grace_until,
    amountMinor: row.amount,
  };
}
