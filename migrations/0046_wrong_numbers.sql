-- S9: a call to a wrong number reached nobody, so that its step stays open. S8: the call to another number is another touch.
drop index touch_once;
create unique index touch_once on touch (company_id, case_id, step_key, md5(invoice_set), channel, recipient_email,
    coalesce(recipient_phone, ''))
  where state not in ('cancelled', 'failed') and coalesce(delivery, '') not in ('bounced', 'complained') and resend_of is null;
create index touch_wrong_number on touch (company_id, sent_at) where outcome ->> 'result' = 'wrong_number';
-- The calls of before used up their step, and their sequence has gone on: that stays so.
insert into step_skip (company_id, invoice_id, step_key, on_day, customer_id, currency, stage, touch_id, by, reason, at)
  select t.company_id, ti.invoice_id, ti.step_key, (t.sent_at at time zone c.time_zone)::date, t.customer_id, t.currency, ti.stage,
    t.touch_id, 'Duly', 'The number was wrong.', t.sent_at
  from touch t join company c on c.company_id = t.company_id
    join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id and ti.stage is not null
  where t.outcome ->> 'result' = 'wrong_number' and t.sent_at is not null
  on conflict do nothing;
