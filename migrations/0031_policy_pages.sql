-- A person's changes to the policy that are not in force: one draft a person, from the version that it was begun with.
create table policy_draft (
  company_id uuid not null references company,
  person_id uuid not null,
  base_version integer not null,
  body jsonb not null,
  updated_at timestamptz not null,
  primary key (company_id, person_id)
);
call duly.protect('policy_draft', 'select, insert, update, delete');

-- P28: where anybody can read the policy in words. The token is public once it stands on an invoice; taken back, it
-- leads nowhere for good.
create table policy_link (
  company_id uuid not null references company,
  token text not null,
  created_by text not null,
  created_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz,
  primary key (company_id, token),
  constraint policy_link_revoked_check check ((revoked_by is null) = (revoked_at is null))
);
create unique index policy_link_one on policy_link (company_id) where revoked_at is null;
call duly.protect('policy_link', 'select, insert, update');
