create schema sql;
grant usage on schema sql to headwater_app, headwater_system;

-- A query with a name; `chart` says how its result is drawn.
create table sql.saved_query (
  id text primary key,
  workspace_id int not null,
  name text not null,
  folder text not null,
  description text not null,
  query text not null,
  chart jsonb not null,
  -- the member or key that keeps it
  owner text not null,
  created_by text not null,
  created_by_kind text not null,
  -- counts up with every change, so that nobody overwrites what they have not seen
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index saved_query_name on sql.saved_query (workspace_id, lower(folder), lower(name));
select platform.wall('sql.saved_query');

-- What somebody asked lately, each text once.
create table sql.run (
  workspace_id int not null,
  owner text not null,
  hash text not null,
  query text not null,
  asked_at timestamptz not null,
  took_ms int not null,
  row_count int not null,
  times int not null default 1,
  -- code of the problem, when there was no answer
  problem text,
  primary key (workspace_id, owner, hash)
);
create index run_latest on sql.run (workspace_id, owner, asked_at desc);
select platform.wall('sql.run');
