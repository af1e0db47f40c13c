-- What the owners of an account must be told once: written in the transaction that causes it, sent by a job.
create table notice (
  company_id uuid not null references company,
  kind text not null,
  -- the occasion, unique within the kind: when it happened, or which connection it is about
  subject text not null check (length(subject) between 1 and 100),
  -- what the words need beyond the company's own line; never a token, never a customer's figures
  facts jsonb not null,
  -- new: nobody was written to yet; addressed: one mail to each owner was made out
  state text not null default 'new' check (state in ('new', 'addressed')),
  created_at timestamptz not null,
  primary key (company_id, kind, subject)
);
call duly.protect('notice', 'select, insert, update');

-- One e-mail to one owner. `reserved` is stored before the call, so that a crash leaves a question and not a second mail.
create table notice_mail (
  company_id uuid not null,
  mail_id uuid not null,
  kind text not null,
  subject text not null,
  person_id uuid not null,
  recipient_name text not null,
  recipient_email text not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'reserved', 'uncertain', 'sent', 'failed', 'overtaken')),
  -- how often nobody knew whether it had left: it is sent again once and not more
  unknowns integer not null default 0,
  reserved_at timestamptz,
  reason text,
  provider_message_id text,
  created_at timestamptz not null,
  primary key (company_id, mail_id),
  unique (company_id, kind, subject, person_id),
  foreign key (company_id, kind, subject) references notice
);
create index notice_mail_open on notice_mail (company_id) where state in ('waiting', 'reserved', 'uncertain');
call duly.protect('notice_mail', 'select, insert, update');

-- Books that one account has disconnected may be connected by another; the first keeps its history, and the books
-- are never connected twice at the same time.
alter table connection drop constraint connection_provider_ledger_ref_hash_key;
create unique index connection_live_books on connection (provider, ledger_ref_hash) where state <> 'disconnected';
create index connection_books on connection (provider, ledger_ref_hash);
