import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { markStale } from '../books/mirror.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';

interface Taken {
  readonly customer_id: string;
  readonly name: string;
  readonly refused: boolean;
  readonly person: boolean;
}

/**
 * R16: what protects somebody who was merged into another customer in the ledger holds under the new name, where nobody
 * said anything else of that one: that they refused e-mail, and that they are a private person. What would loosen
 * anything does not go over. One probe of an index for customers that were not merged.
 */
export async function followStatements(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const { rows } = await sql<Taken>`
    with gone as (select merged_into_id as into, name,
        email_consent is false as refused,
        case when debtor_type in ('consumer', 'sole_trader') then debtor_type end as person, debtor_type_by
      from customer where company_id = ${companyId} and merged_into_id is not null
        and customer_id = any(${binaryArray('text', customerIds)}::text[])
        and (email_consent is false or debtor_type in ('consumer', 'sole_trader')))
    update customer c set
      email_consent = case when gone.refused then coalesce(c.email_consent, false) else c.email_consent end,
      debtor_type = case when c.debtor_type = 'unknown' then coalesce(gone.person, c.debtor_type) else c.debtor_type end,
      debtor_type_by = case when c.debtor_type = 'unknown' and gone.person is not null then gone.debtor_type_by
        else c.debtor_type_by end
    from gone where c.company_id = ${companyId} and c.customer_id = gone.into
      and (gone.refused and c.email_consent is null or gone.person is not null and c.debtor_type = 'unknown')
    returning c.customer_id, gone.name, gone.refused, gone.person is not null as person`.execute(tx);
  if (rows.length === 0) return;
  await record(
    tx,
    companyId,
    now,
    rows.map(({ customer_id: customerId, name, refused, person }) => ({
      kind: 'customer_people_set',
      actor: 'Duly',
      summary: `${name} was merged into this customer; what was said of them holds here: ${[
        ...(refused ? ['no e-mail is wanted'] : []),
        ...(person ? ['a private person'] : []),
      ].join(', ')}.`,
      customerId,
    })),
  );
  await markStale(tx, companyId, [...new Set(rows.map((row) => row.customer_id))].sort());
}
