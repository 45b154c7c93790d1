-- Who looks after a person: the member, and the department the member worked in when ClickHouse was last told. Kept at
-- the root identifier of the moment, so that a merge and its end need nothing done: of all rows at a person's own
-- identifiers the latest counts. No owner: the person was given back while there were rows at other identifiers.
create table profiles.unit_owner (
  workspace_id int not null,
  unit bigint not null,
  owner text,
  department text,
  assigned_at timestamptz not null,
  assigned_by text not null,
  primary key (workspace_id, unit)
);
create index unit_owner_owner on profiles.unit_owner (workspace_id, owner);
select platform.wall('profiles.unit_owner');
