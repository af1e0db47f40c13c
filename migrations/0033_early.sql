-- A step on the due date comes before anything is past due, too (SEQ-03); and a customer's own policy can have statements
-- that the company's has not (P27).
create or replace function duly.plans_early(company uuid) returns boolean language sql stable as $$
  select coalesce((select jsonb_path_exists(body, '$.**.offsetDays ? (@ <= 0)')
      or jsonb_path_exists(body, '$.**.forWhom ? (@ != "nobody")')
    from policy where company_id = company order by version desc limit 1), false)
  or exists (select from customer_policy where company_id = company
    and jsonb_path_exists(body, '$.settings.statement.forWhom ? (@ != "nobody")'))
$$;

-- everybody once: whom it was forgotten for
insert into plan_due (company_id, customer_id, look_at) select company_id, '', '-infinity' from company
on conflict (company_id, customer_id) do update set look_at = '-infinity';
