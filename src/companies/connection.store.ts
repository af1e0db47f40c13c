import type { Selectable } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import type { Crypto } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';
import type { Connection } from '../platform/db-types.ts';
import { tellOwnersTogether } from './notice.store.ts';
import { becomeCompany, becomeSystem } from './role-switch.store.ts';

export type ConnectionRow = Selectable<Connection>;

/** Keyed hash by which a vendor's id of the books is found; the id itself is stored encrypted. */
export function ledgerRefHash(crypto: Crypto, provider: string, ledgerRef: string): Buffer {
  return crypto.lookupHash(`${provider}:${ledgerRef.toLowerCase()}`);
}

export async function getConnection(tx: Tx, companyId: string): Promise<ConnectionRow | null> {
  const row = await tx
    .selectFrom('connection')
    .selectAll()
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Catalogue only. Who has these books, if anybody: the account where they are connected (there is one at most), else
 * `accountId`'s own connection that has ended. What another account has disconnected is nobody's any more.
 */
export async function findConnection(
  tx: Tx,
  provider: string,
  hash: Buffer,
  accountId: string | null = null,
): Promise<(ConnectionRow & { account_id: string }) | null> {
  const row = await tx
    .selectFrom('connection')
    .innerJoin('company', 'company.company_id', 'connection.company_id')
    .selectAll('connection')
    .select('company.account_id')
    .where('provider', '=', provider)
    .where('ledger_ref_hash', '=', hash)
    .where((eb) =>
      accountId === null
        ? eb('connection.state', '<>', 'disconnected')
        : eb.or([eb('connection.state', '<>', 'disconnected'), eb('company.account_id', '=', accountId)]),
    )
    .orderBy((eb) => eb('connection.state', '=', 'disconnected'))
    .orderBy('connection.connected_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

const LOOK_MS = 3_600_000;

/** Catalogue only. True once an hour: a stranger may cause a read of these books, which is metered, and no more. */
export async function takeLook(tx: Tx, companyId: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('connection')
    .set({ looked_at: now })
    .where('company_id', '=', companyId)
    .where((eb) =>
      eb.or([eb('looked_at', 'is', null), eb('looked_at', '<=', new Date(now.getTime() - LOOK_MS))]),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Catalogue only. The companies whose right to the books hangs on this set of tokens. */
export async function healthyCompaniesOf(tx: Tx, tokenSetId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('connection')
    .select('company_id')
    .where('token_set_id', '=', tokenSetId)
    .where('state', '=', 'healthy')
    .orderBy('company_id')
    .execute();
  return rows.map((row) => row.company_id);
}

/**
 * Catalogue transaction. Marks connections that only a person can mend, writes it down and raises the problem
 * (AUTH-06), and has the owners told once, of all of these together. A connection that is not healthy any more stays
 * as it is. Nothing is sent without a healthy one.
 */
export async function markReconnectNeeded(
  tx: Tx,
  companyIds: readonly string[],
  why: string,
  now: Date,
): Promise<void> {
  const sentence = /[.!?]$/.test(why) ? why : `${why}.`;
  const ended: string[] = [];
  for (const companyId of companyIds) {
    await becomeSystem(tx);
    const result = await tx
      .updateTable('connection')
      .set({ state: 'reconnect_needed', state_since: now, problem: sentence })
      .where('company_id', '=', companyId)
      .where('state', '=', 'healthy')
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) continue;
    await becomeCompany(tx, companyId);
    await record(tx, companyId, now, [
      { kind: 'reconnect_needed', actor: 'Duly', summary: `The connection to the books ended: ${sentence}` },
    ]);
    await raiseProblem(tx, companyId, now, {
      kind: 'connection',
      subject: companyId,
      what: `The connection to the books ended: ${sentence}`,
      meaning: 'Duly cannot read the books, so no reminder is sent until it can.',
      action: 'Connect the company again. Its history and settings are kept.',
    });
    await resolveProblems(tx, companyId, now, 'connection_expires');
    ended.push(companyId);
  }
  await becomeSystem(tx);
  const at = now.toISOString();
  const notice = { kind: 'reconnect_needed', subject: at, facts: { at, why: sentence } } as const;
  await tellOwnersTogether(tx, ended, notice, now);
}
