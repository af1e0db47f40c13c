import type { Tx } from '../platform/db.ts';
import type { JobName } from '../platform/jobs.ts';
import { raiseProblem, resolveProblem, resolveProblems } from './problem.store.ts';

/** What a job does, in the words of a person. */
const workOf: Readonly<Record<JobName, string>> = {
  sync: 'reading the books',
  reconcile: 'working out what is past due',
  plan: 'planning the reminders',
  deliver: 'sending reminders',
  write_notes: 'writing notes into the ledger',
  notices: 'telling the owners',
  finish_disconnect: 'telling the ledger that it is disconnected',
};

/** A job broke off for a reason of our own; a ledger's refusal never comes to this. It is tried again by itself. */
export async function showJobFailed(tx: Tx, companyId: string, job: JobName, now: Date): Promise<void> {
  await raiseProblem(tx, companyId, now, {
    kind: 'job_failed',
    subject: job,
    what: `Duly broke off while ${workOf[job]}, because of a fault of its own.`,
    meaning: 'Nothing is lost and nothing goes out unchecked. What comes after this step waits.',
    action: 'Nothing for now: Duly tries again by itself. If this stays for an hour, tell Duly’s support.',
  });
}

/** The job went through after all, and with the last stage of a company's run all that lie before it. */
export async function settleJobFailed(tx: Tx, companyId: string, job: JobName, now: Date): Promise<void> {
  if (job === 'write_notes')
    await resolveProblems(tx, companyId, now, 'job_failed', ['notices', 'finish_disconnect']);
  else await resolveProblem(tx, companyId, now, 'job_failed', job);
}
