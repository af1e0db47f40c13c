-- The number of the customer's escalation contact: a step may call them (P11).
alter table customer add column escalation_phone text;
