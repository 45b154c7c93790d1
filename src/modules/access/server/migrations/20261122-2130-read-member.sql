-- Who owns people, and in which department they work, for the modules above.
create view read.member with (security_invoker = true) as
  select workspace_id, id, name, status, department_id from access.member;
grant select on read.member to headwater_app, headwater_system;
