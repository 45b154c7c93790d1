create schema tags;
grant usage on schema tags to headwater_app, headwater_system;

-- Which tags there are and how they lie in each other; who carries them is in profiles.unit_tag, by name.
create table tags.tag (
  workspace_id int not null,
  id text primary key,
  name text not null,
  parent_id text,
  created_at timestamptz not null,
  unique (workspace_id, id),
  constraint tag_name unique (workspace_id, name),
  foreign key (workspace_id, parent_id) references tags.tag (workspace_id, id)
);
create index tag_parent on tags.tag (workspace_id, parent_id);
select platform.wall('tags.tag');
