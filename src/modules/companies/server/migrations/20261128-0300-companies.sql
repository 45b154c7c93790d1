create schema companies;
grant usage on schema companies to headwater_app, headwater_system;

-- Stamped on every row whose answer changed, by the single writer alone; ClickHouse is told of what is above `shipped`.
create sequence companies.version_seq;
grant usage on sequence companies.version_seq to headwater_app, headwater_system;
create table companies.shipped (one boolean primary key default true check (one), version bigint not null);
insert into companies.shipped (version) values (0);
grant select, update on companies.shipped to headwater_app, headwater_system;

-- What companies and households have in common: a number of people. `num` stays below 2^53.
create table companies.circle (
  workspace_id int not null,
  num bigint generated always as identity primary key,
  id text not null unique,
  kind text not null check (kind in ('company', 'household')),
  -- what sources call it: the `groupId` of their group calls
  external_id text,
  -- {"industry": ["Education", ms, message id]}: of every attribute what was told last
  traits jsonb not null default '{}',
  -- out of the traits, for lists and look-ups
  name text not null default '',
  domain text not null default '',
  owner text,
  -- where the owner worked when ClickHouse was last told
  department text,
  -- of a household: the contact its people share
  shared_unit bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  version bigint not null,
  unique (workspace_id, kind, external_id)
);
create index circle_version on companies.circle (version);
create index circle_domain on companies.circle (workspace_id, domain) where domain <> '';
create index circle_owner on companies.circle (workspace_id, owner) where owner is not null;
create index circle_shared on companies.circle (workspace_id, shared_unit) where shared_unit is not null;
select platform.wall('companies.circle');

-- Who belongs to it, kept at an identifier, so that merge and unmerge need nothing done. Of a device, whose owner
-- depends on the time, there is a row per call (`place` is its time); elsewhere `place` is 0.
create table companies.member (
  workspace_id int not null,
  circle bigint not null references companies.circle (num) on delete cascade,
  unit bigint not null,
  place bigint not null default 0,
  -- ms: the earliest time it was said since it was last taken back
  since bigint not null,
  -- ms: the latest time it was said
  last bigint not null,
  -- job title in a company, role in a household; the latest told
  title text,
  title_at bigint,
  title_by text,
  -- taken back by a member; what was said up to then counts no more
  removed_at bigint,
  removed_before bigint,
  -- of a household: whom to speak to
  main boolean not null default false,
  version bigint not null,
  primary key (workspace_id, unit, circle, place)
);
create index member_circle on companies.member (workspace_id, circle, unit);
create index member_version on companies.member (version);
select platform.wall('companies.member');

-- Attributes of companies register themselves, with the type of their first value.
create table companies.attribute (
  workspace_id int not null,
  name text not null,
  type text not null,
  primary key (workspace_id, name)
);
select platform.wall('companies.attribute');

-- Suggested households that somebody looked at and found to be none: by the contact, up to a number of people.
create table companies.no_household (
  workspace_id int not null,
  unit bigint not null,
  people int not null,
  by text not null,
  at timestamptz not null,
  primary key (workspace_id, unit)
);
select platform.wall('companies.no_household');
