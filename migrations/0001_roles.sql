-- Two roles that own nothing. Every transaction takes one of them before its first statement:
--   duly_app     sees the rows of one company, named by app.company_id;
--   duly_system  sees the catalogue: who exists and whose books are where, but no row of any book.
do $$ begin
  create role duly_app nologin nobypassrls;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  create role duly_system nologin nobypassrls;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  execute format('grant duly_app, duly_system to %I', current_user);
end $$;

create schema duly;
grant usage on schema duly to duly_app, duly_system;

-- The company of this transaction; null (so: no row at all) when none was named.
create function duly.company_id() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.company_id', true), '')::uuid $$;

-- Forces row-level security on a tenant table and grants the given rights to duly_app.
create procedure duly.protect(tenant_table regclass, rights text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format('create policy one_company on %s to duly_app using (company_id = duly.company_id()) with check (company_id = duly.company_id())', tenant_table);
  execute format('grant %s on %s to duly_app', rights, tenant_table);
end $$;
