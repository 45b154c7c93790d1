-- Narrower rows than the maker's (null: theirs), requests a minute, and addresses a key may be used from (null: any).
alter table access.api_key
  add column scope text check (scope in ('self', 'self_and_subordinates', 'department', 'department_tree', 'all')),
  add column per_minute int not null default 30000 check (per_minute between 1 and 600000),
  add column allowed_ips text[];

-- What all processes together let a key do in a minute. Worth nothing after a crash.
create unlogged table access.key_use (
  workspace_id int not null,
  key_id text not null,
  minute timestamptz not null,
  requests bigint not null,
  primary key (workspace_id, key_id)
);
select platform.wall('access.key_use');
