create table content.brand (
  workspace_id int primary key references platform.workspace,
  kit jsonb not null
);
select platform.wall('content.brand');

create table content.block (
  workspace_id int not null references platform.workspace,
  id text not null,
  name text not null,
  version int not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, id),
  constraint block_name unique (workspace_id, name)
);
select platform.wall('content.block');

create table content.block_version (
  workspace_id int not null references platform.workspace,
  block_id text not null,
  version int not null,
  mjml text not null,
  primary key (workspace_id, block_id, version),
  foreign key (workspace_id, block_id) references content.block on delete cascade
);
select platform.wall('content.block_version');

create table content.coupon_pool (
  workspace_id int not null references platform.workspace,
  id text not null,
  name text not null,
  low_at int not null,
  -- So that its keepers are told once.
  told_low boolean not null default false,
  valid_from timestamptz,
  valid_until timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  constraint coupon_pool_name unique (workspace_id, name)
);
select platform.wall('content.coupon_pool');

create table content.coupon (
  workspace_id int not null references platform.workspace,
  code text not null,
  pool_id text not null,
  person bigint,
  purpose text,
  assigned_at timestamptz,
  redeemed_at timestamptz,
  -- A shop knows the code alone.
  primary key (workspace_id, code),
  foreign key (workspace_id, pool_id) references content.coupon_pool on delete cascade,
  check ((person is null) = (assigned_at is null) and (person is null) = (purpose is null))
);
-- One for each person and purpose, whoever asks at the same time.
create unique index coupon_given on content.coupon (workspace_id, pool_id, person, purpose) where person is not null;
create index coupon_free on content.coupon (workspace_id, pool_id) where person is null;
create index coupon_assigned on content.coupon (workspace_id, pool_id, assigned_at desc, code) where person is not null;
create index coupon_person on content.coupon (workspace_id, person) where person is not null;
select platform.wall('content.coupon');

create table content.tracked_link (
  workspace_id int not null references platform.workspace,
  id text not null,
  -- What stands in its address: short, and not to be guessed from another.
  slug text not null unique,
  name text not null,
  target text not null,
  utm jsonb not null,
  visits bigint not null default 0,
  last_visit timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index tracked_link_newest on content.tracked_link (workspace_id, created_at desc, id desc);
select platform.wall('content.tracked_link');
