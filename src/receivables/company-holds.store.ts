import { openSince } from '../activity/problem.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import { getConnection } from '../companies/connection.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { companyHolds } from './company-holds.ts';
import { loadCompanyHolds } from './hold-facts.store.ts';
import { type HoldReason, holdReason, isInForce } from './holds.ts';

/** Why nobody of the company is chased now, or only by a person's hand: stated and derived (R9, R10, R14). */
export async function readCompanyHolds(
  tx: Tx,
  company: CompanyRow,
  now: Date,
): Promise<readonly HoldReason[]> {
  const { company_id: companyId } = company;
  const connection = await getConnection(tx, companyId);
  const failed = await openSince(tx, companyId, 'sync_failed');
  const lost = connection?.state === 'healthy' ? null : (company.books_read_at ?? company.created_at);
  const told = await openSince(tx, companyId, 'ledger_reminders_on');
  return companyHolds({
    now,
    timeZone: company.time_zone,
    stated: await loadCompanyHolds(tx, companyId),
    booksReadAt: company.books_read_at,
    failingSince: failed ?? lost,
    ownRemindersSince:
      company.ledger_reminders_on === true ? (told ?? company.reminders_read_at ?? now) : null,
  });
}

/** R10: what people said that holds the whole company today. */
export async function standingCompanyHolds(
  tx: Tx,
  company: Pick<CompanyRow, 'company_id' | 'time_zone'>,
  now: Date,
): Promise<readonly HoldReason[]> {
  const today = dayAt(now, company.time_zone);
  const stated = await loadCompanyHolds(tx, company.company_id);
  return stated.filter((hold) => isInForce(hold, today)).map(holdReason);
}
