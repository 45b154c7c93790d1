-- People behind numbers of an analysis being put into segments by a job, with the rights of whoever asked for it.
create table analytics.making (
  id text primary key,
  workspace_id int not null,
  -- the question and its cells are forgotten when the work is over: their conditions may name somebody
  question jsonb,
  parts jsonb not null,
  actor jsonb not null,
  scope jsonb not null,
  permissions jsonb not null,
  sight text not null,
  language text not null,
  job_id text,
  -- null while it is at work
  ended text check (ended in ('done', 'failed', 'cancelled')),
  undone_at timestamptz,
  created_at timestamptz not null
);
select platform.wall('analytics.making');

-- Which segment stands for what, so that making it again brings it up to date.
create table analytics.made_segment (
  workspace_id int not null,
  origin text not null,
  segment_id text not null,
  primary key (workspace_id, origin)
);
select platform.wall('analytics.made_segment');
