create schema privacy;
grant usage on schema privacy to headwater_app, headwater_system;

-- Wishes to erase a person, and how far they are.
create table privacy.erasure (
  id text primary key,
  workspace_id int not null,
  -- number and public id: they name nobody once it is done
  person bigint not null,
  public_id text not null,
  requested_by text not null,
  requested_by_kind text not null,
  requested_at timestamptz not null,
  job_id text,
  -- units and marks, from before anything is removed until everything is: a crash in between must not lose them
  plan jsonb,
  -- identity, log and events are gone; what other modules keep follows
  carried_out_at timestamptz,
  finished_at timestamptz,
  items bigint
);
create index erasure_recent on privacy.erasure (workspace_id, requested_at desc, id);
create unique index erasure_open on privacy.erasure (workspace_id, person) where finished_at is null;
select platform.wall('privacy.erasure');
