-- A plan that waits because another process is at work on its company is asked for already (src/platform/jobs.ts).
create or replace function duly.companies_to_plan(until timestamptz, most integer) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select due.company_id from (select distinct company_id from plan_due where look_at <= until) due
    join connection c on c.company_id = due.company_id and c.state = 'healthy'
  where not exists (select from graphile_worker._private_jobs j
    where j.key in ('plan:' || due.company_id, 'plan:' || due.company_id || ':busy') and j.attempts < j.max_attempts)
  limit most
$$;
