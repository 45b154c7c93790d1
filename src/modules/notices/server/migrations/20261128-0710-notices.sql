create schema notices;
grant usage on schema notices to headwater_app, headwater_system;

create table notices.notice (
  id text primary key,
  workspace_id int not null,
  member_id text not null,
  type text not null,
  level text not null check (level in ('act', 'know', 'digest')),
  -- names of things and members, numbers, codes; nothing about people
  facts jsonb not null,
  href text not null,
  -- '' where each notice is its own
  key text not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notice_recent on notices.notice (workspace_id, member_id, created_at desc, id desc);
create index notice_unread on notices.notice (workspace_id, member_id) where read_at is null;
create unique index notice_key on notices.notice (workspace_id, member_id, type, key) where key <> '';
create index notice_age on notices.notice (created_at);
select platform.wall('notices.notice');

-- What a member does not want to hear of.
create table notices.switched_off (
  workspace_id int not null,
  member_id text not null,
  type text not null,
  primary key (workspace_id, member_id, type)
);
select platform.wall('notices.switched_off');
