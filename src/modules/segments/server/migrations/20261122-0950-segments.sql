create schema segments;
grant usage on schema segments to headwater_app, headwater_system;

create table segments.segment (
  id text primary key,
  workspace_id int not null,
  -- its name in ClickHouse
  num int not null unique generated always as identity,
  name text not null,
  description text not null,
  rule jsonb not null,
  rule_version int not null default 1,
  -- building: membership does not follow this rule yet, and changes of people pass it by until it does
  state text not null default 'building' check (state in ('building', 'live', 'failed')),
  size bigint,
  counted_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
create unique index segment_name on segments.segment (workspace_id, lower(name)) where deleted_at is null;
create index segment_updated on segments.segment (workspace_id, updated_at desc, id);
select platform.wall('segments.segment');

-- Which segment a rule mentions; for cycles, for "in use" and for what must be counted again.
create table segments.segment_reference (
  workspace_id int not null,
  segment_id text not null references segments.segment (id) on delete cascade,
  uses_id text not null references segments.segment (id) on delete cascade,
  primary key (workspace_id, segment_id, uses_id)
);
create index segment_reference_uses on segments.segment_reference (workspace_id, uses_id);
select platform.wall('segments.segment_reference');

-- Counts up with every change of rules or states: what is held in memory is compared with it. Taken first in every
-- write, so that two saves cannot close a circle together.
create table segments.revision (
  workspace_id int primary key,
  version bigint not null
);
select platform.wall('segments.revision');

-- A change of memberships that is being written: noted before ClickHouse sees it, removed together with the new sizes.
-- One that is still here after a crash is finished first. The number is the version of its rows.
create table segments.run (
  version bigint primary key generated always as identity,
  workspace_id int not null,
  -- false: a count from scratch, which nobody is told of
  heard boolean not null,
  at timestamptz not null
);
create index run_workspace on segments.run (workspace_id, version);
select platform.wall('segments.run');
