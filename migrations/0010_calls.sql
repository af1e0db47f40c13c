-- Calls to the ledgers, counted over all processes: one row for each set of books, one (with an empty hash) for the
-- whole app at a vendor. Counts only; a lost one does no harm, so they do not wait for the disk.
create table call_meter (
  provider text not null,
  -- as in `connection`: kept when a company is connected anew
  ledger_ref_hash bytea not null,
  -- A minute is over when either clock says so: the database's, and the product's, which may be moved.
  minute_db timestamptz not null default '-infinity',
  minute_at timestamptz not null default '-infinity',
  minute_calls integer not null default 0,
  day date not null default '-infinity',
  day_calls integer not null default 0,
  -- what the vendor said is left of the day, less what was called since; null: it has not said it today
  day_left integer,
  -- the most that the vendor has ever said is left of a day
  day_most integer,
  -- reads charged to our own budget
  day_reads integer not null default 0,
  month date not null default '-infinity',
  -- all reads, and those charged to our own budget
  month_reads integer not null default 0,
  month_charged integer not null default 0,
  -- the vendor asked us to wait until then, by either clock
  blocked_db timestamptz not null default '-infinity',
  blocked_at timestamptz not null default '-infinity',
  blocked_by text,
  -- refusals in a row that did not say how long to wait
  strikes integer not null default 0,
  waited_at timestamptz,
  primary key (provider, ledger_ref_hash)
);

-- A call in flight. A process that dies gives its places back by the database's own clock.
create table call_place (
  call_id bigint generated always as identity primary key,
  provider text not null,
  ledger_ref_hash bytea not null,
  until timestamptz not null
);
create index call_place_books on call_place (provider, ledger_ref_hash);

grant select, insert, update, delete on call_meter, call_place to duly_system;

-- The meter as it stands now: windows that are over begin anew.
create function duly.call_meter_now(meter call_meter, seen timestamptz, at timestamptz) returns call_meter
language plpgsql immutable set search_path = public, pg_catalog as $$
begin
  if seen >= meter.minute_db + interval '1 minute' or at >= meter.minute_at + interval '1 minute'
    or at < meter.minute_at then
    meter.minute_db := seen;
    meter.minute_at := at;
    meter.minute_calls := 0;
  end if;
  if meter.day <> (at at time zone 'UTC')::date then
    meter.day := (at at time zone 'UTC')::date;
    meter.day_calls := 0;
    meter.day_reads := 0;
    meter.day_left := null;
  end if;
  if meter.month <> date_trunc('month', at at time zone 'UTC')::date then
    meter.month := date_trunc('month', at at time zone 'UTC')::date;
    meter.month_reads := 0;
    meter.month_charged := 0;
  end if;
  if seen >= meter.blocked_db or at >= meter.blocked_at then
    -- the vendor's day need not begin when ours does: once the wait for it is over, nobody knows what is left
    if meter.blocked_by = 'day' then
      meter.day_calls := 0;
      meter.day_left := null;
    end if;
    meter.blocked_db := '-infinity';
    meter.blocked_at := '-infinity';
    meter.blocked_by := null;
  end if;
  return meter;
end $$;

