-- How the business looks and who speaks for it.
create table brand (
  company_id uuid primary key references company,
  name text not null,
  colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
  logo bytea,
  logo_type text check (logo_type in ('image/png', 'image/jpeg', 'image/svg+xml')),
  style text not null default 'own' check (style in ('own', 'service')),
  service_name text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text,
  postal_address text not null,
  ways_to_pay text not null default '',
  updated_at timestamptz not null
);

-- Versioned: a decision names the version it used. The highest version is in force.
create table policy (
  company_id uuid not null references company,
  version integer not null,
  body jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, version)
);

-- A customer × currency being pursued.
create table dunning_case (
  company_id uuid not null references company,
  case_id uuid not null,
  customer_id text not null,
  currency text not null,
  reference text not null,
  state text not null check (state in ('open', 'closed')),
  close_reason text,
  opened_on date not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- the next instant at which a touch may be due: the timer of the case
  next_at timestamptz,
  primary key (company_id, case_id)
);
create unique index case_open on dunning_case (company_id, customer_id, currency) where state = 'open';
create index case_due on dunning_case (company_id, next_at) where state = 'open';
create index case_customer on dunning_case (company_id, customer_id);

-- What was or wasn't done for a customer on a day, by which rule, on which figures. Last decision of the day.
create table decision (
  company_id uuid not null references company,
  customer_id text not null,
  currency text not null,
  decided_on date not null,
  decided_at timestamptz not null,
  verdict text not null check (verdict in ('touch', 'wait', 'held', 'nothing_due')),
  reasons jsonb not null,
  step_key text,
  next_at timestamptz,
  policy_version integer not null,
  primary key (company_id, customer_id, currency, decided_on)
);

create table touch (
  company_id uuid not null references company,
  touch_id uuid not null,
  case_id uuid not null,
  customer_id text not null,
  currency text not null,
  step_key text not null,
  step_number integer not null,
  channel text not null check (channel in ('email')),
  style text not null check (style in ('own', 'service')),
  recipient_name text not null,
  recipient_email text not null,
  -- sorted invoice ids: part of what makes the touch unique
  invoice_set text not null,
  state text not null check (state in
    ('planned', 'awaiting_approval', 'approved', 'reserved', 'sent', 'failed', 'uncertain', 'cancelled')),
  state_reason text,
  ask_minor bigint not null,
  planned_for timestamptz not null,
  created_at timestamptz not null,
  approved_at timestamptz,
  approved_by text,
  reserved_at timestamptz,
  attempts integer not null default 0,
  uncertain_at timestamptz,
  lookups integer not null default 0,
  last_lookup_at timestamptz,
  sent_at timestamptz,
  provider_message_id text,
  message_id text,
  -- delivery events of the mail provider: delivered, bounced, complained
  delivery text,
  delivery_at timestamptz,
  primary key (company_id, touch_id),
  foreign key (company_id, case_id) references dunning_case
);
-- S8: one row per case, step, invoice set, channel and recipient; a cancelled or failed one never left, so it does
-- not stand in the way of its successor.
create unique index touch_once on touch (company_id, case_id, step_key, invoice_set, channel, recipient_email)
  where state not in ('cancelled', 'failed');
create index touch_open on touch (company_id, state) where state not in ('sent', 'cancelled', 'failed');
create index touch_customer on touch (company_id, customer_id, sent_at);
create index touch_sent on touch (company_id, sent_at) where sent_at is not null;

create table touch_invoice (
  company_id uuid not null references company,
  touch_id uuid not null,
  invoice_id text not null,
  step_key text not null,
  open_minor bigint not null,
  days_late integer not null,
  primary key (company_id, touch_id, invoice_id),
  foreign key (company_id, touch_id) references touch
);
create index touch_invoice_invoice on touch_invoice (company_id, invoice_id);

-- The exact bytes of what was sent (P20).
create table message (
  company_id uuid not null references company,
  touch_id uuid not null,
  from_name text not null,
  from_email text not null,
  reply_to text not null,
  subject text not null,
  html text not null,
  text text not null,
  composed_at timestamptz not null,
  primary key (company_id, touch_id),
  foreign key (company_id, touch_id) references touch
);

-- S10: the write-back's own outbox: one note per touch and invoice.
create table note (
  company_id uuid not null references company,
  touch_id uuid not null,
  invoice_id text not null,
  marker text not null,
  text text not null,
  idempotency_key text not null,
  state text not null check (state in ('pending', 'written', 'failed', 'skipped')),
  attempts integer not null default 0,
  first_attempt_at timestamptz,
  next_attempt_at timestamptz not null,
  written_at timestamptz,
  ledger_note_id text,
  failure text,
  primary key (company_id, touch_id, invoice_id),
  foreign key (company_id, touch_id) references touch
);
create index note_pending on note (company_id, next_attempt_at) where state = 'pending';

call duly.protect('brand', 'select, insert, update');
call duly.protect('policy', 'select, insert');
call duly.protect('dunning_case', 'select, insert, update');
call duly.protect('decision', 'select, insert, update');
call duly.protect('touch', 'select, insert, update');
call duly.protect('touch_invoice', 'select, insert');
call duly.protect('message', 'select, insert, update');
call duly.protect('note', 'select, insert, update');
