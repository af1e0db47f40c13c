-- When the ledger says that the invoice was sent to the customer; null: it does not say. An instant, as the ledger states
-- one: which day that was is a question of the company's zone, which a person may set right later.
alter table invoice add column sent_at timestamptz;
