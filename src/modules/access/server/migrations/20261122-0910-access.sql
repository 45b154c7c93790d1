create schema access;
grant usage on schema access to headwater_app, headwater_system;

-- Accounts and login sessions belong to nobody's workspace: only the program reads them, never the app role.
create table access.app_user (
  id text primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text not null,
  language text not null default 'en' check (language in ('en', 'zh')),
  theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
  timezone text,
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz not null
);
grant select, insert, update on access.app_user to headwater_system;

create table access.session (
  id text primary key,
  token_hash bytea not null unique,
  user_id text not null references access.app_user,
  workspace_id int references platform.workspace,
  ip text,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null
);
create index session_of_user on access.session (user_id);
alter table access.session enable row level security;
alter table access.session force row level security;
create policy program on access.session to headwater_system using (true) with check (true);
grant select, insert, update, delete on access.session to headwater_system;

-- Wrong log-ins per account and per address (hashed); durable, so that a restart forgives nobody.
create table access.login_attempt (
  subject text primary key,
  failures int not null,
  since timestamptz not null,
  last_at timestamptz not null
);
create index login_attempt_age on access.login_attempt (last_at);
grant select, insert, update, delete on access.login_attempt to headwater_system;

create table access.role (
  workspace_id int not null references platform.workspace,
  id text not null,
  -- Built-in roles take name, permissions and scope from the code.
  builtin text,
  name text not null,
  permissions text[] not null default '{}',
  scope text not null check (scope in ('self', 'self_and_subordinates', 'department', 'department_tree', 'all')),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  constraint role_name unique (workspace_id, name),
  constraint role_builtin unique (workspace_id, builtin)
);
select platform.wall('access.role');

create table access.department (
  workspace_id int not null references platform.workspace,
  id text not null,
  parent_id text,
  name text not null,
  -- '/dep_a/dep_b/': a subtree is what starts with it
  path text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references access.department (workspace_id, id),
  constraint department_name unique nulls not distinct (workspace_id, parent_id, name)
);
select platform.wall('access.department');

create table access.member (
  workspace_id int not null references platform.workspace,
  id text not null,
  user_id text not null references access.app_user,
  -- Copies from app_user, which the app role cannot see; written by whoever changes the account.
  name text not null,
  email text not null,
  role_id text not null,
  department_id text,
  manager_id text,
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  constraint member_user unique (workspace_id, user_id),
  foreign key (workspace_id, role_id) references access.role (workspace_id, id),
  foreign key (workspace_id, department_id) references access.department (workspace_id, id),
  foreign key (workspace_id, manager_id) references access.member (workspace_id, id)
);
create index member_of_user on access.member (user_id);
create index member_manager on access.member (workspace_id, manager_id);
select platform.wall('access.member');

create table access.invitation (
  workspace_id int not null references platform.workspace,
  id text not null,
  token_hash bytea not null unique,
  email text not null,
  role_id text not null,
  department_id text,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, role_id) references access.role (workspace_id, id) on delete cascade,
  foreign key (workspace_id, department_id) references access.department (workspace_id, id) on delete set null (department_id)
);
select platform.wall('access.invitation');

create table access.api_key (
  workspace_id int not null references platform.workspace,
  id text not null,
  name text not null,
  key_hash bytea not null unique,
  prefix text not null,
  permissions text[] not null,
  -- The key dies with its maker and never sees more than them.
  member_id text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references access.member (workspace_id, id)
);
create index api_key_member on access.api_key (workspace_id, member_id);
select platform.wall('access.api_key');

create table access.write_key (
  workspace_id int not null references platform.workspace,
  id text not null,
  -- Not a secret: it is in every page that tracks.
  key text not null unique,
  name text not null,
  kind text not null check (kind in ('web', 'server', 'app', 'other')),
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
select platform.wall('access.write_key');

-- Last entry of each workspace's chain; its row lock orders the entries.
create table access.audit_head (
  workspace_id int primary key references platform.workspace,
  length bigint not null,
  hash bytea not null
);
select platform.wall('access.audit_head');
revoke delete on access.audit_head from headwater_app, headwater_system;

create table access.audit_log (
  workspace_id int not null references platform.workspace,
  seq bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  action text not null,
  subject text,
  details jsonb not null,
  hash bytea not null,
  primary key (workspace_id, seq)
);
select platform.wall('access.audit_log');
revoke update, delete on access.audit_log from headwater_app, headwater_system;
