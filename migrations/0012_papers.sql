-- Where the ledger shows an invoice to its customer: true for the version of the invoice that it was asked about, and
-- "nowhere" is an answer too. One row an invoice, so an old version goes when a newer one is asked about.
create table invoice_link (
  company_id uuid not null references company,
  invoice_id text not null,
  version text not null,
  changed_at timestamptz not null,
  -- exactly as the ledger gave it; null: it offers none
  link text,
  link_expires_on date,
  read_at timestamptz not null,
  primary key (company_id, invoice_id)
);

-- The ledger's own print of an invoice, kept for as long as somebody may look again.
create table invoice_pdf (
  company_id uuid not null references company,
  invoice_id text not null,
  version text not null,
  changed_at timestamptz not null,
  pdf bytea not null,
  content_hash bytea not null generated always as (sha256(pdf)) stored,
  fetched_at timestamptz not null,
  primary key (company_id, invoice_id)
);
create index invoice_pdf_fetched on invoice_pdf (company_id, fetched_at);

call duly.protect('invoice_link', 'select, insert, update, delete');
call duly.protect('invoice_pdf', 'select, insert, update, delete');
