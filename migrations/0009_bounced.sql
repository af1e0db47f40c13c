-- S9: what came back for good never reached anybody, so it does not stand in the way of its successor either. A
-- complaint may follow a bounce: it must not bring the old row back into the way.
drop index touch_once;
create unique index touch_once on touch (company_id, case_id, step_key, invoice_set, channel, recipient_email)
  where state not in ('cancelled', 'failed') and coalesce(delivery, '') not in ('bounced', 'complained');
