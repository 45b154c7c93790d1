-- Ids of the webhook endpoints told; null: every one that asks for alerts.
alter table alerts.alert add column endpoints text[];
