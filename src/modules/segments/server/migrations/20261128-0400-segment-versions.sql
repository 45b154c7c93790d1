-- Every rule that was ever saved, so that one can be looked at, compared and taken up again.
create table segments.version (
  workspace_id int not null,
  segment_id text not null references segments.segment (id) on delete cascade,
  number int not null,
  rule jsonb not null,
  note text not null default '',
  created_by text not null,
  created_by_kind text not null,
  created_at timestamptz not null,
  primary key (workspace_id, segment_id, number)
);
-- What is known of rules saved before versions were kept: the one that stands.
insert into segments.version (workspace_id, segment_id, number, rule, created_by, created_by_kind, created_at)
  select workspace_id, id, 1, rule, created_by, created_by_kind, updated_at from segments.segment;
select platform.wall('segments.version');
-- Number of the rule that stands. `rule_version` is another thing: it counts counts up.
alter table segments.segment add column version int not null default 1;
