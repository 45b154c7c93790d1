-- What users say of attributes. `type` is what the first value looked like, until somebody declares one.
alter table profiles.attribute
  add column declared boolean not null default false,
  add column label_zh text not null default '',
  add column label_en text not null default '',
  add column description text not null default '',
  -- of an enum, in order: [{"value", "zh", "en", "color"}]
  add column options jsonb not null default '[]',
  -- of a reference: person or company
  add column refers_to text,
  add column personal boolean not null default false,
  add column searchable boolean not null default false,
  add column in_group text not null default '',
  add column archived_at timestamptz,
  add column updated_at timestamptz not null default now();
-- The label of before was never written by anything.
alter table profiles.attribute drop column label;
update profiles.attribute set personal = true where type in ('email', 'phone');

-- Which sources told an attribute; `hand` stands for members and the API. Begins with the first value after this.
create table profiles.attribute_source (
  workspace_id int not null,
  name text not null,
  source text not null,
  first_at timestamptz not null default now(),
  primary key (workspace_id, name, source)
);
select platform.wall('profiles.attribute_source');

-- Who looked at how many people's full values in an hour; the audit log says whose.
create table profiles.reveal_count (
  workspace_id int not null,
  actor text not null,
  hour timestamptz not null,
  count int not null,
  primary key (workspace_id, actor, hour)
);
select platform.wall('profiles.reveal_count');
