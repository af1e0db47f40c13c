import { sql } from 'kysely';
import { getCompany } from '../../../companies/company.store.ts';
import { previewAhead } from '../../../dunning/preview.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { PREVIEW_DAYS } from '../preview/preview.ts';

/** What falls due next, and for whom. */
export interface NextAhead {
  readonly at: Date;
  readonly customerId: string;
  readonly customerName: string;
  readonly stepName: string;
}

/** Of each kind so many are played ahead: a page waits for it. */
const LOOKED_AT = 50;

/**
 * What would come to be approved next, of the coming 30 days (S7). By what is kept only those are played ahead who can be
 * it: whose cases wait for the nearest times, and whose figures change soonest by themselves, as an invoice falls late or
 * a hold ends. What is on somebody's list already, and calls, which nobody approves, are none.
 */
export async function readNextAhead(tx: Tx, companyId: string, now: Date): Promise<NextAhead | null> {
  const { rows } = await sql<{ customer_id: string }>`
    (select customer_id from dunning_case c where company_id = ${companyId} and state = 'open' and next_at is not null
      and not exists (select from touch t where t.company_id = c.company_id and t.case_id = c.case_id
        and t.state = 'approved')
      order by next_at limit ${LOOKED_AT})
    union
    (select customer_id from position where company_id = ${companyId} and next_event_on is not null
      order by next_event_on limit ${LOOKED_AT})
    union
    -- those who are held wholly only get older: they would hide whoever falls late after them
    (select customer_id from position where company_id = ${companyId} and next_event_on is not null and holds = '[]'
      order by next_event_on limit ${LOOKED_AT})`.execute(tx);
  if (rows.length === 0) return null;
  const customerIds = rows.map((row) => row.customer_id).sort();
  const company = await getCompany(tx, companyId);
  const touches = await previewAhead(tx, company, now, { days: PREVIEW_DAYS, customerIds });
  const first = touches.find((touch) => !touch.stands && touch.step.channel !== 'call');
  if (first === undefined) return null;
  const { customerId, stepName } = first.draft;
  return { at: first.at, customerId, customerName: first.customerName, stepName };
}
