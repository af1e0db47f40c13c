-- Where a letter goes, and what the ledger groups the customer under.
alter table customer add column address_lines text[] not null default '{}';
alter table customer add column city text;
alter table customer add column postcode text;
alter table customer add column groups text[] not null default '{}';
-- What the business says of a customer itself; the ledger knows none of it. Who is copied in when a step widens the
-- circle (P11), who owns the relationship and is told (P9), and whether the customer agreed to e-mail (NYC).
alter table customer add column escalation_name text;
alter table customer add column escalation_email text;
alter table customer add column sales_name text;
alter table customer add column sales_email text;
alter table customer add column email_consent boolean;
alter table customer add column said_by text;
