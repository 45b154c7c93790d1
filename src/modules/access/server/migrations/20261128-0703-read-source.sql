create or replace view read.source with (security_invoker = true) as
  select workspace_id, id, name, kind, revoked_at is not null as revoked from access.write_key;
