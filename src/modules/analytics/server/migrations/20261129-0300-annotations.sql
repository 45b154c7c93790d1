-- What happened on a day, in words, for whoever looks at a curve.
create table analytics.annotation (
  id text primary key,
  workspace_id int not null,
  -- a day of the workspace's zone, as text: 2026-11-11
  day text not null,
  words text not null,
  created_by text not null,
  created_by_kind text not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index annotation_day on analytics.annotation (workspace_id, day, id);
select platform.wall('analytics.annotation');
