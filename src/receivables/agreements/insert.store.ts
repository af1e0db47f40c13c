import { sql } from 'kysely';
import { resolveSubjects } from '../../activity/problem.store.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { sumMinor } from '../../domain/money.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { AgreementKind, AgreementState, How, Instalment } from './agreement.ts';
import type { Cover } from './cover.store.ts';
import { loadCredited, loadUnapplied } from './evidence.store.ts';
import { taskKinds } from './said.ts';

/** What was agreed, checked. Days in the company's zone, minor units of the cover's currency. */
export interface Agreed {
  readonly kind: AgreementKind;
  readonly cover: Cover;
  readonly amountMinor: number;
  readonly dueOn: Day;
  readonly graceUntil: Day;
  readonly instalments: readonly Instalment[];
  readonly wholeCustomer: boolean;
  readonly saidBy: string;
  readonly how: How;
  readonly note: string;
  readonly by: string;
  readonly byPersonId: string | null;
}

/** What an agreement is before anything was judged. */
export const firstState: Readonly<Record<AgreementKind, AgreementState>> = {
  promise: 'pending',
  plan: 'active',
  offer: 'open',
};

/**
 * Stores it with its invoices, instalments and the unapplied credit of the moment, and returns its id. Throws UserError
 * conflict when somebody agreed on one of the invoices at the same time.
 */
export async function insertAgreement(
  tx: Tx,
  companyId: string,
  agreed: Agreed,
  today: Day,
  now: Date,
): Promise<string> {
  const agreementId = newId(now);
  const { cover } = agreed;
  const credits = (await loadUnapplied(tx, companyId, cover.members)).filter(
    (row) => row.currency === cover.currency,
  );
  await tx
    .insertInto('agreement')
    .values({
      company_id: companyId,
      agreement_id: agreementId,
      kind: agreed.kind,
      customer_id: cover.debtorId,
      currency: cover.currency,
      state: firstState[agreed.kind],
      amount_minor: agreed.amountMinor,
      debt_minor: cover.debtMinor,
      credits_minor: sumMinor(credits.map((row) => row.minor)),
      credits_at_start: JSON.stringify(Object.fromEntries(credits.map((row) => [row.id, row.minor]))),
      due_on: agreed.dueOn,
      grace_until: agreed.graceUntil,
      whole_customer: agreed.wholeCustomer,
      said_by: agreed.saidBy,
      how: agreed.how,
      note: agreed.note.trim().slice(0, 2_000),
      made_on: today,
      made_by: agreed.by,
      made_by_person: agreed.byPersonId,
      created_at: now,
      next_event_on: addDays(agreed.instalments[0]?.graceUntil ?? agreed.graceUntil, 1),
    })
    .execute();
  await insertInvoices(tx, companyId, agreementId, cover);
  if (agreed.instalments.length > 0) await insertInstalments(tx, companyId, agreementId, agreed.instalments);
  return agreementId;
}

const UNIQUE_VIOLATION = '23505';

async function insertInvoices(tx: Tx, companyId: string, agreementId: string, cover: Cover): Promise<void> {
  const each = (type: 'text' | 'bigint', of: (row: Cover['invoices'][number]) => string | number) =>
    sql`${binaryArray(type, cover.invoices.map(of))}${sql.raw(`::${type}[]`)}`;
  const invoiceIds = cover.invoices.map((row) => row.invoiceId);
  const credited = await loadCredited(tx, companyId, cover.members, invoiceIds);
  try {
    await sql`insert into agreement_invoice
        (company_id, agreement_id, invoice_id, open_minor, total_minor, credited_minor)
      select ${companyId}::uuid, ${agreementId}::uuid, row.* from unnest(${each('text', (row) => row.invoiceId)},
        ${each('bigint', (row) => row.openMinor)}, ${each('bigint', (row) => row.totalMinor)},
        ${each('bigint', (row) => credited.get(row.invoiceId) ?? 0)}) as row`.execute(tx);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    throw new UserError(
      'conflict',
      'Somebody agreed on one of these invoices just now.',
      'Load the page again and look at what was agreed.',
    );
  }
}

async function insertInstalments(
  tx: Tx,
  companyId: string,
  agreementId: string,
  instalments: readonly Instalment[],
): Promise<void> {
  await tx
    .insertInto('instalment')
    .values(
      instalments.map((row) => ({
        company_id: companyId,
        agreement_id: agreementId,
        number: row.number,
        due_on: row.dueOn,
        grace_until: row.graceUntil,
        amount_minor: row.amountMinor,
      })),
    )
    .execute();
}

/** A new agreement answers what an older one over the same invoices left to do. */
export async function resolveOlderTasks(
  tx: Tx,
  companyId: string,
  agreementId: string,
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ agreement_id: string }>`
    select distinct older.agreement_id from agreement_invoice mine
    join agreement_invoice older on older.company_id = ${companyId} and older.invoice_id = mine.invoice_id
      and older.agreement_id <> mine.agreement_id
    where mine.company_id = ${companyId} and mine.agreement_id = ${agreementId}::uuid`.execute(tx);
  const subjects = rows.map((row) => row.agreement_id);
  for (const kind of taskKinds) await resolveSubjects(tx, companyId, now, kind, subjects);
}
