-- S5, EXC-11: a reply and what a person stopped end by a person. A last day that somebody gave one that still holds is the day on
-- which it is shown again.
update hold set review_on = coalesce(review_on, case when ends_on > starts_on then ends_on end), ends_on = null
  where kind in ('reply', 'stopped') and lifted_at is null and ends_on >= current_date;
