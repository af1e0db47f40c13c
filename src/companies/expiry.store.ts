import { raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { getCompany } from './company.store.ts';
import { getConnection, healthyCompaniesOf } from './connection.store.ts';
import { daysUntil, type Expiry, expirySoon } from './expiry.ts';
import { tellOwners } from './notice.store.ts';
import { expiryNotice } from './notice.ts';
import { becomeCompany, becomeSystem } from './role-switch.store.ts';

/**
 * Catalogue transaction, after tokens were renewed (at least daily): shows and tells the owners, 30 and 7 days before,
 * that the vendor ends these connections on a fixed day. A day that has moved away takes its problem with it.
 */
export async function warnOfExpiry(
  tx: Tx,
  input: { readonly tokenSetId: string; readonly ledger: string; readonly hardExpiresAt: Date | null },
  now: Date,
): Promise<void> {
  const { tokenSetId, ledger, hardExpiresAt: at } = input;
  const kind = at === null ? null : expiryNotice(daysUntil(at, now));
  for (const companyId of await healthyCompaniesOf(tx, tokenSetId)) {
    await becomeCompany(tx, companyId);
    if (at === null || kind === null) await resolveProblems(tx, companyId, now, 'connection_expires');
    else {
      const connection = await getConnection(tx, companyId);
      const company = await getCompany(tx, companyId);
      const day = dayAt(at, company.time_zone);
      await raiseProblem(tx, companyId, now, {
        kind: 'connection_expires',
        subject: companyId,
        what: `${ledger} ends the connection to the books on ${day}, however well it works.`,
        meaning: 'From then on Duly cannot read the books, and no reminders go out.',
        action:
          'Reconnect the company before that day, on the Connection page. History and settings are kept.',
      });
      const subject = (connection?.connected_at ?? at).toISOString();
      await tellOwners(tx, companyId, { kind, subject, facts: { at: at.toISOString() } }, now);
    }
    await becomeSystem(tx);
  }
}

/** Catalogue only. When and why this company's connection ends by itself soon; null: there is time. */
export async function expiryOf(tx: Tx, companyId: string, now: Date): Promise<Expiry | null> {
  const row = await tx
    .selectFrom('connection')
    .innerJoin('token_set', 'token_set.token_set_id', 'connection.token_set_id')
    .select(['token_set.hard_expires_at', 'token_set.refresh_expires_at'])
    .where('connection.company_id', '=', companyId)
    .where('connection.state', '=', 'healthy')
    .executeTakeFirst();
  return row === undefined ? null : expirySoon(row, now);
}
