import { sql } from 'kysely';
import { type Day, dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import type { TouchToWord } from '../touch-row.store.ts';

/** P11: the name of the escalation contact if the touch was planned for them; null: the billing contact is called. */
export async function headCalled(tx: Tx, companyId: string, touch: TouchToWord): Promise<string | null> {
  const row = await tx
    .selectFrom('customer')
    .select(['escalation_name', 'escalation_email'])
    .where('company_id', '=', companyId)
    .where('customer_id', '=', touch.customer_id)
    .executeTakeFirst();
  const name = row?.escalation_name || row?.escalation_email;
  return name === touch.recipient_name ? name : null;
}

/**
 * P3: the day on which the e-mail that a call follows left, about all of these invoices: the owner's personal one, or
 * the one of which whoever is called had a copy. Null: there is none that reached them, or the wording speaks of none.
 */
export async function wroteOn(
  tx: Tx,
  companyId: string,
  touch: TouchToWord,
  template: string,
  invoiceIds: readonly string[],
): Promise<Day | null> {
  const which =
    template === 'call_after_owner'
      ? sql<boolean>`t.step->>'sender' = 'owner' and t.delivery is distinct from 'bounced'`
      : template === 'call_head'
        ? sql<boolean>`exists (select 1 from touch_copy y join customer c on c.company_id = y.company_id
            and c.customer_id = t.customer_id where y.company_id = t.company_id and y.touch_id = t.touch_id
            and y.why = 'escalation' and y.state = 'sent'
            and y.delivery is distinct from 'bounced' and lower(c.escalation_email) = y.email
            and coalesce(nullif(c.escalation_name, ''), c.escalation_email) = ${touch.recipient_name})`
        : null;
  if (which === null) return null;
  const { rows } = await sql<{ sent_at: Date }>`
    select t.sent_at from touch t
    where t.company_id = ${companyId} and t.case_id = ${touch.case_id} and t.channel = 'email' and t.state = 'sent'
      and t.sent_at is not null and ${which}
      and not exists (select 1 from unnest(${[...invoiceIds]}::text[]) as asked (invoice_id)
        where not exists (select 1 from touch_invoice ti where ti.company_id = t.company_id
          and ti.touch_id = t.touch_id and ti.invoice_id = asked.invoice_id))
    order by t.sent_at desc limit 1`.execute(tx);
  const [last] = rows;
  return last === undefined ? null : dayAt(last.sent_at, touch.time_zone);
}
