-- Where files or rows come from by themselves, and when.
create table imports.source (
  id text primary key,
  workspace_id int not null,
  name text not null,
  place jsonb not null,
  connection_id text,
  mapping_id text not null references imports.mapping,
  schedule jsonb not null,
  paused boolean not null,
  -- of rows: the last value of the cursor column, and hashes of the rows that had it
  cursor jsonb,
  next_at timestamptz,
  created_by text not null,
  -- whose the imports are
  actor text not null,
  created_at timestamptz not null,
  unique (workspace_id, name)
);
create index source_due on imports.source (next_at) where not paused;
create index source_connection on imports.source (workspace_id, connection_id);
select platform.wall('imports.source');

create table imports.source_run (
  id text primary key,
  workspace_id int not null,
  source_id text not null references imports.source on delete cascade,
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  trigger text not null check (trigger in ('schedule', 'by_hand')),
  error jsonb,
  started_at timestamptz not null,
  finished_at timestamptz
);
create index source_run_recent on imports.source_run (workspace_id, source_id, started_at desc, id desc);
select platform.wall('imports.source_run');

-- What was taken: a file by its name and what says that it is the same. Noted together with the import it becomes, so
-- that a crash loses nothing and repeats nothing; open until the file is put away.
create table imports.source_item (
  workspace_id int not null,
  source_id text not null references imports.source on delete cascade,
  name text not null,
  mark text not null,
  run_id text not null,
  import_id text,
  error jsonb,
  -- of rows: where to go on once they are in
  cursor jsonb,
  is_open boolean not null,
  taken_at timestamptz not null,
  primary key (source_id, name, mark)
);
create index source_item_mark on imports.source_item (workspace_id, source_id, mark);
create index source_item_run on imports.source_item (workspace_id, run_id);
select platform.wall('imports.source_item');
