-- A list is a segment whose people are put on it; its rule is {"list": its own id}.
alter table segments.segment add column kind text not null default 'rule' check (kind in ('rule', 'list'));

-- Every change of a list: who put or took off whom, and how far it came. The number is the version of its rows.
create table segments.list_change (
  number bigint primary key generated always as identity,
  id text not null unique,
  workspace_id int not null,
  segment_id text not null references segments.segment (id) on delete cascade,
  what text not null check (what in ('add', 'remove', 'undo')),
  source text not null check (source in ('hand', 'identifiers', 'rule', 'file', 'undo')),
  -- name of the file, or of the segment
  title text,
  -- what the background work needs: the upload, the rule, the change that is undone
  task jsonb not null,
  -- what whoever asked may see
  scope jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  total bigint,
  -- rows dealt with, up to which a broken-off work is not repeated
  handled bigint not null default 0,
  changed bigint not null default 0,
  unmatched bigint not null default 0,
  created bigint not null default 0,
  undone_by text,
  job_id text,
  created_by text not null,
  created_by_kind text not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index list_change_segment on segments.list_change (workspace_id, segment_id, number desc);
select platform.wall('segments.list_change');

-- Who is on which list, by identifier (as tags are), so that it follows merges and unmerges. Who was taken off keeps a
-- row, or nothing could be undone. ClickHouse has the same in list_unit.
create table segments.list_unit (
  workspace_id int not null,
  -- the segment's number
  list int not null,
  unit bigint not null,
  present boolean not null,
  -- when it was put on: whose a shared device was then
  at timestamptz not null,
  -- the latest change of it
  change bigint not null,
  primary key (workspace_id, list, unit)
);
create index list_unit_change on segments.list_unit (workspace_id, list, change, unit);
create index list_unit_unit on segments.list_unit (workspace_id, unit);
select platform.wall('segments.list_unit');

-- Rows of a file (or of a request) that nobody was found for; kept for 30 days, to be corrected and sent again.
create table segments.list_unmatched (
  workspace_id int not null,
  change bigint not null references segments.list_change (number) on delete cascade,
  row bigint not null,
  kind text not null,
  value text not null,
  reason text not null,
  primary key (workspace_id, change, row)
);
create index list_unmatched_value on segments.list_unmatched (workspace_id, value);
select platform.wall('segments.list_unmatched');
