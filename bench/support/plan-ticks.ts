import { jobHandlers } from '../../src/app.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inCompany } from '../../src/platform/db.ts';
import { type JobHandlers, startWorker } from '../../src/platform/jobs.ts';
import { addDuePlans } from '../../src/platform/scheduler.ts';
import { fallDue, type ManyCompanies } from './many-companies.ts';

/** Companies with the product at work on them, on a server of their own. */
export interface Planned {
  readonly duly: Duly;
  readonly book: ManyCompanies;
}

export interface Tick {
  readonly seconds: number;
  readonly companies: number;
  readonly decisions: number;
  readonly touches: number;
  /** The same customers' open invoices read bare, one transaction a company. */
  readonly bareSeconds: number;
}

/**
 * One tick's planning after the day of `count` cases has come: the scheduler's own query finds the companies, the worker
 * plans each as its job, touches are written. What follows the plan (reading the ledger, sending) is not part of it.
 */
export async function tickOf({ duly, book }: Planned, round: number, count: number): Promise<Tick> {
  await fallDue(duly.pool, book, round, count);
  const bareSeconds = await bareRead(duly, book);
  await duly.pool.query('checkpoint');
  const before = await counts(duly);
  const started = performance.now();
  const companies = await planned(duly);
  const seconds = (performance.now() - started) / 1_000;
  const after = await counts(duly);
  const left = await duly.pool.query('select from plan_due where look_at <= $1', [book.now]);
  if (left.rowCount !== 0) throw new Error(`${left.rowCount} customers were not planned`);
  return {
    seconds,
    companies,
    decisions: after.decisions - before.decisions,
    touches: after.touches - before.touches,
    bareSeconds,
  };
}

/** Until the plan of every company that has somebody due is done; returns how many there were. */
async function planned(duly: Duly): Promise<number> {
  const done = Promise.withResolvers<void>();
  let [found, ended, added] = [0, 0, false];
  const count = async (): Promise<void> => {
    ended += 1;
    if (added && ended === found) done.resolve();
  };
  const nothing = async (): Promise<void> => undefined;
  const own = jobHandlers(duly);
  // `deliver` follows a plan in the same transaction, so each that comes is a plan that was done
  const handlers: JobHandlers = {
    ...own,
    sync: nothing,
    reconcile: nothing,
    write_notes: nothing,
    notices: nothing,
    finish_disconnect: nothing,
    deliver: count,
  };
  for (let more = 1; more > 0; found += more) more = await addDuePlans(duly);
  added = true;
  const worker = await startWorker(duly.pool, handlers, duly.log);
  if (found > 0) await Promise.race([done.promise, worker.ended]);
  await worker.stop();
  return found;
}

async function counts(duly: Duly): Promise<{ decisions: number; touches: number }> {
  const { rows } = await duly.pool.query<{ decisions: number; touches: number }>(
    'select (select count(*) from decision where decided_at = $1) as decisions, (select count(*) from touch) as touches',
    [duly.clock.now()],
  );
  return rows[0] ?? { decisions: 0, touches: 0 };
}

async function bareRead({ db, pool }: Duly, { now }: ManyCompanies): Promise<number> {
  const { rows } = await pool.query<{ company_id: string; ids: string[] }>(
    'select company_id, array_agg(customer_id) as ids from plan_due where look_at <= $1 group by 1',
    [now],
  );
  const started = performance.now();
  for (const { company_id: companyId, ids } of rows)
    await inCompany(db, companyId, (tx) =>
      tx
        .selectFrom('invoice')
        .select(['invoice_id', 'due_on', 'open_minor'])
        .where('company_id', '=', companyId)
        .where('customer_id', 'in', ids)
        .where('open_minor', '>', 0)
        .execute(),
    );
  return (performance.now() - started) / 1_000;
}
