-- Who signs the steps that the head of the business writes; empty: the contact signs them too.
alter table brand add column owner_name text;
alter table brand add column owner_email text;
alter table brand add column owner_title text;
alter table brand add constraint brand_owner_check check ((owner_name is null) = (owner_email is null));
