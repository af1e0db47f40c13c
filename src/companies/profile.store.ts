import { sql } from 'kysely';
import { raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import type { CompanyProfile } from '../domain/books.ts';
import type { Tx } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import { markEverybody } from './plan-due.store.ts';

/**
 * What the ledger says of the company itself. A time zone that a person set is kept. Another zone moves every day, and
 * country and currency stand in what customers' figures are told with: then everybody is computed anew.
 */
export async function saveProfile(
  tx: Tx,
  companyId: string,
  profile: CompanyProfile,
  now: Date,
): Promise<void> {
  const before = await whatFiguresNeed(tx, companyId);
  const reminders = await ownReminders(tx, companyId);
  await tx
    .updateTable('company')
    .set({
      name: profile.name,
      legal_name: profile.legalName,
      country: profile.country,
      region: profile.region,
      base_currency: profile.baseCurrency,
      email: profile.email,
      phone: profile.phone,
      postal_address: profile.postalAddress,
      locked_until: profile.lockedUntil,
      ledger_reminders_on: profile.ownReminders,
      ...(profile.terms === undefined ? {} : { terms: JSON.stringify(profile.terms) }),
      profile_read_at: now,
      reminders_read_at: now,
      ...(profile.timeZone === null
        ? {}
        : {
            time_zone: sql<string>`case when time_zone_by is null then ${profile.timeZone} else time_zone end`,
            time_zone_confirmed: true,
          }),
    })
    .where('company_id', '=', companyId)
    .execute();
  if ((await whatFiguresNeed(tx, companyId)) !== before) {
    await markEverybody(tx, companyId);
    await addJob(tx, 'reconcile', { companyId, all: true });
  }
  if (reminders !== profile.ownReminders) await markEverybody(tx, companyId);
  await showOwnReminders(tx, companyId, profile.ownReminders, now);
}

async function whatFiguresNeed(tx: Tx, companyId: string): Promise<string> {
  const row = await tx
    .selectFrom('company')
    .select(['time_zone', 'base_currency', 'country', 'region'])
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  return JSON.stringify(Object.values(row));
}

async function ownReminders(tx: Tx, companyId: string): Promise<boolean | null> {
  const row = await tx
    .selectFrom('company')
    .select('ledger_reminders_on')
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  return row.ledger_reminders_on;
}

/** R14: what the ledger says of its own reminders between two readings of the profile. */
export async function saveOwnReminders(
  tx: Tx,
  companyId: string,
  on: boolean | null,
  now: Date,
): Promise<void> {
  const before = await ownReminders(tx, companyId);
  await tx
    .updateTable('company')
    .set({ ledger_reminders_on: on, reminders_read_at: now })
    .where('company_id', '=', companyId)
    .execute();
  if (before !== on) await markEverybody(tx, companyId);
  await showOwnReminders(tx, companyId, on, now);
}

/** R14: two senders of reminders would chase a customer twice. */
async function showOwnReminders(tx: Tx, companyId: string, on: boolean | null, now: Date): Promise<void> {
  if (on !== true) return resolveProblems(tx, companyId, now, 'ledger_reminders_on');
  await raiseProblem(tx, companyId, now, {
    kind: 'ledger_reminders_on',
    subject: companyId,
    what: 'The ledger’s own automatic invoice reminders are switched on.',
    meaning: 'Customers could be reminded twice, so autopilot waits: a person releases each message.',
    action: 'Switch the reminders off in the ledger. Duly looks again every day.',
  });
}
