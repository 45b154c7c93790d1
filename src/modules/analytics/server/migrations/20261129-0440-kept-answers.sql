-- Answers of analyses that are kept while nothing they follow from has changed, and what has changed since when
-- (docs/decisions/0010). Unlogged: all of it can be asked anew, a crash empties the four together, backups leave them out.

-- Counts changes of a workspace. An answer stamped with a version knows every change up to it.
create unlogged table analytics.tide (
  workspace_id int primary key,
  version bigint not null,
  -- answers stamped lower are void
  floor bigint not null,
  -- the last change of what is known of people: attributes, tags, owners, companies, the recycle bin
  people bigint not null
);
select platform.wall('analytics.tide');

-- Hours (since 1970, UTC) something changed in: events came, or those that are there became somebody else's.
create unlogged table analytics.touched_hour (
  workspace_id int not null,
  hour bigint not null,
  version bigint not null,
  primary key (workspace_id, hour)
);
create index touched_hour_version on analytics.touched_hour (workspace_id, version);
select platform.wall('analytics.touched_hour');

-- Names of the events that changed; '' stands for all of them.
create unlogged table analytics.touched_event (
  workspace_id int not null,
  event text not null,
  version bigint not null,
  primary key (workspace_id, event)
);
select platform.wall('analytics.touched_event');

create unlogged table analytics.kept_answer (
  workspace_id int not null,
  key text not null,
  -- the answer and what it follows from, as JSON, compressed
  body bytea not null,
  bytes int not null,
  version bigint not null,
  computed_at timestamptz not null,
  used_at timestamptz not null,
  primary key (workspace_id, key)
);
create index kept_answer_used on analytics.kept_answer (used_at);
select platform.wall('analytics.kept_answer');
