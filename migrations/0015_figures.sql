-- A position keeps figures only. The invoices behind them, days late included, are derived by the same pure function
-- whenever somebody reads them: so nothing stored grows old by a night alone.
alter table position
  drop column lines,
  -- past due by age in days; their sum is past_due_minor
  add column late_1_30_minor bigint not null default 0,
  add column late_31_60_minor bigint not null default 0,
  add column late_61_90_minor bigint not null default 0,
  add column late_over_90_minor bigint not null default 0;

-- everybody once anew, with the ages
insert into stale_position (company_id, customer_id)
  select distinct company_id, customer_id from position on conflict do nothing;

-- who is past due, and who did not tie out, without a walk over everybody
create index position_past_due on position (company_id, customer_id) where past_due_minor > 0;
create index position_differs on position (company_id, customer_id) where not ties_out;
-- R12: down from a parent to those whose bills go to it
create index customer_parent on customer (company_id, parent_id) where bills_with_parent;
-- what counts against the debt of a customer: payments without their history, invoices below zero
create index payment_unapplied on payment (company_id, customer_id) where unapplied_minor > 0;
create index invoice_below_zero on invoice (company_id, customer_id) where open_minor < 0;
-- holds and rows that can't be read, of some customers
create index hold_invoice on hold (company_id, invoice_id) where lifted_at is null and scope = 'invoice';
create index hold_company on hold (company_id) where lifted_at is null and scope = 'company';
create index rejected_row_customer on rejected_row (company_id, customer_id);
-- problems of some customers
create index problem_customer on problem (company_id, customer_id, kind) where resolved_at is null;

-- whoever takes marks passes by those that somebody else is taking; whoever marks again is waited for
grant update on stale_position to duly_app;
