-- Receivers who took themselves off a scheduled mail; they are on no list of it any more.
create table dashboards.mail_left (
  workspace_id int not null,
  mail_id text not null references dashboards.mail on delete cascade,
  -- one of the two is '': a member by id, others by address
  member_id text not null,
  address text not null,
  left_at timestamptz not null,
  primary key (workspace_id, mail_id, member_id, address)
);
select platform.wall('dashboards.mail_left');
