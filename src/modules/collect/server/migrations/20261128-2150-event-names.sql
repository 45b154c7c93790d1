-- What events and their properties are called on screen. Rules, rows and answers go on naming them as they were sent.
alter table collect.event_note
  add column label_zh text not null default '',
  add column label_en text not null default '';

create table collect.property_note (
  workspace_id int not null,
  -- '' says it of the property in every event that says nothing of its own
  event text not null,
  path text not null,
  label_zh text not null default '',
  label_en text not null default '',
  description text not null default '',
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (workspace_id, event, path)
);
select platform.wall('collect.property_note');
