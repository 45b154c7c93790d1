-- What readers who see personal data masked asked for in an hour, so that nobody tries values by the thousand. One row an
-- actor and hour, whose lock makes the counts exact; the values as keyed hashes, only to count each of them once.
create table profiles.guess_hour (
  workspace_id int not null,
  actor text not null,
  hour timestamptz not null,
  guesses int not null default 0,
  -- sets of values that were more than one looks up one by one
  uploads int not null default 0,
  -- whether the audit log was told that it was too much
  refused boolean not null default false,
  primary key (workspace_id, actor, hour)
);
select platform.wall('profiles.guess_hour');

create table profiles.guess (
  workspace_id int not null,
  actor text not null,
  hour timestamptz not null,
  value bigint not null,
  primary key (workspace_id, actor, hour, value)
);
select platform.wall('profiles.guess');

-- How many of them look the same when they are masked (138****8000): who tries to read one value asks among these.
create table profiles.guess_look (
  workspace_id int not null,
  actor text not null,
  hour timestamptz not null,
  look bigint not null,
  asked int not null,
  primary key (workspace_id, actor, hour, look)
);
select platform.wall('profiles.guess_look');
