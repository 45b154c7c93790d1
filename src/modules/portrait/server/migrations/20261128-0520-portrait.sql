create schema portrait;
grant usage on schema portrait to headwater_app, headwater_system;

-- Which attributes a workspace must know of somebody to know them well.
create table portrait.setting (
  workspace_id int primary key,
  important text[] not null
);
select platform.wall('portrait.setting');
