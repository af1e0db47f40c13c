import { sql } from 'kysely';
import { type Problem, raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Difference } from './compare.ts';
import type { StandingRow } from './standing.store.ts';

/** So much of the latest sending is checked: more than a week, so that no run that broke off leaves a gap. */
const CHECKED_MS = 8 * 24 * 3_600_000;

/**
 * Every sent touch has its note on every invoice that it covered, or a problem (S10). Notes are checked after every
 * run that may have sent something, so only the last eight days of sending are gone through, and what was found
 * missing before: that stays a problem until its note is there.
 */
export async function checkNotes(tx: Tx, companyId: string, now: Date): Promise<void> {
  const last = await tx
    .selectFrom('touch')
    .select((eb) => eb.fn.max('sent_at').as('at'))
    .where('company_id', '=', companyId)
    .where('sent_at', 'is not', null)
    .executeTakeFirst();
  // a value, not a subquery: the planner then sees that few rows are meant and takes the index
  const since = new Date((last?.at ?? now).getTime() - CHECKED_MS);
  const { rows } = await sql<{ touch_id: string; invoice_id: string; customer_id: string }>`
    with doubtful as (
      select touch_id from touch where company_id = ${companyId} and state = 'sent' and sent_at >= ${since}
      union
      select split_part(subject, ' ', 1)::uuid from problem
        where company_id = ${companyId} and kind = 'note_missing' and resolved_at is null)
    select ti.touch_id, ti.invoice_id, t.customer_id from doubtful
    join touch t on t.company_id = ${companyId} and t.touch_id = doubtful.touch_id
    join touch_invoice ti on ti.company_id = ${companyId} and ti.touch_id = doubtful.touch_id
    left join note n on n.company_id = ${companyId} and n.touch_id = ti.touch_id and n.invoice_id = ti.invoice_id
    where n.touch_id is null`.execute(tx);
  for (const row of rows) {
    await raiseProblem(tx, companyId, now, {
      kind: 'note_missing',
      subject: `${row.touch_id} ${row.invoice_id}`,
      customerId: row.customer_id,
      what: 'A sent reminder has no note on one of its invoices.',
      meaning: 'The ledger does not show everything that was said.',
      action: 'Tell Duly’s support: this should not happen.',
    });
  }
  const standing = rows.map((row) => `${row.touch_id} ${row.invoice_id}`);
  await resolveProblems(tx, companyId, now, 'note_missing', standing);
}

/** What a person may want to know for a week; it can't be undone, so it doesn't stand on the screen for ever. */
const SHOWN_MS = 7 * 24 * 3_600_000;
/** So many are told one by one; more are told together. */
const ONE_BY_ONE = 3;

/** Says in words where notes in the ledger differ from what was written. Duly changes nothing there by itself. */
export async function showDifferences(
  tx: Tx,
  companyId: string,
  now: Date,
  differing: readonly StandingRow[],
  ledger: string,
): Promise<void> {
  const recent = differing.filter(
    ({ differsSince }) => differsSince !== null && now.getTime() - differsSince.getTime() < SHOWN_MS,
  );
  const problems = [...Map.groupBy(recent, ({ differs }) => differs)].flatMap(([differs, notes]) =>
    differs === null ? [] : problemsOf(differs, notes, ledger),
  );
  for (const problem of problems) await raiseProblem(tx, companyId, now, problem);
  await resolveProblems(
    tx,
    companyId,
    now,
    'note_differs',
    problems.map((problem) => problem.subject),
  );
}

function problemsOf(differs: Difference, notes: readonly StandingRow[], ledger: string): readonly Problem[] {
  const words = { kind: 'note_differs', ...wordsOf[differs](ledger) } as const;
  if (notes.length > ONE_BY_ONE) {
    const what = `${notes.length} notes of Duly’s ${words.many}`;
    return [{ kind: words.kind, subject: differs, what, meaning: words.meaning, action: words.action }];
  }
  return notes.map((note) => ({
    kind: words.kind,
    subject: `${differs} ${note.touchId} ${note.invoiceId}`,
    customerId: note.customerId,
    what: `A note of Duly’s on invoice ${note.invoiceNumber} ${words.one}`,
    meaning: words.meaning,
    action: words.action,
  }));
}

interface Words {
  readonly one: string;
  readonly many: string;
  readonly meaning: string;
  readonly action: string;
}

const wordsOf: Readonly<Record<Difference, (ledger: string) => Words>> = {
  removed: (ledger) => ({
    one: `was removed from ${ledger} by somebody.`,
    many: `were removed from ${ledger} by somebody.`,
    meaning: 'The customer got the message all the same. It stands on the customer’s page here.',
    action: 'Nothing to do: Duly doesn’t write them again.',
  }),
  changed: (ledger) => ({
    one: `was rewritten in ${ledger} by somebody.`,
    many: `were rewritten in ${ledger} by somebody.`,
    meaning: 'What was really said stands on the customer’s page here, to the word.',
    action: 'Nothing to do: Duly leaves them as they are.',
  }),
  twice: (ledger) => ({
    one: `stands in ${ledger} more than once.`,
    many: `stand in ${ledger} more than once.`,
    meaning: 'The message was sent once; only the note was written, or copied, again.',
    action: 'If the copy is in the way and the ledger lets you, delete it there.',
  }),
  missing: (ledger) => ({
    one: `was written, but ${ledger} does not show it.`,
    many: `were written, but ${ledger} does not show them.`,
    meaning: 'The customer got the message; only the ledger does not show it.',
    action: 'Duly looks again every day for a week. You can add the note by hand.',
  }),
};
