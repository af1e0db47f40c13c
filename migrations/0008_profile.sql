alter table company
  -- R14: when the ledger last said what the company is, and whether it sends reminders of its own
  add column profile_read_at timestamptz,
  -- the person who set the time zone; null: the ledger's, or a guess
  add column time_zone_by text;

-- When somebody who is not signed in last had the ledger asked whether this connection still stands.
alter table connection add column looked_at timestamptz;
