create schema exports;
grant usage on schema exports to headwater_app, headwater_system;

-- What was asked for and what came of it; how far it is stands in its job. The file lies in the data folder.
create table exports.export (
  id text primary key,
  workspace_id int not null,
  title text,
  format text not null check (format in ('csv', 'xlsx')),
  columns text[],
  segment_id text,
  -- Rule, search and owner; only until the file is written, because they may hold a phone number.
  question jsonb,
  is_narrowed boolean not null,
  -- Whose rows whoever asked for it may see.
  scope jsonb not null,
  language text not null,
  actor text not null,
  created_by text not null,
  created_by_kind text not null,
  created_at timestamptz not null,
  job_id text,
  row_count bigint,
  bytes bigint,
  finished_at timestamptz,
  expires_at timestamptz,
  removed_at timestamptz
);
create index export_recent on exports.export (workspace_id, created_at desc, id);
select platform.wall('exports.export');
