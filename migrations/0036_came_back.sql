-- P8: what a message announced that came back for good was never heard, and does not count.
alter table announcement drop constraint announcement_state_check;
alter table announcement add constraint announcement_state_check
  check (state in ('announced', 'done', 'withdrawn', 'broken', 'not_needed', 'unheard'));

-- What the mail provider told of a copy, as of the message itself.
alter table touch_copy add column delivery text
  check (delivery in ('delivered', 'returned', 'bounced', 'complained'));
alter table touch_copy add column delivery_at timestamptz;
create index touch_copy_came_back on touch_copy (company_id, email) where delivery in ('bounced', 'complained');
