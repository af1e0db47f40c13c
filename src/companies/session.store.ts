import type { Config } from '../platform/config.ts';
import { randomText, sha256 } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';

const DAY_MS = 86_400_000;

/** The person and account behind a session cookie, with the role as it is now. */
export interface SessionOwner {
  readonly personId: string;
  readonly personName: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly role: string;
  readonly csrfToken: string;
}

/** 14 days; a clock that is moved by hand must not sign anybody out. */
export function sessionDays(config: Config): number {
  return config.clockFile === null ? 14 : 3_650;
}

/** Starts a session and returns the cookie's value; only its SHA-256 is stored. */
export async function startSession(
  tx: Tx,
  owner: { personId: string; accountId: string },
  now: Date,
  days: number,
): Promise<string> {
  const value = randomText();
  await tx
    .insertInto('session')
    .values({
      session_hash: sha256(value),
      person_id: owner.personId,
      account_id: owner.accountId,
      csrf_token: randomText(),
      created_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + days * DAY_MS),
    })
    .execute();
  return value;
}

/** Who the cookie belongs to, or null. A person who left the account has no session any more. */
export async function findSession(
  tx: Tx,
  value: string,
  now: Date,
  days: number,
): Promise<SessionOwner | null> {
  const hash = sha256(value);
  const row = await tx
    .selectFrom('session')
    .innerJoin('person', 'person.person_id', 'session.person_id')
    .innerJoin('account', 'account.account_id', 'session.account_id')
    .innerJoin('membership', (join) =>
      join
        .onRef('membership.account_id', '=', 'session.account_id')
        .onRef('membership.person_id', '=', 'session.person_id'),
    )
    .select([
      'session.person_id as personId',
      'person.name as personName',
      'session.account_id as accountId',
      'account.name as accountName',
      'membership.role as role',
      'session.csrf_token as csrfToken',
      'session.seen_at as seenAt',
    ])
    .where('session_hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { seenAt, ...owner } = row;
  // sliding, but not a write for every page
  if (now.getTime() - new Date(seenAt).getTime() > 3_600_000) {
    await tx
      .updateTable('session')
      .set({ seen_at: now, expires_at: new Date(now.getTime() + days * DAY_MS) })
      .where('session_hash', '=', hash)
      .execute();
  }
  return owner;
}

export async function endSession(tx: Tx, value: string): Promise<void> {
  await tx.deleteFrom('session').where('session_hash', '=', sha256(value)).execute();
}
