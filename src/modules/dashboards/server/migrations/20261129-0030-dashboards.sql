create schema dashboards;
grant usage on schema dashboards to headwater_app, headwater_system;

-- Tiles are one document: they are arranged, saved and taken back together.
create table dashboards.board (
  id text primary key,
  workspace_id int not null,
  name text not null,
  folder text not null,
  description text not null,
  tiles jsonb not null,
  -- the range and audience it opens with
  filters jsonb not null,
  -- the member or key that made it
  owner text not null,
  created_by text not null,
  created_by_kind text not null,
  -- counts up with every change, so that nobody overwrites what they have not seen
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- kept for 30 days, so that it can be brought back as it was
  deleted_at timestamptz
);
create unique index board_name on dashboards.board (workspace_id, lower(folder), lower(name)) where deleted_at is null;
select platform.wall('dashboards.board');

-- Whose list has it on top.
create table dashboards.favourite (
  workspace_id int not null,
  board_id text not null references dashboards.board on delete cascade,
  owner text not null,
  primary key (workspace_id, board_id, owner)
);
select platform.wall('dashboards.favourite');

-- By which a board is shown to whoever has the address. The address is signed and not kept.
create table dashboards.share_link (
  id text primary key,
  workspace_id int not null,
  board_id text not null references dashboards.board on delete cascade,
  -- with whose rights it is opened, as they are then
  member_id text not null,
  created_by text not null,
  created_by_kind text not null,
  password_hash text,
  filters jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_opened_at timestamptz,
  -- when an opening was last noted in the audit log
  noted_at timestamptz,
  opened int not null default 0
);
create index share_link_newest on dashboards.share_link (workspace_id, created_at desc, id desc);
select platform.wall('dashboards.share_link');
