-- What an agreement must know of the moment at which it was made.
-- of each invoice, what credit notes had settled already: only what they settle afterwards is no money for it
alter table agreement_invoice add column credited_minor bigint not null default 0 check (credited_minor >= 0);
-- who wrote it down, where that was a signed-in person: they may withdraw their own
alter table agreement add column made_by_person uuid;
