create schema views;
grant usage on schema views to headwater_app, headwater_system;

-- A named way to look at a list: filters, sort, columns, density, as the list's address has them.
create table views.saved_view (
  id text primary key,
  workspace_id int not null,
  list text not null,
  name text not null,
  content jsonb not null,
  shared boolean not null,
  -- the member or key that made it
  owner text not null,
  created_by text not null,
  created_by_kind text not null,
  -- counts up with every change, so that nobody overwrites what they have not seen
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index saved_view_list on views.saved_view (workspace_id, list);
-- One's own names are one's own; shared ones are everybody's.
create unique index saved_view_name on views.saved_view (workspace_id, list, (case when shared then '' else owner end), lower(name));
select platform.wall('views.saved_view');

-- What members of a role see first.
create table views.role_default (
  workspace_id int not null,
  list text not null,
  role_id text not null,
  view_id text not null references views.saved_view on delete cascade,
  primary key (workspace_id, list, role_id)
);
select platform.wall('views.role_default');
