-- Views that other modules may read; security_invoker, so that the reader's own walls apply.
create schema if not exists read;
grant usage on schema read to headwater_app, headwater_system;
create view read.source with (security_invoker = true) as select workspace_id, id, name, kind from access.write_key;
grant select on read.source to headwater_app, headwater_system;
