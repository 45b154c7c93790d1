-- What people say of an event's name; events themselves need no row here.
create table collect.event_note (
  workspace_id int not null,
  name text not null,
  description text not null default '',
  -- member who answers for it
  owner text,
  -- not offered where events are chosen; stored and counted as ever
  hidden boolean not null default false,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (workspace_id, name)
);
select platform.wall('collect.event_note');
