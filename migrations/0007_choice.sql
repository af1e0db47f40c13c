-- One authorisation can open several sets of books: what it gave waits, sealed, for the person to choose from it.
alter table sign_in_attempt add column choice_enc bytea;
