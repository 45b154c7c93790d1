create schema connectors;
grant usage on schema connectors to headwater_app, headwater_system;

-- A way to a place data comes from. The secret is sealed for this very row.
create table connectors.connection (
  id text primary key,
  workspace_id int not null,
  name text not null,
  place jsonb not null,
  key text not null,
  secret text not null,
  tested_at timestamptz,
  fault_code text,
  fault_message text,
  created_by text not null,
  created_at timestamptz not null,
  unique (workspace_id, name)
);
select platform.wall('connectors.connection');
