-- Whom a batch is for, when it is everybody a list of people shows: rule, search text, owner.
alter table tags.batch add column question jsonb;
