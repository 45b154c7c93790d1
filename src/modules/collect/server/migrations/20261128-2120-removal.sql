-- Events that are cut out of the log and may be in ClickHouse still. Written in the transaction that cuts them, gone when
-- ClickHouse and what is known of people follow: whatever dies in between, this says what is left to do.
create table collect.removal (
  workspace_id int not null,
  -- what it is done for: one of each at a time
  name text not null,
  what jsonb not null,
  primary key (workspace_id, name)
);
select platform.wall('collect.removal');
-- Up to which row the log was looked through for repeats and refused items that are too old.
create table collect.looked_through (
  workspace_id int primary key,
  seq bigint not null
);
select platform.wall('collect.looked_through');
