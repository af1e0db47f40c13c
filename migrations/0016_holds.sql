-- Holds with a category, those of an agreement, and a day on which a person looks again.
alter table hold drop constraint hold_kind_check;
alter table hold add constraint hold_kind_check check (kind in
  ('dispute', 'promise', 'plan', 'offer', 'pause', 'do_not_contact', 'legal', 'reply', 'stopped'));

alter table hold
  -- what a dispute is about, or which step of the law stands in the way
  add column category text,
  -- the promise, plan or offer that it belongs to, and with which it ends
  add column agreement_id uuid,
  -- until that day the customer needs nobody's attention; on it, it is back in the lists, held or not
  add column review_on date,
  -- who set it, where that was a signed-in person: they may take their own holds back
  add column set_by_person uuid,
  add column lifted_why text;

update hold set category = 'other' where kind = 'dispute';

alter table hold add constraint hold_category check (case kind
  when 'dispute' then category is not null and category in
    ('wrong_amount', 'goods_or_service', 'not_received', 'already_paid', 'duplicate', 'other')
  when 'legal' then category is not null and category in ('insolvency', 'solicitor', 'deceased', 'collection')
  else category is null end);

create index hold_of_agreement on hold (company_id, agreement_id)
  where agreement_id is not null and lifted_at is null;
create index hold_of_invoice on hold (company_id, invoice_id) where invoice_id is not null and lifted_at is null;
