-- Reading both ledgers completely and cheaply.
alter table customer add column terms text;
alter table invoice add column terms text;

alter table company
  -- names of payment terms by the ledger's id, for rows that carry the id alone
  add column terms jsonb not null default '{}',
  -- R14: when the ledger last said whether it sends reminders of its own
  add column reminders_read_at timestamptz,
  -- when a read last brought a row: the sums are compared again after that (R15)
  add column books_changed_at timestamptz;

-- somebody has reason to doubt the open invoices: they are read again with the next read
alter table sync_cursor add column sweep_asked_at timestamptz;

-- Our own notes as a change read showed them, raw, until the daily comparison takes them.
create table seen_note (
  company_id uuid not null references company,
  note_id text not null,
  invoice_id text,
  text text not null,
  removed boolean not null,
  seen_at timestamptz not null,
  primary key (company_id, note_id)
);
call duly.protect('seen_note', 'select, insert, update, delete');

-- What a reading that is under way has named so far. When it ends, a row of the mirror that it did not name is gone.
create table named_row (
  company_id uuid not null references company,
  kind text not null check (kind in ('customer', 'invoice', 'payment', 'credit')),
  row_id text not null,
  primary key (company_id, kind, row_id)
);
call duly.protect('named_row', 'select, insert, update, delete');

-- When a vendor's signed webhook last reached us: while its doorbell works, silence means something.
create table doorbell_heard (
  provider text primary key,
  heard_at timestamptz not null
);
grant select, insert, update on doorbell_heard to duly_system;

-- A customer with 1,500 open invoices is one message: the set of its invoices is too long for an index, so its digest
-- stands for it (S8).
drop index touch_once;
create unique index touch_once on touch (company_id, case_id, step_key, md5(invoice_set), channel, recipient_email)
  where state not in ('cancelled', 'failed') and coalesce(delivery, '') not in ('bounced', 'complained');
