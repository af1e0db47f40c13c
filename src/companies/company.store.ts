import type { Selectable } from 'kysely';
import { type ActivityKind, record } from '../activity/activity.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Company } from '../platform/db-types.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { markEverybody } from './plan-due.store.ts';

export type CompanyRow = Selectable<Company>;
export type Mode = 'preview' | 'approve' | 'autopilot';

/** The company of this transaction. Throws UserError not_found when there is none. */
export async function getCompany(tx: Tx, companyId: string): Promise<CompanyRow> {
  const row = await tx
    .selectFrom('company')
    .selectAll()
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  if (row === undefined) throw noCompany();
  return row;
}

export function noCompany(): UserError {
  return new UserError('not_found', 'There is no such company.', 'Choose one from your list of companies.');
}

interface Change {
  readonly kind: ActivityKind;
  readonly by: string;
  readonly summary: string;
}

/** Writes the change down and has its effects worked out. */
async function changed(tx: Tx, companyId: string, now: Date, change: Change): Promise<void> {
  await record(tx, companyId, now, [{ kind: change.kind, actor: change.by, summary: change.summary }]);
  await markEverybody(tx, companyId);
  await addJob(tx, 'reconcile', { companyId, all: true });
}

const modeWords: Readonly<Record<Mode, string>> = {
  preview: 'Preview: nothing leaves',
  approve: 'Approve: a person releases each batch',
  autopilot: 'Autopilot: reminders leave by themselves',
};

/** S4. Returns false when the company was in that mode already. */
export async function setMode(
  tx: Tx,
  companyId: string,
  mode: Mode,
  by: string,
  now: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('company')
    .set({ mode })
    .where('company_id', '=', companyId)
    .where('mode', '<>', mode)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await changed(tx, companyId, now, {
    kind: 'mode_changed',
    by,
    summary: `Mode set to ${modeWords[mode]}.`,
  });
  return true;
}

/** Section 6: a person states, with their name, that all customers of this company are businesses. */
export async function attestAllBusinesses(tx: Tx, companyId: string, by: string, now: Date): Promise<void> {
  const result = await tx
    .updateTable('company')
    .set({ all_businesses_by: by, all_businesses_at: now })
    .where('company_id', '=', companyId)
    .where('all_businesses_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return;
  await changed(tx, companyId, now, {
    kind: 'attested',
    by,
    summary: 'Stated that all customers of this company are businesses.',
  });
}

/**
 * Section 6: a person takes that statement back. Who had stated it and when is kept in the record; what is planned,
 * waiting or released is decided anew, what was sent meanwhile stays as it was. False: it was not stated.
 */
export async function takeBackAllBusinesses(
  tx: Tx,
  companyId: string,
  by: string,
  now: Date,
): Promise<boolean> {
  const { all_businesses_by: who, all_businesses_at: at, time_zone: zone } = await getCompany(tx, companyId);
  if (at === null) return false;
  const result = await tx
    .updateTable('company')
    .set({ all_businesses_by: null, all_businesses_at: null })
    .where('company_id', '=', companyId)
    .where('all_businesses_at', 'is not', null)
    .executeTakeFirst();
  // somebody else took it back in the same moment
  if (result.numUpdatedRows === 0n) return false;
  await changed(tx, companyId, now, {
    kind: 'statement_taken_back',
    by,
    summary: `Took back that all customers of this company are businesses, which ${who ?? 'somebody'} had stated on ${dayAt(at, zone)}: a customer whose type is not known counts as a consumer again.`,
  });
  return true;
}

/** R13: a person states that this company sends its invoices to its customers outside the ledger. */
export async function stateInvoicesSentElsewhere(
  tx: Tx,
  companyId: string,
  by: string,
  now: Date,
): Promise<void> {
  const result = await tx
    .updateTable('company')
    .set({ invoices_sent_elsewhere_by: by, invoices_sent_elsewhere_at: now })
    .where('company_id', '=', companyId)
    .where('invoices_sent_elsewhere_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return;
  await changed(tx, companyId, now, {
    kind: 'attested',
    by,
    summary: 'Stated that this company sends its invoices to its customers outside the ledger.',
  });
}

/** Sets the company's IANA time zone. Throws UserError bad_input for a zone that does not exist. */
export async function setTimeZone(
  tx: Tx,
  companyId: string,
  zone: string,
  by: string,
  now: Date,
): Promise<void> {
  if (!isTimeZone(zone))
    throw new UserError(
      'bad_input',
      `"${zone.slice(0, 60)}" is not a time zone.`,
      'Choose one like Europe/London.',
    );
  await tx
    .updateTable('company')
    .set({ time_zone: zone, time_zone_confirmed: true, time_zone_by: by })
    .where('company_id', '=', companyId)
    .execute();
  await changed(tx, companyId, now, { kind: 'attested', by, summary: `Time zone set to ${zone}.` });
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}
