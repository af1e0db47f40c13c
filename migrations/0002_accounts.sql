-- The catalogue: accounts, their people, their companies, and the right to each company's books.
create table account (
  account_id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null
);

create table person (
  person_id uuid primary key,
  name text not null,
  email text not null,
  created_at timestamptz not null
);

-- Who a person is at a vendor. Matched by subject only: an e-mail address proves nothing.
create table identity (
  provider text not null,
  subject text not null,
  person_id uuid not null references person,
  email text not null,
  email_verified boolean not null,
  last_seen_at timestamptz not null,
  primary key (provider, subject)
);
create index identity_person on identity (person_id);

create table membership (
  account_id uuid not null references account,
  person_id uuid not null references person,
  role text not null check (role in ('owner', 'bookkeeper', 'sales', 'accountant')),
  created_at timestamptz not null,
  primary key (account_id, person_id)
);
create index membership_person on membership (person_id);

-- The cookie holds a random value; only its SHA-256 is stored.
create table session (
  session_hash bytea primary key,
  person_id uuid not null references person,
  account_id uuid not null references account,
  csrf_token text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);

-- One row per "Connect" or "Sign in" click: single use, short-lived, bound to the browser that clicked.
create table sign_in_attempt (
  state_hash bytea primary key,
  provider text not null,
  purpose text not null check (purpose in ('connect', 'sign_in')),
  browser_hash bytea not null,
  person_id uuid references person,
  account_id uuid references account,
  -- reconnecting these books and no others
  company_id uuid,
  nonce text not null,
  code_verifier_enc bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- One set of tokens per authorisation of a person at a vendor; sibling companies may share it.
create table token_set (
  token_set_id uuid primary key,
  provider text not null,
  subject text not null,
  access_token_enc bytea not null,
  access_expires_at timestamptz not null,
  refresh_token_enc bytea not null,
  refresh_expires_at timestamptz,
  hard_expires_at timestamptz,
  -- grows with each stored grant: a refresh that lost the race sees it
  generation integer not null default 1,
  -- one refresh at a time over all processes; a lease, so that a dead process frees it
  refreshing_until timestamptz,
  updated_at timestamptz not null
);

create table company (
  company_id uuid primary key,
  account_id uuid not null references account,
  name text not null,
  legal_name text not null,
  country text not null,
  region text,
  time_zone text not null,
  -- the ledger did not say, so a person was or must be asked
  time_zone_confirmed boolean not null default true,
  base_currency text not null,
  postal_address text not null,
  email text,
  phone text,
  locked_until date,
  ledger_reminders_on boolean,
  mode text not null default 'preview' check (mode in ('preview', 'approve', 'autopilot')),
  -- R13: the business says that it sends its invoices outside the ledger
  invoices_sent_elsewhere_by text,
  invoices_sent_elsewhere_at timestamptz,
  -- section 6: the business states that all its customers are businesses
  all_businesses_by text,
  all_businesses_at timestamptz,
  first_batch_released_at timestamptz,
  sync_state text not null default 'never' check (sync_state in ('never', 'running', 'ready', 'failed')),
  sync_stage text,
  sync_rows integer not null default 0,
  sync_rows_total integer,
  sync_problem text,
  -- when the books were last read to their end without an error (R9)
  books_read_at timestamptz,
  -- when our sums were last compared with the ledger's own (R15)
  tied_out_at timestamptz,
  -- the next instant at which anything may have to be done: the only thing a quiet company costs
  next_run_at timestamptz,
  created_at timestamptz not null
);
create index company_due on company (next_run_at) where next_run_at is not null;
create index company_account on company (account_id);

create table connection (
  company_id uuid primary key references company,
  provider text not null,
  token_set_id uuid references token_set,
  -- keyed hash of the vendor's id of the books: found by it, not readable from it
  ledger_ref_hash bytea not null,
  ledger_ref_enc bytea not null,
  connection_ref_enc bytea,
  state text not null check (state in ('healthy', 'reconnect_needed', 'disconnected')),
  state_since timestamptz not null,
  problem text,
  connected_at timestamptz not null,
  unique (provider, ledger_ref_hash)
);
create index connection_token_set on connection (token_set_id);

create table api_key (
  api_key_hash bytea primary key,
  company_id uuid not null references company,
  label text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Rings of the vendors' doorbells, stored before they are answered.
create table webhook_event (
  provider text not null,
  event_id text not null,
  ledger_ref_hash bytea,
  received_at timestamptz not null,
  primary key (provider, event_id)
);

grant select, insert, update, delete on account, person, identity, membership, session, sign_in_attempt,
  token_set, company, connection, api_key, webhook_event to duly_system;

-- A company sees and changes its own line, and reads its connection's state.
alter table company enable row level security;
alter table company force row level security;
create policy one_company on company to duly_app using (company_id = duly.company_id()) with check (company_id = duly.company_id());
create policy catalogue on company to duly_system using (true) with check (true);
grant select, update on company to duly_app;

alter table connection enable row level security;
alter table connection force row level security;
create policy one_company on connection to duly_app using (company_id = duly.company_id()) with check (company_id = duly.company_id());
create policy catalogue on connection to duly_system using (true) with check (true);
grant select on connection to duly_app;
