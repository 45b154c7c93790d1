create schema alerts;
grant usage on schema alerts to headwater_app, headwater_system;

-- One number of a question that is looked at again and again.
create table alerts.alert (
  id text primary key,
  workspace_id int not null,
  name text not null,
  -- a copy: who may change the analysis must not change what this counts with its maker's rights
  question jsonb not null,
  metric jsonb not null,
  line text not null,
  -- what the address of the analysis page had
  state jsonb not null,
  analysis_id text,
  interval text not null,
  unit text not null,
  condition jsonb not null,
  running boolean not null,
  hour int not null,
  remind_every int,
  -- ids of members
  tells text[] not null,
  by_mail boolean not null,
  by_webhook boolean not null,
  -- with whose rights it is asked, as they are then
  member_id text not null,
  created_by text not null,
  created_by_kind text not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- kept for 30 days, so that it can be brought back
  deleted_at timestamptz,
  paused_for text check (paused_for in ('by_hand', 'rights')),
  muted_until timestamptz,
  -- code of what went wrong at the last try
  fault text,
  firing boolean not null default false,
  -- what those it tells know of
  told_firing boolean not null default false,
  since_told int not null default 0,
  last_bucket text,
  looked_at timestamptz,
  due_at timestamptz not null
);
create index alert_name on alerts.alert (workspace_id, lower(name), id);
create index alert_due on alerts.alert (due_at) where deleted_at is null and paused_for is null;
select platform.wall('alerts.alert');

-- What was found, one row a bucket.
create table alerts.evaluation (
  workspace_id int not null,
  alert_id text not null references alerts.alert on delete cascade,
  bucket text not null,
  -- where the bucket stands among others: an hour may come twice by name
  place bigint not null,
  value double precision,
  low double precision,
  high double precision,
  expected double precision,
  verdict text not null,
  needs int not null,
  running boolean not null,
  edge text,
  told text,
  at timestamptz not null,
  primary key (alert_id, place)
);
select platform.wall('alerts.evaluation');

-- A message to one member by mail: written with what it tells, so that it is one however often the job runs.
create table alerts.letter (
  workspace_id int not null,
  alert_id text not null references alerts.alert on delete cascade,
  -- alert, bucket, what changed
  key text not null,
  member_id text not null,
  change jsonb not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (alert_id, key, member_id)
);
create index letter_age on alerts.letter (created_at);
select platform.wall('alerts.letter');
