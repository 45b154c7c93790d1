-- How often somebody was erased while it was being taken: what was read before may name them, so it is read anew.
alter table segments.snapshot add column withdrawn int not null default 0;
