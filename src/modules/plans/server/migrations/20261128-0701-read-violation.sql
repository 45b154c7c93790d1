-- How much of what each source sends differs from the plan, for those who watch over sources.
create view read.plan_violation with (security_invoker = true) as
  select workspace_id, day, source, sum(count)::bigint as count from plans.violation
  group by workspace_id, day, source;
grant select on read.plan_violation to headwater_app, headwater_system;
