-- The jobs of a company run one after another because whoever runs one holds the company's lock
-- (src/platform/worker-registry.ts), and no longer because they stand in one named queue: to find a job the library locked
-- the rows of all queues, 20 ms with those of ten thousand companies. The flag lets a process pass over the jobs of
-- companies that it is at work on.
drop function duly.add_job;
create function duly.add_job(task text, payload json, flag text, job_key text, run_after interval default '0')
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(
    task, payload, flags := array[flag], run_at := now() + run_after, job_key := job_key,
    job_key_mode := case when job_key is null then null else 'preserve_run_at' end);
end $$;
revoke all on function duly.add_job from public;
grant execute on function duly.add_job to duly_app, duly_system;

-- jobs that wait since before: none may run without its company's flag
update graphile_worker._private_jobs
  set flags = jsonb_build_object('company:' || (payload ->> 'companyId'), true), job_queue_id = null
  where payload ->> 'companyId' is not null and locked_at is null;
