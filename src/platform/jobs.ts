import {
  type LogFunctionFactory,
  Logger,
  type RunnerOptions,
  run,
  runOnce,
  type Task,
  type TaskList,
} from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { CallPurpose } from '../ports/call-gate.ts';
import type { Tx } from './db.ts';
import type { Log } from './log.ts';
import { freeDeadWorkers, registerWorkers, type WorkerRegistry } from './worker-registry.ts';

/**
 * The stages of a company's work, in their order. Each adds the next one's job inside its own transaction; all jobs
 * of a company run one after another, whatever the number of workers. `notices`
 * and `finish_disconnect` are no stages: the one tells the owners what they must know, the other tells the vendor that a
 * connection has ended if nobody did, and companies without a connection have them too.
 */
export const jobNames = [
  'sync',
  'reconcile',
  'plan',
  'deliver',
  'write_notes',
  'notices',
  'finish_disconnect',
] as const;
export type JobName = (typeof jobNames)[number];

export interface JobPayload {
  readonly companyId: string;
  /** sync, reconcile: for whom the ledger is read; absent: in the background. */
  readonly purpose?: CallPurpose;
  /** sync: read the ledger even if the last read is recent (a doorbell rang, a person asked, a tick). */
  readonly read?: boolean;
  /** sync, instead of `read`: only if the books are old by then, because somebody opened a page that shows them. */
  readonly look?: boolean;
  /** sync, with `read`: one read will do where it can show that nothing moved. */
  readonly quick?: boolean;
  /** reconcile, plan: every customer anew, because something about the whole company changed. */
  readonly all?: boolean;
  /** reconcile: lay the ledger's own sums beside ours whether that is due or not (R15). */
  readonly compare?: boolean;
}

/** `attempt` is 1 for the first try of a job. */
export type JobHandler = (payload: JobPayload, attempt: number) => Promise<void>;
export type JobHandlers = Readonly<Record<JobName, JobHandler>>;

/**
 * Adds a job inside the transaction that causes it. Jobs of the same name and company that wait already are one job
 * (their `read` wishes are kept: the later payload wins, and `sync` is asked again by its caller). With `afterSeconds`
 * (real time) it runs later, and is no reason for one without to wait.
 */
export async function addJob(tx: Tx, name: JobName, payload: JobPayload, afterSeconds = 0): Promise<void> {
  const key = `${keyOf(name, payload)}${afterSeconds > 0 ? ':later' : ''}`;
  await sql`select duly.add_job(${name}, ${JSON.stringify(payload)}::json, ${flagOf(payload.companyId)}, ${key},
    make_interval(secs => ${afterSeconds}))`.execute(tx);
}

/** The same job of many companies, in one statement. */
export async function addJobs(tx: Tx, name: JobName, companyIds: readonly string[]): Promise<void> {
  await sql`select duly.add_job(${name}, json_build_object('companyId', id), ${flagOf('')} || id, ${keyOf(name, { companyId: '' })} || id)
    from unnest(${companyIds}::text[]) as due (id)`.execute(tx);
}

function keyOf(name: JobName, { companyId, purpose, ...wishes }: JobPayload): string {
  const { read, look, quick, all, compare } = wishes;
  return `${name}:${companyId}${read === true ? ':read' : ''}${look === true ? ':look' : ''}${purpose === undefined ? '' : `:${purpose}`}${quick === true ? ':quick' : ''}${all === true ? ':all' : ''}${compare === true ? ':compare' : ''}`;
}

/** The mark by which a process passes over the jobs of companies that it is at work on. */
function flagOf(companyId: string): string {
  return `company:${companyId}`;
}

/** How the key of a job ends whose company another process is at work on. */
export const BUSY_KEY = ':busy';

/** So many seconds it waits: a moment, or, once it failed, as long as the library has it wait after so many attempts. */
function busySeconds(attempt: number): number {
  return attempt > 1 ? Math.exp(Math.min(attempt, 10)) : 0.3;
}

/** What a worker of this process runs: one job of a company at a time, over all processes. */
function taskList(pool: pg.Pool, handlers: JobHandlers, registry: WorkerRegistry): TaskList {
  const run =
    (name: JobName): Task =>
    async (given, { job }) => {
      const payload = given as JobPayload;
      const { companyId } = payload;
      if (!(await registry.take(companyId))) {
        const [key, seconds] = [keyOf(name, payload) + BUSY_KEY, busySeconds(job.attempts)];
        const values = [name, JSON.stringify(payload), flagOf(companyId), key, seconds];
        await pool.query('select duly.add_job($1, $2::json, $3, $4, make_interval(secs => $5))', values);
        return;
      }
      try {
        await handlers[name](payload, job.attempts);
      } finally {
        await registry.leave(companyId);
      }
    };
  return Object.fromEntries(jobNames.map((name) => [name, run(name)]));
}

/** What a worker and a drain of the queue have in common. */
function options(pool: pg.Pool, handlers: JobHandlers, registry: WorkerRegistry, log: Log): RunnerOptions {
  return {
    pgPool: pool,
    taskList: taskList(pool, handlers, registry),
    forbiddenFlags: () => registry.atWork().map(flagOf),
    noHandleSignals: true,
    logger: queueLogger(log),
    events: registry.events,
  };
}

/** What the queue says, in our log: its infos are our debugs. */
export function queueLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  const factory: LogFunctionFactory = () => (level, message) =>
    log[levels[level]]({ source: 'jobs' }, message);
  return new Logger(factory);
}

export interface Working {
  stop(): Promise<void>;
  /** Rejects when the worker ended by itself. */
  readonly ended: Promise<void>;
}

/** Works on jobs until stopped. The process's own shutdown stops it; it listens to no signals. */
export async function startWorker(
  pool: pg.Pool,
  handlers: JobHandlers,
  log: Log,
  concurrency = 4,
): Promise<Working> {
  await freeDeadWorkers(pool);
  const registry = await registerWorkers(pool);
  const runner = await run({ ...options(pool, handlers, registry, log), concurrency, pollInterval: 1_000 });
  return {
    async stop() {
      await runner.stop();
      await registry.close();
    },
    ended: runner.promise,
  };
}

/** Works on every job that can run now and returns when none is left. */
export async function drainJobs(pool: pg.Pool, handlers: JobHandlers, log: Log): Promise<void> {
  await freeDeadWorkers(pool);
  const registry = await registerWorkers(pool);
  try {
    await runOnce(options(pool, handlers, registry, log));
  } finally {
    await registry.close();
  }
}
