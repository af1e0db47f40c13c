-- P8: an announcement whose customer is held when its day comes waits. Its five business days count from the day on which it was
-- first seen free again, so that is kept: whether it was held when it was last looked at, and since when it is free.
alter table announcement add column held boolean not null default false;
alter table announcement add column free_on date;
-- Whose day is over and of which nobody was asked anything is held today: its days count from the end of that.
update announcement a set held = true
  where state = 'announced' and act_on < current_date and not exists (select from problem p
    where p.company_id = a.company_id and p.kind = 'consequence_due' and p.subject = a.announcement_id::text
      and p.resolved_at is null);
