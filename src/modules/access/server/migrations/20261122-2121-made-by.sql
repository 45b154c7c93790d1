-- Whether `invited_by` is the name of a member, an API key or the program.
alter table access.invitation add column invited_by_kind text not null default 'member'
  check (invited_by_kind in ('member', 'api_key', 'user', 'system'));
-- Name of the key that made this one; `member_id` is whose rights both have.
alter table access.api_key add column made_by_key text;