-- Takes a place for one call, or says why not (see src/companies/call-caps.ts) and how long that lasts, if that is
-- known. `caps` are the limits that hold for this caller. The meter of the books is always locked before the app's.
create function duly.take_call(
  called text, books bytea, reads boolean, at timestamptz, lease interval, caps jsonb,
  out call_id bigint, out verdict text, out seconds double precision
) language plpgsql set search_path = public, pg_catalog as $$
declare
  seen timestamptz := clock_timestamp();
  own call_meter;
  app call_meter;
  most integer;
  left_today integer;
  asked_lately boolean;
  calls integer;
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into call_meter (provider, ledger_ref_hash) values (called, books), (called, ''::bytea) on conflict do nothing;
  select * into own from call_meter m where m.provider = called and m.ledger_ref_hash = books for update;
  select * into app from call_meter m where m.provider = called and m.ledger_ref_hash = ''::bytea for update;
  -- after the locks: whoever stood before us has moved the windows on
  seen := clock_timestamp();
  asked_lately := seen < own.minute_db + interval '1 hour' and at < own.minute_at + interval '1 hour';
  own := duly.call_meter_now(own, seen, at);
  app := duly.call_meter_now(app, seen, at);

  -- the plan is the smallest that explains what the vendor has said so far
  select coalesce(min(v::integer) filter (where v::integer > own.day_most), max(v::integer))
    into most from jsonb_array_elements_text(caps->'perDay') v;
  left_today := coalesce(own.day_left, most - own.day_calls);

  if app.blocked_by is not null then
    verdict := 'asked_to_wait'; seconds := extract(epoch from app.blocked_db - seen);
  elsif own.blocked_by is not null then
    verdict := 'asked_to_wait'; seconds := extract(epoch from own.blocked_db - seen);
  elsif left_today <= 0 and asked_lately then
    -- its day may end before ours: one call an hour asks
    verdict := 'day'; seconds := 3600;
  elsif (caps->>'dayShareKept')::double precision > 0
    and left_today <= most * (caps->>'dayShareKept')::double precision then
    verdict := 'day_share'; seconds := 3600;
  elsif reads and app.month_reads >= (caps->>'appReadsInAll')::integer then
    verdict := 'app_month'; seconds := 3600;
  elsif reads and app.month_reads >= (caps->>'appReadsPerMonth')::integer then
    verdict := 'app_share'; seconds := 3600;
  elsif reads and own.month_charged >= (caps->>'readsPerMonth')::integer then
    verdict := 'budget_month'; seconds := 3600;
  elsif reads and own.day_reads >= (caps->>'readsPerDay')::integer then
    verdict := 'budget_day'; seconds := 3600;
  elsif app.minute_calls >= (caps->>'appPerMinute')::integer then
    verdict := 'minute'; seconds := extract(epoch from app.minute_db + interval '1 minute' - seen);
  elsif own.minute_calls >= (caps->>'perMinute')::integer then
    verdict := 'minute'; seconds := extract(epoch from own.minute_db + interval '1 minute' - seen);
  else
    -- one that is being given back this moment, late, is left alone: its caller waits for our meter
    delete from call_place where call_place.call_id in (
      select p.call_id from call_place p where p.provider = called and p.ledger_ref_hash = books and p.until <= seen
        for update skip locked);
    select count(*) into calls from call_place p
      where p.provider = called and p.ledger_ref_hash = books and p.until > seen;
    if calls >= (caps->>'atOnce')::integer then verdict := 'at_once'; end if;
  end if;
  -- nothing was counted, so nothing has to be written
  if verdict is not null then return; end if;

  update call_meter m set (minute_db, minute_at, minute_calls, day, day_calls, day_left, day_reads, month, month_reads,
      month_charged, blocked_db, blocked_at, blocked_by)
    = (own.minute_db, own.minute_at, own.minute_calls + 1, own.day, own.day_calls + 1, own.day_left - 1,
      own.day_reads + (reads and (caps->>'charged')::boolean)::integer, own.month, own.month_reads + reads::integer,
      own.month_charged + (reads and (caps->>'charged')::boolean)::integer,
      own.blocked_db, own.blocked_at, own.blocked_by)
    where m.provider = called and m.ledger_ref_hash = books;
  update call_meter m set (minute_db, minute_at, minute_calls, day, day_calls, month, month_reads, blocked_db,
      blocked_at, blocked_by)
    = (app.minute_db, app.minute_at, app.minute_calls + 1, app.day, app.day_calls + 1, app.month,
      app.month_reads + reads::integer, app.blocked_db, app.blocked_at, app.blocked_by)
    where m.provider = called and m.ledger_ref_hash = ''::bytea;
  insert into call_place (provider, ledger_ref_hash, until) values (called, books, seen + lease)
    returning call_place.call_id into call_id;
  verdict := 'go';
end $$;

-- Gives the place back and keeps what the answer said about limits (`news`; null: there was no answer). Returns how
-- long the vendor asks us to wait; without a word of its own twice as long each time, up to a minute.
create function duly.give_call(
  taken bigint, called text, books bytea, at timestamptz, caps jsonb, news jsonb
) returns double precision language plpgsql set search_path = public, pg_catalog as $$
declare
  seen timestamptz := clock_timestamp();
  refused jsonb := nullif(news->'refused', 'null');
  whose bytea := case when refused->>'reach' = 'app' then ''::bytea else books end;
  meter call_meter;
  seconds double precision;
begin
  perform set_config('synchronous_commit', 'off', true);
  delete from call_place p where p.call_id = taken;
  if news is null then return null; end if;
  update call_meter m set
      day_left = coalesce((news->>'dayLeft')::integer, m.day_left),
      day_most = greatest(m.day_most, (news->>'dayLeft')::integer),
      minute_calls = greatest(m.minute_calls, (caps->>'perMinute')::integer - (news->>'minuteLeft')::integer),
      strikes = case when refused is null and m.blocked_by is null then 0 else m.strikes end
    where m.provider = called and m.ledger_ref_hash = books;
  if news->>'appMinuteLeft' is not null then
    update call_meter m set
        minute_calls = greatest(m.minute_calls, (caps->>'appPerMinute')::integer - (news->>'appMinuteLeft')::integer)
      where m.provider = called and m.ledger_ref_hash = ''::bytea;
  end if;
  if refused is null then return null; end if;
  select * into meter from call_meter m where m.provider = called and m.ledger_ref_hash = whose for update;
  -- calls that were in flight together are refused together: that is one refusal
  if meter.blocked_by is null or seen >= meter.blocked_db or at >= meter.blocked_at then
    meter.strikes := least(meter.strikes + 1, 6);
    meter.blocked_db := seen;
    meter.blocked_at := at;
  end if;
  seconds := greatest(1, coalesce((refused->>'seconds')::double precision, least(60, 2 ^ meter.strikes)));
  update call_meter m set
      strikes = meter.strikes,
      blocked_db = greatest(meter.blocked_db, seen + seconds * interval '1 second'),
      blocked_at = greatest(meter.blocked_at, at + seconds * interval '1 second'),
      blocked_by = refused->>'limit',
      waited_at = at
    where m.provider = called and m.ledger_ref_hash = whose;
  return seconds;
end $$;
revoke all on function duly.call_meter_now, duly.take_call, duly.give_call from public;
grant execute on function duly.call_meter_now, duly.take_call, duly.give_call to duly_system;

-- A ring marks the company; when it is answered with a read depends on what the month's budget has to spare.
alter table company
  -- the last ring that no read has answered yet
  add column rung_at timestamptz,
  -- when it is to be answered; and the last read that a ring caused
  add column ring_due_at timestamptz,
  add column ring_read_at timestamptz,
  -- a person opened a page that shows the books
  add column looked_at timestamptz,
  -- a limit stands in the way: no read in the background before this
  add column read_not_before timestamptz;
