-- EXC-14: what was brought before a court is not chased by Duly any more, and the hold says so.
alter table hold drop constraint hold_category;
alter table hold add constraint hold_category check (case kind
  when 'dispute' then category is not null and category in
    ('wrong_amount', 'goods_or_service', 'not_received', 'already_paid', 'duplicate', 'other')
  when 'legal' then category is not null and category in
    ('insolvency', 'solicitor', 'deceased', 'collection', 'court')
  else category is null end);
