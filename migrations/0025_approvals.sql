-- A step that an invoice went through without contact: a person passed it over, or nobody did the call or letter in
-- time. It counts for the order of the steps and the days between them, not as contact (S1, S3).
create table step_skip (
  company_id uuid not null references company,
  invoice_id text not null,
  step_key text not null,
  -- in the company's zone: the next step follows at its distance from this day
  on_day date not null,
  customer_id text not null,
  currency text not null,
  stage text not null check (stage in ('courtesy', 'first', 'second', 'third', 'final')),
  -- the touch that was taken back for it; null: none stood yet
  touch_id uuid,
  by text not null,
  reason text not null check (length(reason) between 1 and 300),
  at timestamptz not null,
  primary key (company_id, invoice_id, step_key, on_day)
);
create index step_skip_customer on step_skip (company_id, customer_id, at);
call duly.protect('step_skip', 'select, insert');

-- Who else gets a touch's message: each their own mail, sent after the main one was accepted, at most once, with the
-- same bytes (S8 in small). One touch stays one contact.
create table touch_copy (
  company_id uuid not null,
  touch_id uuid not null,
  -- in small letters
  email text not null,
  -- goes along as metadata, so that an unknown outcome can be looked up
  copy_id uuid not null,
  name text not null,
  why text not null check (why in ('contact', 'escalation', 'blind')),
  state text not null default 'waiting'
    check (state in ('waiting', 'reserved', 'sent', 'failed', 'uncertain', 'cancelled')),
  state_reason text,
  -- not before this instant: the pause between attempts, or until it is looked up
  next_attempt_at timestamptz not null,
  attempts integer not null default 0,
  lookups integer not null default 0,
  reserved_at timestamptz,
  sent_at timestamptz,
  provider_message_id text,
  created_at timestamptz not null,
  primary key (company_id, touch_id, email),
  unique (company_id, copy_id),
  foreign key (company_id, touch_id) references touch
);
create index touch_copy_open on touch_copy (company_id, next_attempt_at)
  where state in ('waiting', 'reserved', 'uncertain');
call duly.protect('touch_copy', 'select, insert, update');

-- CON-05: where the company wants a blind copy of every message; null: nowhere.
alter table company add column bcc_email text;

-- A person moved what comes next: not before this instant, however often it is planned anew.
alter table dunning_case add column not_before timestamptz;
alter table dunning_case add column not_before_by text;
-- A person let this one go at once: the company's own window does not hold it back, the law's does.
alter table touch add column sent_now_by text;

-- A repetition is no second plan of the same touch: the original stands beside it. One at a time (IDM-11).
drop index touch_once;
create unique index touch_once on touch (company_id, case_id, step_key, md5(invoice_set), channel, recipient_email)
  where state not in ('cancelled', 'failed') and coalesce(delivery, '') not in ('bounced', 'complained')
    and resend_of is null;
create unique index touch_resend_once on touch (company_id, resend_of)
  where resend_of is not null and state not in ('sent', 'cancelled', 'failed');

-- P9: a notice may be for somebody who has no account, as whoever owns the relationship with a customer.
alter table notice add column recipient_name text;
alter table notice add column recipient_email text;
alter table notice_mail alter column person_id drop not null;
