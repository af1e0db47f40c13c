-- P8: what the business will do when it says that it will. One row a kind; who answers for it, how long after the last
-- day given it is done, and what doing it means. Only what somebody approved, with name and date, can be announced.
create table consequence (
  company_id uuid not null references company,
  kind text not null check (kind in
    ('interest', 'stop_supply', 'agency', 'court', 'credit_bureau', 'withdraw_terms')),
  owner_name text not null,
  owner_email text,
  -- calendar days after the day by which the reader is asked to pay
  lead_days integer not null check (lead_days between 1 and 180),
  doing text not null,
  approved_by text not null,
  approved_on date not null,
  active boolean not null,
  changed_at timestamptz not null,
  primary key (company_id, kind)
);

-- What was announced to a customer and what became of it.
create table announcement (
  company_id uuid not null references company,
  announcement_id uuid not null,
  kind text not null,
  case_id uuid not null,
  customer_id text not null,
  currency text not null,
  touch_id uuid not null,
  -- as the customer read it
  words text not null,
  announced_on date not null,
  act_on date not null,
  owner_name text not null,
  doing text not null,
  state text not null check (state in ('announced', 'done', 'withdrawn', 'broken', 'not_needed')),
  settled_on date,
  settled_by text,
  note text,
  primary key (company_id, announcement_id),
  foreign key (company_id, touch_id) references touch
);
-- one message announces one thing, once
create unique index announcement_touch on announcement (company_id, touch_id);
create index announcement_live on announcement (company_id, customer_id) where state in ('announced', 'broken');

-- The consequence that a message carried, kept with its bytes until it was accepted.
alter table touch add column announces jsonb;

call duly.protect('consequence', 'select, insert, update');
call duly.protect('announcement', 'select, insert, update');
