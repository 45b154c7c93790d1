create schema content;
grant usage on schema content to headwater_app, headwater_system;

create table content.template (
  workspace_id int not null references platform.workspace,
  id text not null,
  channel text not null,
  name text not null,
  folder text not null default '',
  labels text[] not null default '{}',
  purpose text not null,
  on_missing text not null,
  -- The first is the fallback.
  languages text[] not null,
  headline text not null default '',
  revision int not null default 1,
  -- The revision that was published last.
  published_revision int,
  version int,
  pending boolean not null default false,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, id)
);
-- What was put away leaves its name to others.
create unique index template_name on content.template (workspace_id, channel, lower(name)) where archived_at is null;
create index template_newest on content.template (workspace_id, updated_at desc, id desc);
select platform.wall('content.template');

create table content.draft (
  workspace_id int not null references platform.workspace,
  template_id text not null,
  language text not null,
  body jsonb not null,
  updated_at timestamptz not null,
  primary key (workspace_id, template_id, language),
  foreign key (workspace_id, template_id) references content.template on delete cascade
);
select platform.wall('content.draft');

-- Never changed: what was sent can be said for ever.
create table content.version (
  workspace_id int not null references platform.workspace,
  -- Over all workspaces: tokens of links name it in few letters.
  num bigint generated always as identity,
  template_id text not null,
  number int not null,
  note text not null,
  published_by text not null,
  published_at timestamptz not null,
  languages text[] not null,
  bodies jsonb not null,
  compiled jsonb not null,
  needs jsonb not null,
  -- Addresses its links lead to, in the order of their numbers.
  links text[] not null,
  primary key (workspace_id, template_id, number),
  unique (num),
  foreign key (workspace_id, template_id) references content.template on delete cascade
);
select platform.wall('content.version');

create table content.sms_rules (
  workspace_id int primary key references platform.workspace,
  signature text not null,
  unsubscribe text not null
);
select platform.wall('content.sms_rules');
