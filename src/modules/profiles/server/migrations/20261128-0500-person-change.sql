-- What users did to people besides tags (profiles.tag_history) and merges (profiles.decision): whose they became, which
-- attributes were set by hand, that they went to the recycle bin and came back. At the root identifier of that moment.
create table profiles.person_change (
  workspace_id int not null,
  seq bigint generated always as identity primary key,
  unit bigint not null,
  kind text not null check (kind in ('owner', 'attributes', 'trashed', 'restored')),
  -- owner: {"from": member id or null, "to": …}; attributes: {"names": […]}
  content jsonb not null default '{}',
  at timestamptz not null,
  by text not null,
  by_kind text not null,
  why text,
  -- work on many people that can be undone as a whole
  batch text
);
create index person_change_unit on profiles.person_change (workspace_id, unit, seq desc);
create index person_change_batch on profiles.person_change (workspace_id, batch, seq) where batch is not null;
select platform.wall('profiles.person_change');
