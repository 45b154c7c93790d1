create schema plans;
grant usage on schema plans to headwater_app, headwater_system;

-- Versions of the tracking plan, never changed: what was judged by one can always be explained.
create table plans.version (
  workspace_id int not null,
  version int not null,
  content jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (workspace_id, version)
);
select platform.wall('plans.version');

-- Which version judged a row of the log; rows that were judged by none have no line.
create table plans.judged (
  seq bigint primary key,
  workspace_id int not null,
  version int not null
);
select platform.wall('plans.judged');

-- Counted per day of receipt (UTC). `key`: MD5 over event, property, reason and source, as names may be longer than an
-- index takes. The example is a place in the log, so that nothing of it needs to be erased here.
create table plans.violation (
  workspace_id int not null,
  day date not null,
  key bytea not null,
  event text not null,
  property text not null,
  reason text not null,
  source text not null,
  version int not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  example_seq bigint not null,
  example_idx int not null,
  primary key (workspace_id, day, key)
);
select platform.wall('plans.violation');
