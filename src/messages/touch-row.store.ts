import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';

/** A touch with what its message needs of the case, the company and the customer. */
export type TouchToWord = Awaited<ReturnType<typeof findTouch>>;

/** Throws UserError not_found. */
export async function findTouch(tx: Tx, companyId: string, touchId: string) {
  const touch = await tx
    .selectFrom('touch as t')
    .innerJoin('dunning_case as c', (join) =>
      join.onRef('c.company_id', '=', 't.company_id').onRef('c.case_id', '=', 't.case_id'),
    )
    .innerJoin('company as o', 'o.company_id', 't.company_id')
    .leftJoin('customer as k', (join) =>
      join.onRef('k.company_id', '=', 't.company_id').onRef('k.customer_id', '=', 't.customer_id'),
    )
    .leftJoin('position as p', (join) =>
      join
        .onRef('p.company_id', '=', 't.company_id')
        .onRef('p.customer_id', '=', 't.customer_id')
        .onRef('p.currency', '=', 't.currency'),
    )
    .select([
      't.case_id',
      't.customer_id',
      't.recipient_email',
      't.resend_of',
      't.step',
      't.step_key',
      't.channel',
      't.style',
      't.planned_for',
      't.currency',
    ])
    .select(['t.ask_minor', 't.recipient_name', 't.recipient_address', 't.recipient_phone', 'c.reference'])
    .select(['o.legal_name', 'o.postal_address', 'o.country', 'o.email', 'o.phone', 'o.time_zone'])
    .select([
      'o.all_businesses_at',
      'k.name as customer_name',
      'k.first_name',
      'k.phone as customer_phone',
      'k.country as customer_country',
      'k.region as customer_region',
      'k.city as customer_city',
      'k.postcode as customer_postcode',
      'k.email_consent',
      'k.address_lines as customer_address',
      'k.debtor_type',
      'p.credits_minor',
    ])
    .where('t.company_id', '=', companyId)
    .where('t.touch_id', '=', touchId)
    .executeTakeFirst();
  if (touch === undefined)
    throw new UserError('not_found', 'There is no such message.', 'Load the page again.');
  return touch;
}
