-- People behind a number of an analysis can fill a list, too.
alter table segments.list_change drop constraint list_change_source_check;
alter table segments.list_change add constraint list_change_source_check
  check (source in ('hand', 'identifiers', 'rule', 'file', 'undo', 'analysis'));
