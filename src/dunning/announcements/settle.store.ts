import { record } from '../../activity/activity.store.ts';
import { openSubjects, resolveProblem } from '../../activity/problem.store.ts';
import { getCompany } from '../../companies/company.store.ts';
import { markEverybody } from '../../companies/plan-due.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { addJob } from '../../platform/jobs.ts';
import { consequenceName } from '../../policies/consequences/consequence.ts';
import type { Announcement } from './announcement.ts';
import { holdHandedOver } from './handed-over.store.ts';
import { readAnnouncements } from './read.store.ts';
import { dropRepetitions } from './repeated.store.ts';
import { tellWithdrawn } from './withdrawal.store.ts';

/**
 * A person did what was announced (`done`; with an agency or a court, a legal hold stands from then on), or takes it back
 * (`withdrawn`: the customer is told by e-mail). `note`: what was done, or why not. Throws UserError not_found, bad_input for an empty note, conflict when it is settled already or
 * its day has not come (`done`).
 */
export async function settleAnnouncement(
  tx: Tx,
  companyId: string,
  announcementId: string,
  said: { readonly as: 'done' | 'withdrawn'; readonly note: string },
  by: string,
  now: Date,
): Promise<void> {
  const note = said.note.trim().slice(0, 500);
  const [row] = await readAnnouncements(tx, companyId, { announcementId });
  if (row === undefined) throw noAnnouncement();
  const company = await getCompany(tx, companyId);
  const today = dayAt(now, company.time_zone);
  if (note === '')
    throw new UserError(
      'bad_input',
      said.as === 'done' ? 'What was done is missing.' : 'Why it is withdrawn is missing.',
      'Say it in a few words; it stands in the record.',
      'note',
    );
  if (said.as === 'done' && today < row.actOn)
    throw new UserError(
      'conflict',
      `The customer was given until then: it was announced for ${row.actOn}.`,
      'Do it on that day or later, or withdraw it.',
    );
  await close(tx, companyId, row, { as: said.as, note, by, today });
  for (const kind of ['consequence_due', 'consequence_broken'] as const)
    await resolveProblem(tx, companyId, now, kind, announcementId);
  const name = consequenceName(row.kind);
  await record(tx, companyId, now, [
    {
      kind: said.as === 'done' ? 'consequence_done' : 'consequence_withdrawn',
      actor: by,
      summary: said.as === 'done' ? `Done as announced: ${name}. ${note}` : `Withdrawn: ${name}. ${note}`,
      customerId: row.customerId,
      caseId: row.caseId,
      touchId: row.touchId,
    },
  ]);
  await dropRepetitions(tx, companyId, row, { as: said.as, by }, now);
  if (said.as === 'withdrawn') await tellWithdrawn(tx, company, row, by, now);
  else await holdHandedOver(tx, companyId, row, { note, by, today }, now);
  await markEverybody(tx, companyId);
  await addJob(tx, 'plan', { companyId });
}

/**
 * P8: a person told the customer of a withdrawal that Duly could not tell. Throws UserError bad_input for an empty note,
 * conflict when nothing of it is left to tell.
 */
export async function toldByHand(
  tx: Tx,
  companyId: string,
  announcementId: string,
  said: string,
  by: string,
  now: Date,
): Promise<void> {
  const note = said.trim().slice(0, 500);
  const [row] = await readAnnouncements(tx, companyId, { announcementId });
  if (row === undefined) throw noAnnouncement();
  if (note === '')
    throw new UserError(
      'bad_input',
      'How the customer was told is missing.',
      'Say it in a few words; it stands in the record.',
      'note',
    );
  if (!(await openSubjects(tx, companyId, 'tell_withdrawn')).has(announcementId))
    throw new UserError('conflict', 'The customer knows already.', 'Load the page again.');
  await resolveProblem(tx, companyId, now, 'tell_withdrawn', announcementId);
  await record(tx, companyId, now, [
    {
      kind: 'consequence_withdrawn',
      actor: by,
      summary: `Told the customer that it is withdrawn: ${consequenceName(row.kind)}. ${note}`,
      customerId: row.customerId,
      caseId: row.caseId,
      touchId: row.touchId,
    },
  ]);
}

function noAnnouncement(): UserError {
  return new UserError('not_found', 'There is no such announcement.', 'Load the page again.');
}

async function close(
  tx: Tx,
  companyId: string,
  row: Announcement,
  said: {
    readonly as: 'done' | 'withdrawn';
    readonly note: string;
    readonly by: string;
    readonly today: string;
  },
): Promise<void> {
  const result = await tx
    .updateTable('announcement')
    .set({ state: said.as, settled_on: said.today, settled_by: said.by, note: said.note })
    .where('company_id', '=', companyId)
    .where('announcement_id', '=', row.announcementId)
    .where('state', 'in', ['announced', 'broken'])
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n)
    throw new UserError(
      'conflict',
      row.state === 'not_needed'
        ? 'It is not needed any more: what it was about is settled.'
        : row.state === 'unheard'
          ? 'Its message came back: the customer was never told, so there is nothing to settle.'
          : `${row.settledBy ?? 'Somebody'} has settled it already.`,
      'Load the page again.',
    );
}
