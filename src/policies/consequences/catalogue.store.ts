import { sql } from 'kysely';
import { record } from '../../activity/activity.store.ts';
import { markEverybody } from '../../companies/plan-due.store.ts';
import { type Day, dayAt } from '../../domain/day.ts';
import { isEmailAddress } from '../../domain/email-address.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { addJob } from '../../platform/jobs.ts';
import {
  type Announcing,
  asConsequenceKind,
  type Consequence,
  type ConsequenceKind,
  consequenceName,
} from './consequence.ts';

/** The company's catalogue, by kind. */
export async function loadCatalogue(
  tx: Tx,
  companyId: string,
): Promise<ReadonlyMap<ConsequenceKind, Consequence>> {
  const rows = await tx
    .selectFrom('consequence')
    .select([
      'kind',
      'owner_name',
      'owner_email',
      'lead_days',
      'doing',
      'approved_by',
      'approved_on',
      'active',
    ])
    .where('company_id', '=', companyId)
    .orderBy('kind')
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const kind = asConsequenceKind(row.kind);
      if (kind === null) return [];
      const entry: Consequence = {
        kind,
        ownerName: row.owner_name,
        ownerEmail: row.owner_email,
        leadDays: row.lead_days,
        doing: row.doing,
        approvedBy: row.approved_by,
        approvedOn: row.approved_on as Day,
        active: row.active,
      };
      return [[kind, entry] as const];
    }),
  );
}

/** P8: what can be announced now; two probes. */
export async function loadAnnouncing(tx: Tx, companyId: string): Promise<Announcing> {
  const catalogue = await loadCatalogue(tx, companyId);
  if (catalogue.size === 0) return { catalogue, broken: 0 };
  const { broken } = await tx
    .selectFrom('announcement')
    .select((eb) => eb.fn.countAll<number>().as('broken'))
    .where('company_id', '=', companyId)
    .where('state', '=', sql.lit('broken'))
    .executeTakeFirstOrThrow();
  return { catalogue, broken: Number(broken) };
}

export interface WantedConsequence {
  readonly ownerName: string;
  readonly ownerEmail: string | null;
  readonly leadDays: number;
  readonly doing: string;
  readonly active: boolean;
}

/**
 * Approves an entry of the catalogue, or takes it out of use (`active` false): what is planned follows at once. Throws
 * UserError bad_input with the field when nobody answers for it, nothing says what doing it means, or the lead time is
 * not between 1 and 180 days.
 */
export async function saveConsequence(
  tx: Tx,
  companyId: string,
  kind: ConsequenceKind,
  wanted: WantedConsequence,
  by: string,
  now: Date,
): Promise<Consequence> {
  const checked = judged(wanted);
  const { time_zone: zone } = await tx
    .selectFrom('company')
    .select('time_zone')
    .where('company_id', '=', companyId)
    .executeTakeFirstOrThrow();
  const before = (await loadCatalogue(tx, companyId)).get(kind);
  // who takes an entry out of use approves nothing
  const approval =
    checked.active || before === undefined
      ? { approvedBy: by, approvedOn: dayAt(now, zone) }
      : { approvedBy: before.approvedBy, approvedOn: before.approvedOn };
  const kept = {
    owner_name: checked.ownerName,
    owner_email: checked.ownerEmail,
    lead_days: checked.leadDays,
    doing: checked.doing,
    approved_by: approval.approvedBy,
    approved_on: approval.approvedOn,
    active: checked.active,
    changed_at: now,
  };
  await tx
    .insertInto('consequence')
    .values({ company_id: companyId, kind, ...kept })
    .onConflict((oc) => oc.columns(['company_id', 'kind']).doUpdateSet(kept))
    .execute();
  const name = consequenceName(kind);
  await record(tx, companyId, now, [
    {
      kind: 'consequence_changed',
      actor: by,
      summary: checked.active
        ? `Consequence approved: ${name}, ${checked.leadDays} days after the last day given; ${checked.ownerName} answers for it.`
        : `Consequence no longer announced: ${name}.`,
      data: { kind },
    },
  ]);
  await markEverybody(tx, companyId);
  await addJob(tx, 'plan', { companyId });
  return { kind, ...checked, ...approval };
}

const MOST_LEAD_DAYS = 180;

function judged(wanted: WantedConsequence): WantedConsequence {
  const ownerName = wanted.ownerName.trim().slice(0, 120);
  const ownerEmail = wanted.ownerEmail?.trim() || null;
  const doing = wanted.doing.trim().slice(0, 500);
  const refuse = (what: string, action: string, field: string): never => {
    throw new UserError('bad_input', what, action, field);
  };
  if (ownerName === '')
    refuse('Nobody answers for it.', 'Name the person who does it when its day comes.', 'ownerName');
  if (ownerEmail !== null && !isEmailAddress(ownerEmail))
    refuse(`“${ownerEmail}” is not an e-mail address.`, 'Write it as name@example.com.', 'ownerEmail');
  if (doing === '')
    refuse('What doing it means is missing.', 'Say in a sentence what has to be done.', 'doing');
  if (!Number.isInteger(wanted.leadDays) || wanted.leadDays < 1 || wanted.leadDays > MOST_LEAD_DAYS)
    refuse(
      'The lead time is not a number of days from 1 to 180.',
      'Give the calendar days after the last day to pay.',
      'leadDays',
    );
  return { ownerName, ownerEmail, doing, leadDays: wanted.leadDays, active: wanted.active };
}
