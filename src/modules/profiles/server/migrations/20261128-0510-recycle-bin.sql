-- People in the recycle bin: every identifier that was theirs when they were put there. `upto` is the highest number an
-- identifier had then: what came to them later is in the bin with them, somebody who was there before brings them back.
create table profiles.unit_trash (
  workspace_id int not null,
  unit bigint primary key,
  -- the person of that moment
  person bigint not null,
  upto bigint not null,
  at timestamptz not null,
  by text not null,
  by_kind text not null,
  why text,
  batch text
);
create index unit_trash_time on profiles.unit_trash (workspace_id, at desc, person);
create index unit_trash_batch on profiles.unit_trash (workspace_id, batch) where batch is not null;
select platform.wall('profiles.unit_trash');

-- Work on many people that can be undone as a whole: owners, the recycle bin.
create table profiles.people_batch (
  workspace_id int not null,
  id text primary key,
  action text not null check (action in ('owner', 'trash', 'restore')),
  -- the owner to give people to; null: nobody
  owner text,
  -- whom it was asked for: a list of numbers, or a question of the people list; the other is null
  persons bigint[],
  question jsonb,
  why text,
  -- as whom it runs, and what they may see
  actor jsonb not null,
  scope jsonb not null,
  permissions text[] not null,
  people int,
  changed int not null default 0,
  job_id text,
  undo_job_id text,
  created_at timestamptz not null
);
create index people_batch_recent on profiles.people_batch (workspace_id, created_at desc, id desc);
select platform.wall('profiles.people_batch');
