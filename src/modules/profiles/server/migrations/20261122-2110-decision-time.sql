-- The latest decision of a workspace: a new one must come after it, and each merge asks.
create index decision_time on profiles.decision (workspace_id, at);
