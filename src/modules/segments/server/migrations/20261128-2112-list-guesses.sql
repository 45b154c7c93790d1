-- Who asked, where they see personal data masked: the values of a file are counted as theirs when the file is read.
alter table segments.list_change add column asker jsonb;
-- Whether it named more values than anybody looks up one by one: which of them found nobody is told to nobody masked.
alter table segments.list_change add column together boolean not null default false;
-- Why it failed, as the code of a problem.
alter table segments.list_change add column fault text;
