-- Whose a change is: names are not unique, and everybody chooses their own. Of older changes nobody knows.
alter table segments.list_change add column actor text not null default '';
