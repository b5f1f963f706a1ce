-- Records of registers: what every register needs of a record stands in columns, the rest in the body. `sealed` is what is never
-- shown, encrypted with a key of this installation.
CREATE TABLE register_records (
    id TEXT NOT NULL PRIMARY KEY,
    register TEXT NOT NULL,
    position TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    sealed TEXT
) STRICT;
CREATE INDEX register_records_by_position ON register_records (register, position, id);

-- The values that lists are filtered by, made from the bodies.
CREATE TABLE register_facets (
    register TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    record_id TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
    PRIMARY KEY (register, name, value, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_facets_by_record ON register_facets (record_id);

INSERT INTO register_records (id, register, position, active, version, body, sealed)
    SELECT id, 'robot', name, json_extract(body, '$.active'), version, body, sealed FROM robots;
DROP TABLE robots;
INSERT INTO register_records (id, register, position, active, version, body)
    SELECT id, 'schedule', id, active, version, body FROM report_schedules;
DROP TABLE report_schedules;
