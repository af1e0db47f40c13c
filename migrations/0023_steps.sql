-- A touch keeps the step it was planned with, so that whoever sends, writes or shows it later need not ask a policy
-- that may have changed since.
alter table touch add column step jsonb not null default '{}';
alter table touch add column policy_version integer;
-- Letters go to an address, calls to a number; both are done by a person, who says how it went.
alter table touch drop constraint touch_channel_check;
alter table touch add constraint touch_channel_check check (channel in ('email', 'letter', 'call', 'statement'));
alter table touch add column recipient_address text;
alter table touch add column recipient_phone text;
alter table touch add column done_by text;
alter table touch add column outcome jsonb;
-- A person sent the same again (IDM-11): the touch it repeats.
alter table touch add column resend_of uuid;

-- How strict the step was that an invoice went through; null: it was only listed.
alter table touch_invoice add column stage text check (stage in ('courtesy', 'first', 'second', 'third', 'final'));
update touch_invoice set stage = step_key where step_key in ('first', 'second', 'third', 'final');

-- What a decision rests on besides its figures: versions of policy and law, segment, sequence (S11).
alter table decision add column basis jsonb not null default '{}';
