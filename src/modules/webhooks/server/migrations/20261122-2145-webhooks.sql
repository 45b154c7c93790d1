create schema webhooks;
grant usage on schema webhooks to headwater_app, headwater_system;

create table webhooks.endpoint (
  id text primary key,
  workspace_id int not null,
  url text not null,
  description text not null,
  types text[] not null,
  -- null: every segment
  segments text[],
  off_reason text check (off_reason in ('by_hand', 'gone', 'failing')),
  off_at timestamptz,
  -- sealed; the place is workspace, table, column, id
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  -- the first failure since the last success
  failing_since timestamptz,
  -- the receiver asked to be left alone until then
  paused_until timestamptz,
  created_by text not null,
  created_by_kind text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index endpoint_recent on webhooks.endpoint (workspace_id, created_at desc, id);
select platform.wall('webhooks.endpoint');

-- One per change and thousand people, written in the transaction of the change, or once by its key where changes are
-- told at least once. Holds ids and no other personal data.
create table webhooks.message (
  id text primary key,
  workspace_id int not null,
  type text not null,
  -- the bytes that are signed and sent
  body text not null,
  people int not null,
  segment_id text,
  change_key text not null,
  created_at timestamptz not null,
  unique (workspace_id, change_key)
);
create index message_recent on webhooks.message (workspace_id, created_at desc, id);
create index message_age on webhooks.message (created_at);
select platform.wall('webhooks.message');

create table webhooks.delivery (
  workspace_id int not null,
  endpoint_id text not null references webhooks.endpoint (id) on delete cascade,
  message_id text not null references webhooks.message (id) on delete cascade,
  state text not null check (state in ('waiting', 'delivered', 'failed', 'skipped')),
  -- within the present round of tries; sending again begins a new one
  tries int not null default 0,
  attempts int not null default 0,
  -- when to try; a worker that takes it moves it on, so that a killed one's is free again by itself
  next_at timestamptz,
  status int,
  error text,
  created_at timestamptz not null,
  primary key (endpoint_id, message_id)
);
create index delivery_next on webhooks.delivery (endpoint_id, next_at, message_id) where state = 'waiting';
create index delivery_recent on webhooks.delivery (endpoint_id, created_at desc, message_id desc);
create index delivery_message on webhooks.delivery (message_id);
select platform.wall('webhooks.delivery');

create table webhooks.attempt (
  workspace_id int not null,
  endpoint_id text not null,
  message_id text not null,
  number int not null,
  at timestamptz not null,
  status int,
  error text,
  took_ms int not null,
  answer text not null,
  primary key (endpoint_id, message_id, number),
  foreign key (endpoint_id, message_id) references webhooks.delivery (endpoint_id, message_id) on delete cascade
);
select platform.wall('webhooks.attempt');
