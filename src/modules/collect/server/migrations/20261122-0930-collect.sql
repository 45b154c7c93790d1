create schema collect;
grant usage on schema collect to headwater_app, headwater_system;

-- The event log: what was received, in a gap-free order (the sequence is read under one lock that is held until
-- commit), never changed. Source of every event table in ClickHouse.
create sequence collect.log_seq;
grant usage on sequence collect.log_seq to headwater_system;
create table collect.log_batch (
  seq bigint primary key,
  workspace_id int not null,
  received_at timestamptz not null,
  items int not null,
  payload bytea not null
);
alter table collect.log_batch alter column payload set storage external; -- already zstd
create index log_batch_recent on collect.log_batch (workspace_id, seq desc);
select platform.wall('collect.log_batch');

-- One byte per item: stored, duplicate, conflict, rejected. A rebuild applies it instead of deciding again.
create table collect.verdict (
  seq bigint primary key,
  workspace_id int not null,
  outcomes bytea not null,
  -- items of this row that are in ClickHouse; compared at start, so that lost parts are shipped again
  stored int not null
);
select platform.wall('collect.verdict');

-- Keys of stored items: 20 bytes each (16 of the message id, 4 of the payload), appended per projected range.
-- Partitioned by the day of the raw client timestamp because a retry repeats its timestamp.
create table collect.dedup_chunk (
  id bigint primary key generated always as identity,
  workspace_id int not null,
  day int not null,
  keys bytea not null
);
alter table collect.dedup_chunk alter column keys set storage external; -- hashes do not compress
create index dedup_chunk_day on collect.dedup_chunk (workspace_id, day);
select platform.wall('collect.dedup_chunk');

create table collect.counter (
  workspace_id int primary key,
  accepted bigint not null default 0,
  projected bigint not null default 0,
  stored bigint not null default 0,
  duplicate bigint not null default 0,
  conflict bigint not null default 0,
  rejected bigint not null default 0
) with (fillfactor = 50);
select platform.wall('collect.counter');

-- `projected`: everything up to this seq is in ClickHouse and its identities are in Postgres.
-- `reacted`: segments (and later journeys) have seen it too.
create table collect.checkpoint (
  name text primary key,
  seq bigint not null
);
grant select on collect.checkpoint to headwater_app;
grant select, insert, update on collect.checkpoint to headwater_system;
insert into collect.checkpoint (name, seq) values ('projected', 0), ('reacted', 0);
