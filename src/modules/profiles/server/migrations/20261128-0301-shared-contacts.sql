-- Contacts several people gave, for suggesting households: some in a thousand of all identifiers.
create index identifier_shared on profiles.identifier (workspace_id, unit) where holders <> '{}';
