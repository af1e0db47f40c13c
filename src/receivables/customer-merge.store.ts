import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { markStale } from '../books/mirror.store.ts';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';

interface Taken {
  readonly customer_id: string;
  readonly name: string;
  readonly refused: boolean;
  readonly person: keyof typeof persons | null;
}

const persons = { consumer: 'a private person', sole_trader: 'a sole trader' } as const;

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
    with gone as (select merged_into_id as into, name, debtor_type_by, email_consent is false as refused,
        case when debtor_type in ('consumer', 'sole_trader') then debtor_type end as person
      from customer where company_id = ${companyId} and merged_into_id is not null
        and customer_id = any(${binaryArray('text', customerIds)}::text[])
        and (email_consent is false or debtor_type in ('consumer', 'sole_trader'))),
      -- several may be merged into the same one at once
      taken as (select c.customer_id, string_agg(gone.name, ', ' order by gone.name) as name,
        bool_or(gone.refused and c.email_consent is null) as refused,
        min(gone.person) filter (where c.debtor_type = 'unknown') as person,
        (array_agg(gone.debtor_type_by order by gone.person, gone.debtor_type_by))[1] as by
      from gone join customer c on c.company_id = ${companyId} and c.customer_id = gone.into
      where gone.refused and c.email_consent is null or gone.person is not null and c.debtor_type = 'unknown'
      group by c.customer_id)
    update customer c set
      email_consent = case when taken.refused then coalesce(c.email_consent, false) else c.email_consent end,
      debtor_type = case when c.debtor_type = 'unknown' then coalesce(taken.person, c.debtor_type) else c.debtor_type end,
      debtor_type_by = case when c.debtor_type = 'unknown' and taken.person is not null then taken.by
        else c.debtor_type_by end
    from taken where c.company_id = ${companyId} and c.customer_id = taken.customer_id
    returning c.customer_id, taken.name, taken.refused, taken.person`.execute(tx);
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
        ...(person === null ? [] : [persons[person]]),
      ].join(', ')}.`,
      customerId,
    })),
  );
  await markStale(tx, companyId, [...new Set(rows.map((row) => row.customer_id))].sort());
}
