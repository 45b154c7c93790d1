-- Who was in a segment at one moment, frozen. Its people are in snapshot_part, and in ClickHouse's list_unit by `num`,
-- whose numbers are beyond those of segments.
create table segments.snapshot (
  num int primary key generated always as identity (start with 1000000001),
  id text not null unique,
  workspace_id int not null,
  segment_id text not null references segments.segment (id) on delete cascade,
  -- version of the rule it was of
  version int not null,
  state text not null check (state in ('building', 'ready', 'failed')),
  at timestamptz,
  size bigint,
  scheduled boolean not null,
  created_by text not null,
  created_by_kind text not null,
  created_at timestamptz not null
);
create index snapshot_segment on segments.snapshot (workspace_id, segment_id, num desc);
select platform.wall('segments.snapshot');

-- Numbers of people, ascending, as packed differences.
create table segments.snapshot_part (
  workspace_id int not null,
  snapshot int not null references segments.snapshot (num) on delete cascade,
  part int not null,
  units bytea not null,
  primary key (workspace_id, snapshot, part)
);
select platform.wall('segments.snapshot_part');

create table segments.schedule (
  workspace_id int not null,
  segment_id text not null references segments.segment (id) on delete cascade,
  every text not null check (every in ('day', 'week', 'month')),
  -- 1 Monday – 7 Sunday, or 1–31: a month that is shorter counts its last day
  day int not null,
  -- minutes after midnight in the workspace's zone
  minute int not null,
  keep int not null,
  next_at timestamptz not null,
  primary key (workspace_id, segment_id)
);
select platform.wall('segments.schedule');
