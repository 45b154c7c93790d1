create schema health;
grant usage on schema health to headwater_app, headwater_system;

-- Events by name and hour, counted out of ClickHouse and counted again while an hour is young. Only what is compared
-- with: the hours of six weeks, of the most frequent names.
create table health.event_hour (
  workspace_id int not null,
  event text not null,
  hour timestamptz not null,
  count bigint not null,
  primary key (workspace_id, hour, event)
) with (fillfactor = 70);
select platform.wall('health.event_hour');

-- How far a workspace has been looked at; the row lock keeps two processes from doing it twice.
create table health.progress (
  workspace_id int primary key,
  looked_at timestamptz not null,
  -- events of the hours before this one are counted for good
  counted_until timestamptz,
  counted_at timestamptz
);
select platform.wall('health.progress');

-- One open one a series and kind at most. `series` is `source:src_…` or `event:Order Completed`.
create table health.anomaly (
  id text primary key,
  workspace_id int not null,
  series text not null,
  kind text not null check (kind in ('silent', 'drop', 'surge')),
  -- the hour it was seen in; of a silence the moment of the last event
  since timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  expected double precision not null,
  seen double precision not null
);
create unique index anomaly_open on health.anomaly (workspace_id, series, kind) where closed_at is null;
create index anomaly_recent on health.anomaly (workspace_id, opened_at desc, id);
select platform.wall('health.anomaly');

create table health.mute (
  workspace_id int not null,
  series text not null,
  -- null: until somebody takes it back
  until timestamptz,
  muted_by text not null,
  muted_at timestamptz not null,
  primary key (workspace_id, series)
);
select platform.wall('health.mute');
