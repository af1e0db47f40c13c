import { sql } from 'kysely';
import { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

/** Something a person should look at: what happened, what it means for reminders, what to do. */
export interface Problem {
  readonly kind:
    | 'row_unreadable'
    | 'does_not_tie_out'
    | 'sync_failed'
    | 'connection'
    | 'connection_expires'
    | 'never_sent'
    | 'no_recipient'
    | 'no_postal_address'
    | 'no_email_address'
    | 'no_due_date'
    | 'credit_covers'
    | 'credit_unapplied'
    | 'address_bounces'
    | 'phone_wrong'
    | 'reply_waiting'
    | 'reference_missing'
    | 'terms_differ'
    | 'sent_late'
    | 'promise_broken'
    | 'plan_breached'
    | 'credit_the_rest'
    | 'sequence_finished'
    | 'nothing_allowed'
    | 'consequence_due'
    | 'consequence_broken'
    | 'tell_withdrawn'
    | 'letter_printed'
    | 'mail_blocked'
    | 'send_failed'
    | 'send_uncertain'
    | 'note_failed'
    | 'note_missing'
    | 'note_differs'
    | 'ledger_reminders_on'
    | 'job_failed';
  /** What it is about, unique within the kind: an invoice, customer or touch id. */
  readonly subject: string;
  readonly customerId?: string | null;
  readonly what: string;
  readonly meaning: string;
  readonly action: string;
}

/** Opens a problem, or refreshes the open one of the same kind and subject. */
export async function raiseProblem(tx: Tx, companyId: string, now: Date, problem: Problem): Promise<void> {
  await raiseProblems(tx, companyId, now, [problem]);
}

/** The same for many, in one statement; no two of them of the same kind and subject. */
export async function raiseProblems(
  tx: Tx,
  companyId: string,
  now: Date,
  problems: readonly Problem[],
): Promise<void> {
  if (problems.length === 0) return;
  const each = (value: (problem: Problem) => string | null) => sql`${problems.map(value)}::text[]`;
  await sql`insert into problem
      (company_id, problem_id, kind, subject, customer_id, what, meaning, action, first_seen_at, last_seen_at)
    select ${companyId}::uuid, raised.*, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${problems.map(() => newId(now))}::uuid[], ${each((row) => row.kind)}, ${each((row) => row.subject)},
      ${each((row) => row.customerId ?? null)}, ${each((row) => row.what)}, ${each((row) => row.meaning)},
      ${each((row) => row.action)}) as raised
    on conflict (company_id, kind, subject) where resolved_at is null do update
      set what = excluded.what, meaning = excluded.meaning, action = excluded.action,
        last_seen_at = excluded.last_seen_at`.execute(tx);
}

/** Resolves open problems of a kind, except those of the subjects that still stand. */
export async function resolveProblems(
  tx: Tx,
  companyId: string,
  now: Date,
  kind: Problem['kind'],
  stillStanding: readonly string[] = [],
): Promise<void> {
  let query = tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null);
  if (stillStanding.length > 0) query = query.where('subject', 'not in', stillStanding);
  await query.execute();
}

/** Resolves the open problem of a kind and subject, if there is one. */
export async function resolveProblem(
  tx: Tx,
  companyId: string,
  now: Date,
  kind: Problem['kind'],
  subject: string,
): Promise<void> {
  await tx
    .updateTable('problem')
    .set({ resolved_at: now })
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('resolved_at', 'is', null)
    .execute();
}

/** Resolves the open problems of a kind and these subjects, in one statement. */
export async function resolveSubjects(
  tx: Tx,
  companyId: string,
  now: Date,
  kind: Problem['kind'],
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return;
  await sql`update problem set resolved_at = ${now}
    where company_id = ${companyId} and kind = ${kind} and resolved_at is null
      and subject = any(${[...subjects]}::text[])`.execute(tx);
}

/** An open problem of a customer, as far as one must know it to refresh or resolve it. */
export interface OpenProblem {
  readonly problem_id: string;
  readonly kind: string;
  readonly subject: string;
  readonly customer_id: string;
  readonly what: string;
}

/** The open problems of some customers and kinds. */
export async function openProblemsOf(
  tx: Tx,
  companyId: string,
  kinds: readonly Problem['kind'][],
  customerIds: readonly string[],
): Promise<readonly OpenProblem[]> {
  const { rows } = await sql<OpenProblem>`
    select problem_id, kind, subject, customer_id, what from problem
    where company_id = ${companyId} and customer_id = any(${binaryArray('text', customerIds)}::text[])
      and kind = any(${[...kinds]}::text[]) and resolved_at is null`.execute(tx);
  return rows;
}

/** Resolves these problems, in one statement. */
export async function resolveById(
  tx: Tx,
  companyId: string,
  now: Date,
  problemIds: readonly string[],
): Promise<void> {
  if (problemIds.length === 0) return;
  await sql`update problem set resolved_at = ${now}
    where company_id = ${companyId} and problem_id = any(${[...problemIds]}::uuid[])
      and resolved_at is null`.execute(tx);
}

/** The subjects of a kind's open problems, each with when it was last seen. */
export async function openSubjects(
  tx: Tx,
  companyId: string,
  kind: Problem['kind'],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .selectFrom('problem')
    .select(['subject', 'last_seen_at'])
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.subject, row.last_seen_at]));
}

/** Since when the company's oldest open problem of a kind stands; null: there is none. */
export async function openSince(tx: Tx, companyId: string, kind: Problem['kind']): Promise<Date | null> {
  const row = await tx
    .selectFrom('problem')
    .select('first_seen_at')
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null)
    .orderBy('first_seen_at')
    .limit(1)
    .executeTakeFirst();
  return row?.first_seen_at ?? null;
}
