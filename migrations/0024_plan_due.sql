-- When each customer is to be planned next: only who is due is looked at, whatever the size of the book. A mark is
-- '-infinity': due by every clock. The customer '' stands for everybody: whatever changes the whole company is one row.
create table plan_due (
  company_id uuid not null references company,
  customer_id text not null,
  look_at timestamptz not null,
  primary key (company_id, customer_id)
);
-- a company's due customers, and the companies that have any
create index plan_due_company on plan_due (company_id, look_at);
create index plan_due_at on plan_due (look_at, company_id);
call duly.protect('plan_due', 'select, insert, update, delete');

-- everybody once: what stands was planned before anything was marked
insert into plan_due (company_id, customer_id, look_at) select company_id, '', '-infinity' from company;

-- The companies that have somebody to plan at `until`, that may reach their books, and whose plan does not wait in the
-- queue already. It looks at all companies, so it is no query of a tenant: the one door to it is here.
create function duly.companies_to_plan(until timestamptz, most integer) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select due.company_id from (select distinct company_id from plan_due where look_at <= until) due
    join connection c on c.company_id = due.company_id and c.state = 'healthy'
  where not exists (select from graphile_worker._private_jobs j
    where j.key = 'plan:' || due.company_id and j.attempts < j.max_attempts)
  limit most
$$;
revoke all on function duly.companies_to_plan from public;
grant execute on function duly.companies_to_plan to duly_system;

-- Whether anything of this company's policy happens before an invoice is past due: a step before the due date, a statement.
create function duly.plans_early(company uuid) returns boolean language sql stable as $$
  select coalesce((select jsonb_path_exists(body, '$.**.offsetDays ? (@ < 0)')
      or jsonb_path_exists(body, '$.**.forWhom ? (@ != "nobody")')
    from policy where company_id = company order by version desc limit 1), false)
$$;

-- the volume of a day (S4), without a walk over all touches ever
create index touch_created on touch (company_id, created_at);
create index touch_bounced on touch (company_id, customer_id) where delivery = 'bounced' or state = 'failed';
