-- `effects`: a transaction of the first try was committed (set by that same transaction), so after a crash a repeat
-- knows whether it may run. `attempt` tells the tries apart.
alter table platform.idempotency add column effects boolean not null default false;
alter table platform.idempotency add column attempt text not null default '';
