-- What the figures of a customer are made of stands in one index, so that computing a customer reads a page or two,
-- however large the book: the rows themselves lie all over the table. A row of an index is limited to 2,704 bytes and
-- the texts of a ledger are not: copies of the short ones stand in it, and `texts_long` tells of the others.
alter table invoice
  add column short_number text generated always as (case when octet_length(number) <= 200 then number end) stored,
  add column short_reference text generated always as (case when octet_length(reference) <= 200 then reference end) stored,
  add column short_terms text generated always as (case when octet_length(terms) <= 200 then terms end) stored,
  add column texts_long boolean not null generated always as (coalesce(octet_length(number), 0) > 200
    or coalesce(octet_length(reference), 0) > 200 or coalesce(octet_length(terms), 0) > 200) stored,
  add column has_email boolean not null generated always as (emails <> '{}') stored;
drop index invoice_customer;
create index invoice_owed on invoice (company_id, customer_id) include (invoice_id, issued_on, due_on, currency, total_minor,
  open_minor, status, sent, sent_at, short_number, short_reference, short_terms, texts_long, has_email) where open_minor > 0;
