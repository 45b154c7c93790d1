-- Who started it, where they see personal data masked: the values of the file are counted as asked for by them.
alter table imports.import add column asker jsonb;
-- Whether it named more values than anybody looks up one by one: its counts are told in round numbers to who sees masked.
alter table imports.import add column together boolean not null default false;
