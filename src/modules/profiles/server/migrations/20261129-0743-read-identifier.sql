-- Which identifiers there are and whose they are; `person` is whom each is at home with.
create view read.identifier with (security_invoker = true) as
  select workspace_id, unit, kind, value, person from profiles.identifier;
-- Everybody an identifier is known of, once each. Not seen: only an alias has named it.
create view read.identifier_holder with (security_invoker = true) as
  select workspace_id, unit, kind, value, person, seen, true as home from profiles.identifier
  union all
  select g.workspace_id, g.unit, i.kind, i.value, g.person, i.seen, false
  from profiles.identifier_guest g join profiles.identifier i on i.unit = g.unit and i.workspace_id = g.workspace_id;
grant select on read.identifier, read.identifier_holder to headwater_app, headwater_system;
