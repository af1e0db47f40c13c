import type { JobHandler, JobHandlers } from '../../src/platform/jobs.ts';

/** Every job done by the same handler. */
export function handlers(handler: JobHandler): JobHandlers {
  return {
    sync: handler,
    reconcile: handler,
    plan: handler,
    deliver: handler,
    write_notes: handler,
    notices: handler,
    finish_disconnect: handler,
  };
}
