create schema analytics;
grant usage on schema analytics to headwater_app, headwater_system;

-- A question with a name. `question` is the body the API takes, `state` what the page's address had.
create table analytics.saved_analysis (
  id text primary key,
  workspace_id int not null,
  name text not null,
  folder text not null,
  description text not null,
  kind text not null,
  question jsonb not null,
  state jsonb not null,
  -- the member or key that keeps it
  owner text not null,
  created_by text not null,
  created_by_kind text not null,
  -- counts up with every change, so that nobody overwrites what they have not seen
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index saved_analysis_name on analytics.saved_analysis (workspace_id, lower(folder), lower(name));
select platform.wall('analytics.saved_analysis');
