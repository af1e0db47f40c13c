-- A letter that was printed may be in the post: its page stays as it was, whatever the books say since, until somebody
-- says that it was posted, or that it was not (P20, S8).
alter table touch add column printed_at timestamptz;
alter table touch add column printed_by text;
-- the day by which the printed page asks to pay
alter table touch add column printed_pay_by date;
-- when a read of the ledger confirmed the invoices of a letter that waits to be printed: one read vouches for a batch (R9)
alter table touch add column confirmed_at timestamptz;
alter table touch add constraint touch_printed_check
  check ((printed_at is null) = (printed_by is null) and (printed_at is null) = (printed_pay_by is null));
