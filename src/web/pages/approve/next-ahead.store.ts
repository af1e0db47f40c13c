import { type CompanyRow, getCompany } from '../../../companies/company.store.ts';
import { type Day, dayAt, daysBetween } from '../../../domain/day.ts';
import { previewAhead } from '../../../dunning/preview.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { PREVIEW_DAYS } from '../preview/preview.ts';

/** What falls due next, and for whom. */
export interface NextAhead {
  readonly at: Date;
  readonly customerId: string;
  readonly customerName: string;
}

/** Of those whose figures change soonest by themselves, so many are looked at: a page waits for it. */
const LOOKED_AT = 50;

/**
 * The next reminder that falls due, by what is kept: a case knows its next time. Whoever is not pursued yet has none:
 * of them those are played ahead whose invoices fall late, or whose holds end, first. Null: nothing in the next 30 days.
 */
export async function readNextAhead(tx: Tx, companyId: string, now: Date): Promise<NextAhead | null> {
  const company = await getCompany(tx, companyId);
  const kept = await nextOfCases(tx, companyId, now);
  const ahead = await nextOfOthers(tx, company, now, kept?.at ?? null);
  return ahead !== null && (kept === null || ahead.at < kept.at) ? ahead : kept;
}

async function nextOfCases(tx: Tx, companyId: string, now: Date): Promise<NextAhead | null> {
  const row = await tx
    .selectFrom('dunning_case')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.company_id', '=', 'dunning_case.company_id')
        .onRef('customer.customer_id', '=', 'dunning_case.customer_id'),
    )
    .select(['dunning_case.next_at', 'dunning_case.customer_id', 'customer.name'])
    .where('dunning_case.company_id', '=', companyId)
    .where('dunning_case.state', '=', 'open')
    .where('dunning_case.next_at', '>', now)
    .orderBy('dunning_case.next_at')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.next_at === null) return null;
  return { at: row.next_at, customerId: row.customer_id, customerName: row.name };
}

/** Only what comes before `until`, the time of what is known already. */
async function nextOfOthers(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  until: Date | null,
): Promise<NextAhead | null> {
  const today = dayAt(now, company.time_zone);
  const days = until === null ? PREVIEW_DAYS : daysUntil(today, dayAt(until, company.time_zone));
  const rows = await tx
    .selectFrom('position')
    .select('customer_id')
    .where('company_id', '=', company.company_id)
    .where('next_event_on', 'is not', null)
    .orderBy('next_event_on')
    .limit(LOOKED_AT)
    .execute();
  const customerIds = [...new Set(rows.map((row) => row.customer_id))];
  if (customerIds.length === 0) return null;
  const [first] = await previewAhead(tx, company, now, { days, customerIds });
  if (first === undefined) return null;
  return { at: first.at, customerId: first.draft.customerId, customerName: first.customerName };
}

/** That day included, and never further than the page on which all of it stands. */
function daysUntil(today: Day, last: Day): number {
  return Math.min(daysBetween(today, last) + 1, PREVIEW_DAYS);
}
