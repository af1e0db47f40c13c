import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { VendorIdentity } from '../ports/ledger.ts';

export interface Member {
  readonly personId: string;
  readonly personName: string;
  readonly accountId: string;
  readonly role: string;
}

/** The person behind a vendor's subject, with the account they joined first; null when nobody is known. */
export async function findMember(tx: Tx, provider: string, subject: string): Promise<Member | null> {
  const row = await tx
    .selectFrom('identity')
    .innerJoin('membership', 'membership.person_id', 'identity.person_id')
    .innerJoin('person', 'person.person_id', 'identity.person_id')
    .select([
      'identity.person_id as personId',
      'person.name as personName',
      'membership.account_id as accountId',
      'membership.role as role',
    ])
    .where('identity.provider', '=', provider)
    .where('identity.subject', '=', subject)
    .orderBy('membership.created_at')
    .orderBy('membership.account_id')
    .executeTakeFirst();
  return row ?? null;
}

/** The signed-in person in their account; null when they are no member of it any more. */
export async function findMembership(tx: Tx, personId: string, accountId: string): Promise<Member | null> {
  const row = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.person_id', 'membership.person_id')
    .select([
      'membership.person_id as personId',
      'person.name as personName',
      'membership.account_id as accountId',
      'membership.role as role',
    ])
    .where('membership.person_id', '=', personId)
    .where('membership.account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

/** A new account with its first person as owner. */
export async function createAccount(
  tx: Tx,
  accountName: string,
  identity: VendorIdentity,
  now: Date,
): Promise<Member> {
  const personId = newId(now);
  const accountId = newId(now);
  const personName = identity.name.trim() || identity.email;
  await tx
    .insertInto('account')
    .values({
      account_id: accountId,
      name: accountName.trim().slice(0, 200) || personName.slice(0, 200) || 'Account',
      created_at: now,
    })
    .execute();
  await tx
    .insertInto('person')
    .values({ person_id: personId, name: personName, email: identity.email, created_at: now })
    .execute();
  await tx
    .insertInto('membership')
    .values({ account_id: accountId, person_id: personId, role: 'owner', created_at: now })
    .execute();
  return { personId, personName, accountId, role: 'owner' };
}

/** Links the vendor's identity to the person if nobody has it yet; it is never moved from one to another. */
export async function linkIdentity(
  tx: Tx,
  provider: string,
  identity: VendorIdentity,
  personId: string,
  now: Date,
): Promise<void> {
  const seen = { email: identity.email, email_verified: identity.emailVerified, last_seen_at: now };
  await tx
    .insertInto('identity')
    .values({ provider, subject: identity.subject, person_id: personId, ...seen })
    .onConflict((oc) => oc.columns(['provider', 'subject']).doUpdateSet(seen))
    .execute();
}
