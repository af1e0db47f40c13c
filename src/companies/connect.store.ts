import { sql } from 'kysely';
import { record } from '../activity/activity.store.ts';
import { resolveProblems } from '../activity/problem.store.ts';
import type { CompanyProfile } from '../domain/books.ts';
import type { Crypto } from '../platform/crypto.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import type { AuthorisedBooks, LedgerProvider, TokenGrant, VendorIdentity } from '../ports/ledger.ts';
import { createAccount, findMember, findMembership, linkIdentity, type Member } from './account.store.ts';
import { findConnection, ledgerRefHash } from './connection.store.ts';
import { saveProfile } from './profile.store.ts';
import { readWhenWanted } from './reading-wish.store.ts';
import { becomeCompany, becomeSystem } from './role-switch.store.ts';
import { asRole, may } from './roles.ts';
import { guessTimeZone } from './time-zone.ts';
import {
  deleteUnusedTokenSet,
  findSharedTokenSet,
  insertTokenSet,
  replaceTokens,
} from './token-set.store.ts';

const RETRY_MS = 900_000;

export interface ChosenBooks {
  readonly books: AuthorisedBooks;
  /** Read with the fresh tokens before the transaction: a ledger that fails leaves nothing half done. */
  readonly profile: CompanyProfile;
}

export interface ConnectInput {
  readonly provider: LedgerProvider;
  readonly grant: TokenGrant;
  /** When the vendor gave the grant: one that waited for a choice may be older than what is stored. */
  readonly grantedAt: Date;
  readonly identity: VendorIdentity;
  readonly chosen: readonly ChosenBooks[];
  /** Who clicked "Connect", if they were signed in. */
  readonly signedIn: { readonly personId: string; readonly accountId: string } | null;
}

export interface ConnectedCompany {
  readonly companyId: string;
  readonly profile: CompanyProfile;
  /** False: it was here before and keeps its history. */
  readonly isNew: boolean;
}

export interface Connected {
  readonly member: Member;
  readonly companies: readonly ConnectedCompany[];
}

/** What later stages give a new company (brand, policy), in the same transaction and in the company's own role. */
export type Welcome = (tx: Tx, company: ConnectedCompany, member: Member, now: Date) => Promise<void>;

/**
 * Catalogue transaction: person, account, company, connection, tokens, first job: all or nothing. Throws UserError
 * already_connected when another account has the books, not_allowed when the person's role does not include it.
 */
export async function connectBooks(
  tx: Tx,
  crypto: Crypto,
  input: ConnectInput,
  now: Date,
  welcome: Welcome,
): Promise<Connected> {
  const { provider, identity } = input;
  await lockAll(tx, crypto, input);
  const member = await memberFor(tx, input, now);
  if (!may(asRole(member.role), 'connect')) {
    throw new UserError(
      'not_allowed',
      `Your role (${member.role}) does not include connecting a company.`,
      'Ask the owner of the account to connect it.',
    );
  }
  await linkIdentity(tx, provider.key, identity, member.personId, now);
  const shared = provider.sharesTokens === true ? await shareTokens(tx, crypto, input, now) : null;
  const companies: ConnectedCompany[] = [];
  for (const chosen of input.chosen) {
    companies.push(await connectOne(tx, crypto, { input, chosen, member, shared, now }));
  }
  for (const company of companies) {
    await becomeCompany(tx, company.companyId);
    await record(tx, company.companyId, now, [
      {
        kind: 'connected',
        actor: member.personName,
        summary: `${company.isNew ? 'Connected' : 'Connected again'} to ${provider.label}.`,
      },
    ]);
    await resolveProblems(tx, company.companyId, now, 'connection');
    await resolveProblems(tx, company.companyId, now, 'connection_expires');
    if (company.isNew) await welcome(tx, company, member, now);
    else await saveProfile(tx, company.companyId, company.profile, now);
    await readWhenWanted(tx, company.companyId, now);
    await addJob(tx, 'sync', { companyId: company.companyId, read: true });
  }
  await becomeSystem(tx);
  return { member, companies };
}

/** Two callbacks for the same person or books wait for each other, in one order. */
async function lockAll(tx: Tx, crypto: Crypto, input: ConnectInput): Promise<void> {
  const { provider, identity, chosen } = input;
  const books = chosen.map(({ books: { ledgerRef } }) =>
    ledgerRefHash(crypto, provider.key, ledgerRef).toString('hex'),
  );
  for (const key of [`person ${provider.key} ${identity.subject}`, ...books.sort()]) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
  }
}

