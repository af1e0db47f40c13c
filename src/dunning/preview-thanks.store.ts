import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { isToday } from './plan.ts';
import { readPlanning } from './plan-read.store.ts';
import { workOf } from './plan-work.store.ts';
import type { SimulatedTouch } from './simulate.ts';
import { thankYouStep } from './thank-you.store.ts';

/**
 * The thank-yous that the next plan would write for today: of cases that are paid and close with it. Worked out by the
 * plan itself, which writes nothing until all is known. Null `customerIds`: of everybody.
 */
export async function thanksOfToday(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  customerIds: readonly string[] | null,
): Promise<readonly (SimulatedTouch & { readonly customerName: string; readonly stands: boolean })[]> {
  const { company_id: companyId, time_zone: zone } = company;
  const { rows } = await sql<{ customer_id: string }>`
    select distinct customer_id from dunning_case c where company_id = ${companyId} and state = 'open'
      and not exists (select from position p where p.company_id = c.company_id and p.customer_id = c.customer_id
        and p.currency = c.currency and p.past_due_minor > 0)`.execute(tx);
  const ending = rows
    .map((row) => row.customer_id)
    .filter((id) => customerIds === null || customerIds.includes(id));
  if (ending.length === 0) return [];
  const planning = await readPlanning(tx, company, ending, now);
  const { drafts } = await workOf(tx, planning);
  return drafts
    .map(({ draft }) => draft)
    .filter((draft) => draft.stepKey === thankYouStep.key && isToday(draft.plannedFor, now, zone))
    .map((draft) => ({
      draft,
      step: draft.step,
      day: dayAt(draft.plannedFor, zone),
      at: draft.plannedFor,
      reasons: [{ rule: '', words: 'The case closes as paid, and the policy thanks for that.' }],
      stands: false,
      customerName: planning.known.debtors.get(draft.customerId)?.name ?? draft.customerId,
    }));
}
