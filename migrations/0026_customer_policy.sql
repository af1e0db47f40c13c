-- P27: what a customer has for itself: a segment by hand, settings, a pause. Versioned like the company's policy, which a
-- decision names as well; an empty body of the highest version: nothing of its own any more.
create table customer_policy (
  company_id uuid not null references company,
  customer_id text not null,
  version integer not null,
  body jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (company_id, customer_id, version)
);
call duly.protect('customer_policy', 'select, insert');
