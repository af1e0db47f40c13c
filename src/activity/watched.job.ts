import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { type JobHandlers, type JobName, type JobPayload, jobNames } from '../platform/jobs.ts';
import { settleJobFailed, showJobFailed } from './job-failure.store.ts';

/** A company's run ends with it. */
const lastStage: JobName = 'write_notes';

type WatchDuly = Pick<Duly, 'db' | 'clock' | 'log'>;

/**
 * The same handlers, watched: a job that throws stands on the company's problems page until one of its kind has gone
 * through. The error goes on to the queue, which tries again.
 */
export function watched(duly: WatchDuly, handlers: JobHandlers): JobHandlers {
  const entries = jobNames.map((job) => [
    job,
    async (payload: JobPayload, attempt: number) => {
      try {
        await handlers[job](payload, attempt);
      } catch (error) {
        duly.log.error({ err: error, companyId: payload.companyId, job, attempt }, 'a job broke off');
        await tell(duly, payload.companyId, job, showJobFailed);
        throw error;
      }
      // a new wish for the same job starts its count anew; whoever came to the last stage came through all of them
      if (attempt > 1 || job === lastStage) await tell(duly, payload.companyId, job, settleJobFailed);
    },
  ]);
  return Object.fromEntries(entries) as JobHandlers;
}

/** The database may be what failed: then the log alone says it. */
async function tell(
  duly: WatchDuly,
  companyId: string,
  job: JobName,
  write: typeof showJobFailed,
): Promise<void> {
  try {
    await inCompany(duly.db, companyId, (tx) => write(tx, companyId, job, duly.clock.now()));
  } catch (error) {
    duly.log.error({ err: error, companyId, job }, 'a failed job could not be shown');
  }
}
