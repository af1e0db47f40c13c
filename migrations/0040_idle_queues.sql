-- A company's queue that is empty is forgotten (src/platform/idle-queues.ts): looking for a job locks the rows of all
-- queues that are free. It must not be forgotten between a job's finding it and that job's commit, so adding one shares
-- a lock until then, which forgetting wants for itself.
create or replace function duly.add_job(
  task text, payload json, queue text, job_key text, run_after interval default '0')
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('duly.add_job', 0));
  perform graphile_worker.add_job(
    task, payload, queue_name := queue, run_at := now() + run_after, job_key := job_key,
    job_key_mode := case when job_key is null then null else 'preserve_run_at' end);
end $$;
