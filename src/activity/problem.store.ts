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
    | 'no_due_date'
    | 'credit_covers'
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
  const { kind, subject, what, meaning, action } = problem;
  await tx
    .insertInto('problem')
    .values({
      company_id: companyId,
      problem_id: newId(now),
      kind,
      subject,
      customer_id: problem.customerId ?? null,
      what,
      meaning,
      action,
      first_seen_at: now,
      last_seen_at: now,
    })
    .onConflict((oc) =>
      oc
        .columns(['company_id', 'kind', 'subject'])
        .where('resolved_at', 'is', null)
        .doUpdateSet({ what, meaning, action, last_seen_at: now }),
    )
    .execute();
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
