-- What was agreed with a customer about what it owes: a promise to pay, a plan of instalments, an offer of a smaller
-- sum. People state it; whether it is kept is judged by the books alone.
create table agreement (
  company_id uuid not null references company,
  agreement_id uuid not null,
  kind text not null check (kind in ('promise', 'plan', 'offer')),
  -- who is chased for the invoices: after a merge in the ledger, the customer that survives
  customer_id text not null,
  currency text not null,
  state text not null,
  -- promised, the plan's total, or the reduced sum; minor units
  amount_minor bigint not null check (amount_minor > 0),
  -- what was open on its invoices when it was agreed
  debt_minor bigint not null check (debt_minor >= amount_minor),
  -- unapplied credit of the customer at that time: what was there before is no payment; in sum, and each by its id
  credits_minor bigint not null check (credits_minor >= 0),
  credits_at_start jsonb not null,
  -- the promised day, the last instalment, or the last day of the offer, in the company's zone
  due_on date not null,
  -- the last day on which it holds; judged on the next morning at the latest
  grace_until date not null check (grace_until >= due_on),
  -- true: the whole customer is held, not only the invoices named
  whole_customer boolean not null,
  said_by text not null,
  how text not null check (how in ('phone', 'email', 'letter', 'in_person', 'portal', 'other')),
  note text not null,
  made_on date not null check (made_on <= due_on),
  made_by text not null,
  created_at timestamptz not null,
  settled_on date check ((settled_on is null) = (state in ('pending', 'active', 'open'))),
  -- of the amount, by the books, when it was last judged
  received_minor bigint not null default 0 check (received_minor between 0 and debt_minor),
  -- the next day on which it changes by itself; null: only the books can change it
  next_event_on date,
  -- settled ones are judged anew until this day, as a payment may bounce or be entered late; null: as long as it lives
  -- or something is still open on its invoices
  watched_until date,
  primary key (company_id, agreement_id),
  check (
    (kind = 'promise' and state in ('pending', 'kept', 'part_kept', 'broken', 'withdrawn'))
    or (kind = 'plan' and state in ('active', 'completed', 'breached', 'withdrawn'))
    or (kind = 'offer' and state in ('open', 'accepted', 'lapsed', 'withdrawn'))),
  check (kind <> 'plan' or amount_minor = debt_minor)
);
create index agreement_customer on agreement (company_id, customer_id);
create index agreement_live on agreement (company_id, customer_id) where settled_on is null;
create index agreement_next_event on agreement (company_id, next_event_on) where next_event_on is not null;

-- The invoices it covers, as they were when it was agreed.
create table agreement_invoice (
  company_id uuid not null,
  agreement_id uuid not null,
  invoice_id text not null,
  open_minor bigint not null check (open_minor > 0),
  total_minor bigint not null,
  -- as the agreement: an invoice has one live agreement at most, so that no payment counts twice
  live boolean not null default true,
  primary key (company_id, agreement_id, invoice_id),
  foreign key (company_id, agreement_id) references agreement
);
create index agreement_invoice_invoice on agreement_invoice (company_id, invoice_id);
create unique index agreement_invoice_live on agreement_invoice (company_id, invoice_id) where live;

-- A plan's instalments, oldest first.
create table instalment (
  company_id uuid not null,
  agreement_id uuid not null,
  number integer not null check (number > 0),
  due_on date not null,
  -- the last day on which it may still be paid without a breach
  grace_until date not null check (grace_until >= due_on),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (company_id, agreement_id, number),
  foreign key (company_id, agreement_id) references agreement
);

call duly.protect('agreement', 'select, insert, update');
call duly.protect('agreement_invoice', 'select, insert, update');
call duly.protect('instalment', 'select, insert');
