-- How often a company's doorbell rang: a reading answers what had rung when it began, whatever clocks say.
alter table company add column rings bigint not null default 0;
