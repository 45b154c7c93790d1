-- Whether `created_by` is the name of a member, an API key or the program.
alter table segments.segment add column created_by_kind text not null default 'member'
  check (created_by_kind in ('member', 'api_key', 'user', 'system'));
