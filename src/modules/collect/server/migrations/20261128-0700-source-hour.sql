-- What came from each source by hour, counted when it was decided; a rebuild decides nothing, so it changes nothing
-- here. Stored events stand in the hour they happened, the rest in the hour it was received.
create table collect.source_hour (
  workspace_id int not null,
  source text not null,
  hour timestamptz not null,
  stored bigint not null,
  duplicate bigint not null,
  conflict bigint not null,
  rejected bigint not null,
  -- the latest moment of receipt among them
  last_at timestamptz not null,
  primary key (workspace_id, source, hour)
) with (fillfactor = 70);
select platform.wall('collect.source_hour');
create view read.source_hour with (security_invoker = true) as
  select workspace_id, source, hour, stored, duplicate, conflict, rejected, last_at from collect.source_hour;
grant select on read.source_hour to headwater_app, headwater_system;
