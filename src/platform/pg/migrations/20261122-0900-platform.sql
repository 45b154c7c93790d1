-- Roles: `headwater_app` sees one workspace at a time and owns nothing; `headwater_system` is the program itself
-- (log-in, projection, job polling). The login role that runs migrations owns the tables.
do $$ begin
  if not exists (select from pg_roles where rolname = 'headwater_app') then create role headwater_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'headwater_system') then create role headwater_system nologin; end if;
  execute format('grant headwater_app, headwater_system to %I', current_user);
end $$;

create schema platform;
grant usage on schema platform to headwater_app, headwater_system;

-- Unset means no rows, never all rows.
create function platform.current_workspace() returns int language sql stable parallel safe
  return nullif(current_setting('app.workspace_id', true), '')::int;

-- Puts a table behind the wall: RLS enabled and forced, one policy per role. Every table with a workspace_id
-- goes through here; a test lists those that did not.
create function platform.wall(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace on %s to headwater_app using (workspace_id = (select platform.current_workspace()))
                  with check (workspace_id = (select platform.current_workspace()))', target);
  execute format('create policy program on %s to headwater_system using (true) with check (true)', target);
  execute format('grant select, insert, update, delete on %s to headwater_app, headwater_system', target);
end $$;

create table platform.workspace (
  num int primary key generated always as identity,
  id text not null unique,
  name text not null,
  timezone text not null,
  -- ISO 3166 country that local phone numbers are read in
  country text not null default 'CN',
  currency text not null default 'CNY',
  created_at timestamptz not null default now()
);
alter table platform.workspace enable row level security;
alter table platform.workspace force row level security;
create policy workspace on platform.workspace to headwater_app using (num = (select platform.current_workspace()));
create policy program on platform.workspace to headwater_system using (true) with check (true);
grant select, update on platform.workspace to headwater_app;
grant select, insert, update, delete on platform.workspace to headwater_system;

-- Answers already given, so that a repeated POST with the same Idempotency-Key repeats its answer, not its effect.
create table platform.idempotency (
  workspace_id int not null,
  key text not null,
  request_hash text not null,
  status int,
  body text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);
create index idempotency_age on platform.idempotency (created_at);
select platform.wall('platform.idempotency');

create table platform.job (
  id text primary key,
  workspace_id int not null,
  kind text not null,
  payload jsonb not null,
  dedup_key text,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  run_at timestamptz not null default now(),
  attempts int not null default 0,
  worker text,
  lease_until timestamptz,
  cancel_requested boolean not null default false,
  progress real not null default 0,
  note text,
  title text,
  member_id text,
  result jsonb,
  error jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index job_due on platform.job (run_at) where state = 'waiting';
create index job_lease on platform.job (lease_until) where state = 'running';
create unique index job_key on platform.job (workspace_id, kind, dedup_key) where state = 'waiting' and dedup_key is not null;
create index job_recent on platform.job (workspace_id, created_at desc);
select platform.wall('platform.job');
