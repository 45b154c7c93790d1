-- Which role a member has, for modules that keep something per role.
create view read.member_role with (security_invoker = true) as
  select workspace_id, id as member_id, role_id from access.member;
grant select on read.member_role to headwater_app, headwater_system;