async function memberFor(tx: Tx, input: ConnectInput, now: Date): Promise<Member> {
  const { signedIn, provider, identity, chosen } = input;
  if (signedIn !== null) {
    const member = await findMembership(tx, signedIn.personId, signedIn.accountId);
    if (member !== null) return member;
  }
  const known = await findMember(tx, provider.key, identity.subject);
  if (known !== null) return known;
  return await createAccount(tx, chosen[0]?.profile.name ?? identity.name, identity, now);
}

/** The person's newest tokens serve all their books: an older grant never takes the place of a newer one. */
async function shareTokens(tx: Tx, crypto: Crypto, input: ConnectInput, now: Date): Promise<string> {
  const { provider, identity, grant, grantedAt } = input;
  const known = await findSharedTokenSet(tx, provider.key, identity.subject);
  if (known === null) return await insertTokenSet(tx, crypto, owner(input), grant, now);
  if (known.updated_at > grantedAt) return known.token_set_id;
  await replaceTokens(tx, crypto, known.token_set_id, identity.subject, grant, now);
  return known.token_set_id;
}

function owner(input: ConnectInput): { provider: string; subject: string } {
  return { provider: input.provider.key, subject: input.identity.subject };
}

interface One {
  readonly input: ConnectInput;
  readonly chosen: ChosenBooks;
  readonly member: Member;
  readonly shared: string | null;
  readonly now: Date;
}

async function connectOne(tx: Tx, crypto: Crypto, one: One): Promise<ConnectedCompany> {
  const { input, chosen, member, shared, now } = one;
  const hash = ledgerRefHash(crypto, input.provider.key, chosen.books.ledgerRef);
  const known = await findConnection(tx, input.provider.key, hash, member.accountId);
  if (known !== null && known.account_id !== member.accountId) throw alreadyConnected(input, chosen);
  const before = known?.token_set_id ?? null;
  const tokenSetId = shared ?? before ?? (await insertTokenSet(tx, crypto, owner(input), input.grant, now));
  if (shared === null && before !== null)
    await replaceTokens(tx, crypto, before, input.identity.subject, input.grant, now);
  const right = {
    token_set_id: tokenSetId,
    ledger_ref_enc: crypto.seal(chosen.books.ledgerRef),
    connection_ref_enc: chosen.books.connectionRef === null ? null : crypto.seal(chosen.books.connectionRef),
    state: 'healthy',
    state_since: now,
    problem: null,
    connected_at: now,
  };
  if (known !== null) {
    await tx.updateTable('connection').set(right).where('company_id', '=', known.company_id).execute();
    if (before !== null && before !== tokenSetId) await deleteUnusedTokenSet(tx, before);
    return { companyId: known.company_id, profile: chosen.profile, isNew: false };
  }
  const companyId = newId(now);
  await insertCompany(tx, companyId, member.accountId, chosen.profile, now);
  await tx
    .insertInto('connection')
    .values({ company_id: companyId, provider: input.provider.key, ledger_ref_hash: hash, ...right })
    .execute();
  return { companyId, profile: chosen.profile, isNew: true };
}

function alreadyConnected(input: ConnectInput, chosen: ChosenBooks): UserError {
  return new UserError(
    'already_connected',
    `${chosen.profile.name} is already connected to Duly, by another account.`,
    `Sign in to that account, or have it disconnect the ${input.provider.booksWord} first. Nothing was connected here.`,
  );
}

async function insertCompany(
  tx: Tx,
  companyId: string,
  accountId: string,
  profile: CompanyProfile,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('company')
    .values({
      company_id: companyId,
      account_id: accountId,
      name: profile.name,
      legal_name: profile.legalName,
      country: profile.country,
      region: profile.region,
      time_zone: profile.timeZone ?? guessTimeZone(profile.country, profile.region),
      time_zone_confirmed: profile.timeZone !== null,
      base_currency: profile.baseCurrency,
      postal_address: profile.postalAddress,
      email: profile.email,
      phone: profile.phone,
      locked_until: profile.lockedUntil,
      ledger_reminders_on: profile.ownReminders,
      // the first job stands in the queue already; if it fails, the timer comes back to it
      next_run_at: new Date(now.getTime() + RETRY_MS),
      created_at: now,
    })
    .execute();
}
