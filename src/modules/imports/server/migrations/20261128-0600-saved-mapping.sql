-- How files of one kind are read, kept under a name and found again by the columns of a file.
create table imports.mapping (
  id text primary key,
  workspace_id int not null,
  name text not null,
  -- the file's columns when it was saved; `header` is a hash of their set
  columns text[] not null,
  header text not null,
  spec jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null,
  unique (workspace_id, name)
);
create index mapping_header on imports.mapping (workspace_id, header);
select platform.wall('imports.mapping');

-- Whose an import is: who does not see everybody sees their own alone. Of earlier ones nobody knows any more.
alter table imports.import add column actor text not null default '';
create index import_own on imports.import (workspace_id, actor, created_at desc, id desc);
alter table imports.upload add column actor text not null default '';
