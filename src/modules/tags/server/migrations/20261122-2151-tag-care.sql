alter table tags.tag
  add column description text not null default '',
  -- a name out of a short list, or empty; the screen knows what it looks like
  add column color text not null default '',
  -- the member who answers for it
  add column owner text,
  -- only a heading over others; nobody is given it
  add column category boolean not null default false,
  -- when it may be given and until when it holds; and for how many days after being given
  add column valid_from timestamptz,
  add column valid_until timestamptz,
  add column valid_days int,
  add column archived_at timestamptz,
  -- names it had, or of tags merged into it, under which some people still carry it: a rule on it holds for these too
  add column was text[] not null default '{}';
create index tag_expiring on tags.tag (workspace_id) where valid_until is not null or valid_days is not null;

-- Giving and taking tags in the background; what it changed is in profiles.tag_history, by its id.
create table tags.batch (
  workspace_id int not null,
  id text primary key,
  -- whom it was asked for: a list of numbers, or a rule; the other is null
  persons bigint[],
  rule jsonb,
  add_tags text[] not null,
  remove_tags text[] not null,
  why text,
  -- as whom it runs, and what they may see
  actor jsonb not null,
  scope jsonb not null,
  -- how many it concerns, once that is known
  people int,
  job_id text,
  undo_job_id text,
  created_at timestamptz not null
);
create index batch_recent on tags.batch (workspace_id, created_at desc, id desc);
select platform.wall('tags.batch');
