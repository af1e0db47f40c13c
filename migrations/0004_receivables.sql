-- What a customer owes in one currency, with the invoices behind each figure. Recomputed, never edited.
create table position (
  company_id uuid not null references company,
  customer_id text not null,
  currency text not null,
  open_minor bigint not null,
  not_due_minor bigint not null,
  past_due_minor bigint not null,
  held_minor bigint not null,
  credits_minor bigint not null,
  -- past due − held − credits, never below zero: what a reminder asks for
  ask_minor bigint not null,
  oldest_due_on date,
  -- one entry per open invoice: figures, days late, and why it is or isn't asked for
  lines jsonb not null,
  -- holds that stop the whole customer, with their reasons
  holds jsonb not null,
  ledger_minor bigint,
  ties_out boolean not null,
  -- the next day on which the figures change by themselves (something falls due, a hold ends)
  next_event_on date,
  computed_on date not null,
  computed_at timestamptz not null,
  primary key (company_id, customer_id, currency)
);
create index position_next_event on position (company_id, next_event_on) where next_event_on is not null;

-- Customers whose position must be computed anew: something of theirs changed.
create table stale_position (
  company_id uuid not null references company,
  customer_id text not null,
  primary key (company_id, customer_id)
);

-- Facts that people (or the ledger) stated. Derived holds are not stored, they follow from the figures.
create table hold (
  company_id uuid not null references company,
  hold_id uuid not null,
  kind text not null check (kind in ('dispute', 'promise', 'pause', 'do_not_contact', 'reply', 'stopped')),
  scope text not null check (scope in ('company', 'customer', 'invoice')),
  customer_id text,
  invoice_id text,
  reason text not null,
  set_by text not null,
  amount_minor bigint,
  starts_on date not null,
  -- the last day of the hold, in the company's zone; null: until somebody lifts it
  ends_on date,
  lifted_at timestamptz,
  lifted_by text,
  created_at timestamptz not null,
  primary key (company_id, hold_id),
  check (scope <> 'customer' or customer_id is not null),
  check (scope <> 'invoice' or invoice_id is not null)
);
create index hold_active on hold (company_id, customer_id) where lifted_at is null;

-- What a person should look at. One open row per kind and subject; it resolves by itself or by a person.
create table problem (
  company_id uuid not null references company,
  problem_id uuid not null,
  kind text not null,
  subject text not null,
  customer_id text,
  what text not null,
  meaning text not null,
  action text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  resolved_at timestamptz,
  primary key (company_id, problem_id)
);
create unique index problem_open on problem (company_id, kind, subject) where resolved_at is null;

-- Everything that happened. Nobody may change or delete a line of it.
create table activity (
  company_id uuid not null references company,
  activity_id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  customer_id text,
  invoice_id text,
  case_id uuid,
  touch_id uuid,
  summary text not null,
  data jsonb not null,
  primary key (company_id, activity_id)
);
create index activity_customer on activity (company_id, customer_id, at);
create index activity_at on activity (company_id, at);

create function duly.activity_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'activity is append-only';
end $$;
create trigger append_only before update or delete or truncate on activity
  for each statement execute function duly.activity_is_append_only();

call duly.protect('position', 'select, insert, update, delete');
call duly.protect('stale_position', 'select, insert, delete');
call duly.protect('hold', 'select, insert, update');
call duly.protect('problem', 'select, insert, update');
call duly.protect('activity', 'select, insert');
