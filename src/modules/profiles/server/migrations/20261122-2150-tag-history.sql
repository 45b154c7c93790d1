-- Every time a tag was put on an identifier or taken off it: when, by whom, why, and in which batch. Renaming a tag renames
-- it here too, so that a tag has one history. Lies with the identifiers, as the tags do: it moves with identity.
create table profiles.tag_history (
  workspace_id int not null,
  seq bigint primary key generated always as identity,
  unit bigint not null,
  tag text not null,
  added boolean not null,
  at timestamptz not null,
  by text not null,
  by_kind text not null,
  why text,
  batch text
);
create index tag_history_unit on profiles.tag_history (workspace_id, unit, seq);
create index tag_history_tag on profiles.tag_history (workspace_id, tag, seq);
create index tag_history_batch on profiles.tag_history (workspace_id, batch, seq) where batch is not null;
select platform.wall('profiles.tag_history');

-- What was put on before there was a history.
insert into profiles.tag_history (workspace_id, unit, tag, added, at, by, by_kind)
select workspace_id, unit, tag, true, added_at, added_by, 'member' from profiles.unit_tag order by added_at, unit, tag;

-- Tags that hold for some days ask for those put on first.
drop index profiles.unit_tag_tag;
create index unit_tag_tag on profiles.unit_tag (workspace_id, tag, added_at);
