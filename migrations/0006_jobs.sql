-- Jobs are added inside the transaction that causes them. The queue belongs to its own library's schema, on which
-- our roles have no rights: this function is the only door, and it puts every job of a company in one named queue.
create function duly.add_job(task text, payload json, queue text, job_key text, run_after interval default '0')
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(
    task, payload, queue_name := queue, run_at := now() + run_after, job_key := job_key,
    job_key_mode := case when job_key is null then null else 'preserve_run_at' end);
end $$;
revoke all on function duly.add_job from public;
grant execute on function duly.add_job to duly_app, duly_system;

-- Which workers belong to which process; see src/platform/job-recovery.ts. Nobody's book, so no company_id.
create sequence worker_lock_key as integer cycle;
create table worker_process (
  worker_id text primary key,
  lock_key integer not null
);
