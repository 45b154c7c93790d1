-- A board that goes out by mail on a schedule, with the rights its maker has then.
create table dashboards.mail (
  id text primary key,
  workspace_id int not null,
  board_id text not null references dashboards.board on delete cascade,
  -- with whose rights it is drawn, as they are then; only they change it
  member_id text not null,
  created_by text not null,
  created_by_kind text not null,
  -- receivers: members by id, others by address
  members text[] not null,
  addresses text[] not null,
  every text not null check (every in ('day', 'week', 'month')),
  day int not null,
  -- of the day, in the workspace's time zone
  minute int not null,
  formats text[] not null,
  language text not null check (language in ('zh', 'en')),
  -- the board's as they were when it was made
  filters jsonb not null,
  -- null: it goes out
  paused text check (paused in ('by_hand', 'maker_gone', 'maker_may_not')),
  next_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index mail_of_board on dashboards.mail (workspace_id, board_id, created_at, id);
select platform.wall('dashboards.mail');

-- One time it went out, or should have.
create table dashboards.mailing (
  id text primary key,
  workspace_id int not null,
  mail_id text not null references dashboards.mail on delete cascade,
  trigger text not null check (trigger in ('schedule', 'by_hand')),
  state text not null check (state in ('running', 'sent', 'partly', 'failed', 'cancelled')),
  -- of the failure, or why there is no picture
  code text,
  said text,
  started_at timestamptz not null,
  finished_at timestamptz
);
create index mailing_newest on dashboards.mailing (workspace_id, mail_id, started_at desc, id desc);
select platform.wall('dashboards.mailing');

-- Noted before and after handing a message to the mail server, so that a crash between the two is known.
create table dashboards.mail_delivery (
  workspace_id int not null,
  mailing_id text not null references dashboards.mailing on delete cascade,
  -- in the order of receivers; part of the message's id
  place int not null,
  -- of members '': their address is theirs to change
  member_id text not null,
  address text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'refused')),
  -- an earlier try may have arrived already
  maybe_twice boolean not null default false,
  said text,
  primary key (workspace_id, mailing_id, place)
);
select platform.wall('dashboards.mail_delivery');
