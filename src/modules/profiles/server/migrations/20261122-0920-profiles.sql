create schema profiles;
grant usage on schema profiles to headwater_app, headwater_system;

-- Unit: the number of an identifier; it is also the number of the person whose root it is. Stays below 2^53.
create sequence profiles.unit_seq increment by 1000 start with 1000 maxvalue 9007199254740991;
grant usage on sequence profiles.unit_seq to headwater_app, headwater_system;

-- Version of what is shipped to ClickHouse. Sequence values are never used twice; `shipped.committed` says up to
-- which one Postgres agrees, so that rows of a failed transaction are found and shipped again.
create sequence profiles.version_seq;
grant usage on sequence profiles.version_seq to headwater_app, headwater_system;
create table profiles.shipped (one boolean primary key default true check (one), committed bigint not null);
insert into profiles.shipped (committed) values (0);
grant select, update on profiles.shipped to headwater_app, headwater_system;

create table profiles.identifier (
  workspace_id int not null,
  unit bigint primary key,
  kind text not null,
  value text not null,
  person bigint not null,
  -- devices of several logins: who owned it from when to when, ms
  intervals jsonb not null default '[]',
  -- further people a contact is known of
  holders bigint[] not null default '{}',
  -- everything ever named together, accepted or not; what a late arrival folds again
  component bigint not null,
  first_time bigint not null,
  first_message_id text not null,
  -- false while only an alias has named it
  seen boolean not null,
  unique (workspace_id, kind, value)
);
create index identifier_person on profiles.identifier (workspace_id, person);
create index identifier_component on profiles.identifier (workspace_id, component);
select platform.wall('profiles.identifier');

-- People an identifier also belongs to, besides its home: holders of a contact, owners of a shared device.
create table profiles.identifier_guest (
  workspace_id int not null,
  person bigint not null,
  unit bigint not null,
  primary key (workspace_id, person, unit)
);
create index identifier_guest_unit on profiles.identifier_guest (workspace_id, unit);
select platform.wall('profiles.identifier_guest');

-- A distinct set of identifiers seen together, at its earliest observation. Append-mostly: only the time moves back.
create table profiles.link (
  workspace_id int not null,
  first_unit bigint not null,
  units bigint[] not null,
  alias boolean not null,
  time bigint not null,
  message_id text not null,
  source text,
  primary key (workspace_id, first_unit, units)
);
select platform.wall('profiles.link');

create table profiles.device_run (
  workspace_id int not null,
  device bigint not null,
  key bigint[] not null,
  time bigint not null,
  message_id text not null,
  primary key (workspace_id, device, time, message_id)
);
select platform.wall('profiles.device_run');

-- Every claim of a device by a set of identifiers, collapsed per projected range. Append-only.
create table profiles.device_claim (
  workspace_id int not null,
  device bigint not null,
  key bigint[] not null,
  times bigint[] not null,
  message_ids text[] not null
);
create index device_claim_device on profiles.device_claim (workspace_id, device);
select platform.wall('profiles.device_claim');

create table profiles.decision (
  id text primary key,
  workspace_id int not null,
  kind text not null check (kind in ('merge', 'unmerge')),
  at timestamptz not null,
  made_by text not null,
  content jsonb not null
);
select platform.wall('profiles.decision');
create table profiles.decision_unit (
  workspace_id int not null,
  unit bigint not null,
  decision_id text not null references profiles.decision (id) on delete cascade,
  primary key (workspace_id, unit, decision_id)
);
select platform.wall('profiles.decision_unit');

-- Values per identifier: {"city": [["Beijing", time ms, message id], …]}; the latest only, but all for devices,
-- whose values belong to whoever owned the device at that time.
create table profiles.unit_traits (
  workspace_id int not null,
  unit bigint primary key,
  traits jsonb not null
);
select platform.wall('profiles.unit_traits');

create table profiles.unit_tag (
  workspace_id int not null,
  unit bigint not null,
  tag text not null,
  added_at timestamptz not null default now(),
  added_by text not null,
  primary key (workspace_id, unit, tag)
);
create index unit_tag_tag on profiles.unit_tag (workspace_id, tag);
select platform.wall('profiles.unit_tag');

create table profiles.attribute (
  workspace_id int not null,
  name text not null,
  type text not null,
  label text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, name)
);
select platform.wall('profiles.attribute');

create table profiles.identity_kind (
  workspace_id int not null,
  kind text not null,
  class text not null check (class in ('login', 'contact', 'device')),
  priority int not null,
  max_per_person int not null,
  blocked text[] not null default '{}',
  primary key (workspace_id, kind)
);
select platform.wall('profiles.identity_kind');
