import { raiseProblem } from '../activity/problem.store.ts';
import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt, formatDay } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import type { LedgerError } from '../platform/errors.ts';

/** R15: nobody's sums could be compared. One problem of the whole company; its subject is the company's id. */
export async function showUnreadSums(
  tx: Tx,
  company: CompanyRow,
  now: Date,
  error: LedgerError,
): Promise<void> {
  const { company_id: companyId, tied_out_at: last, time_zone: zone } = company;
  const since =
    last === null
      ? 'They have not been compared yet'
      : `They were last compared on ${formatDay(dayAt(last, zone), localeOf(company.country))}`;
  await raiseProblem(tx, companyId, now, {
    kind: 'does_not_tie_out',
    subject: companyId,
    what: `The ledger’s own sums could not be read: ${sentence(error.vendorSays)} ${since}.`,
    meaning:
      'Reminders go on with the figures of the invoices; a difference from the ledger would not be noticed.',
    action:
      'Nothing for now: Duly compares again with the next read. If it stays, compare a customer with the ledger yourself, and pause reminders if it differs.',
  });
}

/** The sums were compared again. */
export async function settleUnreadSums(tx: Tx, companyId: string, now: Date): Promise<void> {
  await tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('kind', '=', 'does_not_tie_out')
    .where('subject', '=', companyId)
    .where('resolved_at', 'is', null)
    .execute();
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
