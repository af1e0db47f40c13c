-- Notes, certain to the last case (S10), and the daily comparison with what stands in the ledger.
alter table note
  -- since when it may stand in the ledger although no answer said so; null: it surely does not
  add column unsure_since timestamptz,
  -- grows when a repeat of the old key is no longer of use: it would be answered with a note that was deleted
  add column generation integer not null default 1,
  -- when the ledger itself showed it to us
  add column seen_in_ledger_at timestamptz,
  -- when it was last looked for there
  add column compared_at timestamptz,
  -- how it was found to differ, and since when: taken away or rewritten by a person, there twice, not there
  add column differs text check (differs in ('removed', 'changed', 'twice', 'missing')),
  add column differs_since timestamptz,
  -- further notes in the ledger that are the same: their ids there, or a running number where it gives none
  add column twins text[] not null default '{}';

update note set unsure_since = first_attempt_at where state = 'pending';

-- a note that the ledger shows is found by its marker or by its id there
create index note_marker on note (company_id, marker);
create index note_in_ledger on note (company_id, ledger_note_id) where ledger_note_id is not null;
create index note_unseen on note (company_id, compared_at, written_at)
  where state = 'written' and seen_in_ledger_at is null;
create index note_differs on note (company_id) where differs is not null;

-- when notes were last looked for in the ledger
alter table company add column notes_compared_at timestamptz;
