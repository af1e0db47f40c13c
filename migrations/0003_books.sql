-- The mirror of the ledger. Keys are the ledger's own ids. Nothing here is ever computed by us (R2).
create table customer (
  company_id uuid not null references company,
  customer_id text not null,
  name text not null,
  first_name text,
  emails text[] not null,
  contacts jsonb not null,
  phone text,
  parent_id text,
  bills_with_parent boolean not null,
  active boolean not null,
  merged_into_id text,
  country text,
  region text,
  ledger_balance_minor bigint,
  balance_currency text,
  -- ours, not the ledger's: it survives every sync
  debtor_type text not null default 'unknown' check (debtor_type in ('business', 'sole_trader', 'consumer', 'unknown')),
  debtor_type_by text,
  changed_at timestamptz not null,
  version text not null,
  primary key (company_id, customer_id)
);

create table invoice (
  company_id uuid not null references company,
  invoice_id text not null,
  number text,
  customer_id text not null,
  issued_on date not null,
  due_on date,
  currency text not null,
  total_minor bigint not null,
  open_minor bigint not null,
  status text not null check (status in ('draft', 'open', 'closed', 'void', 'deleted')),
  sent text not null check (sent in ('yes', 'no', 'unknown')),
  reference text,
  emails text[] not null,
  changed_at timestamptz not null,
  version text not null,
  primary key (company_id, invoice_id)
);
create index invoice_customer on invoice (company_id, customer_id) where open_minor > 0;

create table payment (
  company_id uuid not null references company,
  payment_id text not null,
  customer_id text,
  paid_on date not null,
  currency text not null,
  total_minor bigint not null,
  unapplied_minor bigint not null,
  status text not null check (status in ('valid', 'void', 'deleted')),
  allocations jsonb not null,
  -- when we first saw it: the case rests after a payment (R5)
  seen_at timestamptz not null,
  changed_at timestamptz not null,
  version text not null,
  primary key (company_id, payment_id)
);
create index payment_customer on payment (company_id, customer_id);

create table credit (
  company_id uuid not null references company,
  credit_id text not null,
  kind text not null check (kind in ('credit_note', 'overpayment', 'prepayment')),
  customer_id text not null,
  issued_on date not null,
  currency text not null,
  total_minor bigint not null,
  remaining_minor bigint not null,
  status text not null check (status in ('draft', 'open', 'closed', 'void', 'deleted')),
  allocations jsonb not null,
  changed_at timestamptz not null,
  version text not null,
  primary key (company_id, credit_id)
);
create index credit_customer on credit (company_id, customer_id) where remaining_minor > 0;

create table sync_cursor (
  company_id uuid primary key references company,
  cursor text not null,
  -- false while the first sync is still under way: the cursor then says where to resume
  complete boolean not null,
  full_read_at timestamptz,
  updated_at timestamptz not null
);

create table rejected_row (
  company_id uuid not null references company,
  kind text not null check (kind in ('customer', 'invoice', 'payment', 'credit')),
  row_id text not null,
  customer_id text,
  reason text not null,
  seen_at timestamptz not null,
  primary key (company_id, kind, row_id)
);

call duly.protect('customer', 'select, insert, update, delete');
call duly.protect('invoice', 'select, insert, update, delete');
call duly.protect('payment', 'select, insert, update, delete');
call duly.protect('credit', 'select, insert, update, delete');
call duly.protect('sync_cursor', 'select, insert, update, delete');
call duly.protect('rejected_row', 'select, insert, update, delete');
