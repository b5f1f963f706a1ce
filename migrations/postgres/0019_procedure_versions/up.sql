-- Versions of the procedure. What is written, submitted and signed of them stands in documents and approvals; the program puts in the
-- first one with the migration.
CREATE TABLE procedure_versions (
    id UUID NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX procedure_versions_by_label ON procedure_versions (label);
