-- Whether the import's tags were given to whom the row names, be it that they had them.
alter table imports.journal add column tagged boolean not null default false;
