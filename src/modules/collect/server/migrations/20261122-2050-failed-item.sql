-- Items that were set aside because projecting them failed every time; their verdict is `rejected`. Kept for the reason:
-- the verdict alone decides what a rebuild stores.
create table collect.failed_item (
  seq bigint not null,
  idx int not null,
  workspace_id int not null,
  error text not null,
  primary key (seq, idx)
);
select platform.wall('collect.failed_item');
