-- How long events are kept; no row, or no days: for ever.
create table privacy.retention (
  workspace_id int primary key,
  days int check (days between 30 and 36500),
  job_id text,
  last_at timestamptz,
  last_events bigint,
  changed_at timestamptz not null default now()
);
select platform.wall('privacy.retention');
