create schema imports;
grant usage on schema imports to headwater_app, headwater_system;

-- A file as it was sent, kept until its import is over, a day at most: here and not on a disk, so that any process can
-- go on with it, and a backup has it or not as a whole.
create table imports.upload (
  id text primary key,
  workspace_id int not null,
  name text not null,
  bytes bigint not null,
  layout jsonb not null,
  columns jsonb not null,
  created_by text not null,
  created_at timestamptz not null
);
create index upload_age on imports.upload (workspace_id, created_at);
select platform.wall('imports.upload');

create table imports.upload_part (
  workspace_id int not null,
  upload_id text not null references imports.upload on delete cascade,
  part int not null,
  content bytea not null,
  primary key (upload_id, part)
);
alter table imports.upload_part alter column content set storage external; -- already zstd
select platform.wall('imports.upload_part');

create table imports.import (
  id text primary key,
  workspace_id int not null,
  upload_id text,
  name text not null,
  spec jsonb not null,
  layout jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone')),
  -- what the whole file is like; decided once, so that a restart reads it alike
  survey jsonb,
  total int,
  created int not null default 0,
  updated int not null default 0,
  skipped int not null default 0,
  failed int not null default 0,
  reasons jsonb not null default '[]',
  -- entries of the file that were decided, and of them those that are in the log
  decided int not null default 0,
  sent int not null default 0,
  -- how far tagging, or undoing, went: a row number
  reached int not null default 0,
  -- people it had made and its undoing removed
  removed int not null default 0,
  error jsonb,
  job_id text,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index import_recent on imports.import (workspace_id, created_at desc, id desc);
select platform.wall('imports.import');

-- What an import of people did, row by row: enough to take it back, and to know after a restart what was decided.
create table imports.journal (
  workspace_id int not null,
  import_id text not null references imports.import on delete cascade,
  row int not null,
  outcome text not null check (outcome in ('created', 'updated', 'kept')),
  key_kind text not null,
  key_value text not null,
  -- the identifier the values were told at, and what had been told there before
  at_kind text not null,
  at_value text not null,
  before jsonb not null,
  -- tags the person did not have
  tags text[] not null default '{}',
  primary key (import_id, row)
);
select platform.wall('imports.journal');

-- Failed rows with their original cells, for the error file.
create table imports.failed_row (
  workspace_id int not null,
  import_id text not null references imports.import on delete cascade,
  row int not null,
  code text not null,
  details jsonb not null,
  cells jsonb not null,
  primary key (import_id, row)
);
select platform.wall('imports.failed_row');
