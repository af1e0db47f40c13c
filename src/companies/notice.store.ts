import type { Selectable } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { NoticeMail } from '../platform/db-types.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import type { Notice } from './notice.ts';
import { becomeCompany, becomeSystem } from './role-switch.store.ts';

export type NoticeMailRow = Selectable<NoticeMail>;

/** A company whose connection has ended. */
export interface LostCompany {
  readonly companyId: string;
  readonly name: string;
}

/** An owner of the account that has the company. */
export interface Owner {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Has the owners of this company's account told, or whom the notice names, once per kind and subject: call it in the transaction that causes it
 * (in the company's role). The mail leaves in a job of its own, and its failure changes nothing here.
 */
export async function tellOwners(tx: Tx, companyId: string, notice: Notice, now: Date): Promise<void> {
  const { kind, subject, facts, to } = notice;
  const named = to === undefined ? {} : { recipient_name: to.name, recipient_email: to.email };
  const result = await tx
    .insertInto('notice')
    .values({ company_id: companyId, kind, subject, facts: JSON.stringify(facts), ...named, created_at: now })
    .onConflict((oc) => oc.columns(['company_id', 'kind', 'subject']).doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows === 1n) await addJob(tx, 'notices', { companyId });
}

/** A notice that says itself whom it is for. */
type NamedNotice = Notice & { readonly to: NonNullable<Notice['to']> };

/**
 * The same for what may change until it happens: whoever was told of it before is told anew, of what is so now. A mail
 * of before that has not left, or of which nobody knows, does not leave any more.
 */
export async function tellAnew(tx: Tx, companyId: string, notice: NamedNotice, now: Date): Promise<void> {
  const { kind, subject, facts, to } = notice;
  await tx
    .updateTable('notice_mail')
    .set({ state: 'overtaken', reason: 'It changed before this left.' })
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', 'in', ['waiting', 'uncertain'])
    .execute();
  const told = await tx
    .updateTable('notice')
    .set({ facts: JSON.stringify(facts), state: 'new', created_at: now })
    .set({ recipient_name: to.name, recipient_email: to.email })
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (told.numUpdatedRows === 0n) await tellOwners(tx, companyId, notice, now);
  else await addJob(tx, 'notices', { companyId });
}

/**
 * Catalogue transaction. Has the owners told once of what happened to all of these companies at the same time: one
 * notice for each account, kept with the first of its companies, whose facts name them all.
 */
export async function tellOwnersTogether(
  tx: Tx,
  companyIds: readonly string[],
  notice: Notice,
  now: Date,
): Promise<void> {
  if (companyIds.length === 0) return;
  const rows = await tx
    .selectFrom('company')
    .select(['company_id', 'account_id'])
    .where('company_id', 'in', [...companyIds])
    .orderBy('company_id')
    .execute();
  for (const companies of Map.groupBy(rows, (row) => row.account_id).values()) {
    const [first] = companies;
    if (first === undefined) continue;
    const together = companies.length === 1 ? {} : { companyIds: companies.map((row) => row.company_id) };
    await becomeCompany(tx, first.company_id);
    await tellOwners(tx, first.company_id, { ...notice, facts: { ...notice.facts, ...together } }, now);
    await becomeSystem(tx);
  }
}

/** Catalogue only. Which of these companies still stand as they were left at that instant, by their names. */
export async function stillLost(
  tx: Tx,
  companyIds: readonly string[],
  since: Date,
): Promise<readonly LostCompany[]> {
  const rows = await tx
    .selectFrom('connection')
    .innerJoin('company', 'company.company_id', 'connection.company_id')
    .select(['company.company_id as companyId', 'company.name'])
    .where('connection.company_id', 'in', [...companyIds])
    .where('connection.state', '=', 'reconnect_needed')
    .where('connection.state_since', '=', since)
    .execute();
  return rows.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Catalogue only. Whoever is told: every owner of the account, with the account's name. */
export async function ownersOf(
  tx: Tx,
  companyId: string,
): Promise<{ readonly accountName: string; readonly owners: readonly Owner[] }> {
  const rows = await tx
    .selectFrom('company')
    .innerJoin('account', 'account.account_id', 'company.account_id')
    .innerJoin('membership', 'membership.account_id', 'account.account_id')
    .innerJoin('person', 'person.person_id', 'membership.person_id')
    .select(['account.name as accountName', 'person.person_id as personId', 'person.name', 'person.email'])
    .where('company.company_id', '=', companyId)
    .where('membership.role', '=', 'owner')
    .orderBy('person.person_id')
    .execute();
  return { accountName: rows[0]?.accountName ?? '', owners: rows.filter((row) => row.email !== '') };
}

/** Makes out the mails of every notice that has none yet: one for each owner, or one for whom it names. */
export async function addressNotices(
  tx: Tx,
  companyId: string,
  owners: readonly Owner[],
  now: Date,
): Promise<void> {
  const fresh = await tx
    .updateTable('notice')
    .set({ state: 'addressed' })
    .where('company_id', '=', companyId)
    .where('state', '=', 'new')
    .returning(['kind', 'subject', 'recipient_name', 'recipient_email'])
    .execute();
  const mails = fresh.flatMap(({ kind, subject, recipient_name: name, recipient_email: email }) =>
    (email === null ? owners : [{ personId: null, name: name ?? '', email }]).map((owner) => ({
      company_id: companyId,
      mail_id: newId(now),
      kind,
      subject,
      person_id: owner.personId,
      recipient_name: owner.name,
      recipient_email: owner.email,
      created_at: now,
    })),
  );
  if (mails.length > 0) await tx.insertInto('notice_mail').values(mails).execute();
}

/** Mails that did not reach their end, oldest first, with the facts of their notice. */
export async function openMails(
  tx: Tx,
  companyId: string,
): Promise<readonly (NoticeMailRow & { readonly facts: unknown })[]> {
  return await tx
    .selectFrom('notice_mail')
    .innerJoin('notice', (join) =>
      join
        .onRef('notice.company_id', '=', 'notice_mail.company_id')
        .onRef('notice.kind', '=', 'notice_mail.kind')
        .onRef('notice.subject', '=', 'notice_mail.subject'),
    )
    .selectAll('notice_mail')
    .select('notice.facts')
    .where('notice_mail.company_id', '=', companyId)
    .where('notice_mail.state', 'in', ['waiting', 'reserved', 'uncertain'])
    .orderBy('notice_mail.created_at')
    .orderBy('notice_mail.mail_id')
    .execute();
}

export type MailMove = Partial<
  Pick<NoticeMailRow, 'unknowns' | 'reserved_at' | 'reason' | 'provider_message_id'>
> & { readonly state: 'waiting' | 'reserved' | 'uncertain' | 'sent' | 'failed' | 'overtaken' };

/** Moves one mail on; false when somebody else moved it since it was read. */
export async function moveMail(
  tx: Tx,
  companyId: string,
  mail: NoticeMailRow,
  to: MailMove,
): Promise<boolean> {
  const result = await tx
    .updateTable('notice_mail')
    .set(to)
    .where('company_id', '=', companyId)
    .where('mail_id', '=', mail.mail_id)
    .where('state', '=', mail.state)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
