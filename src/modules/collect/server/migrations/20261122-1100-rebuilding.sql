-- 1 while ClickHouse is being rebuilt: a start that finds it begins the rebuild again.
insert into collect.checkpoint (name, seq) values ('rebuilding', 0);
