CREATE TABLE report_schedules (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO report_schedules (id, kind, active, version, body)
    SELECT id, json_extract(body, '$.report'), active, version, body FROM register_records WHERE register = 'schedule';
CREATE TABLE robots (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    sealed TEXT NOT NULL
) STRICT;
INSERT INTO robots (id, name, version, body, sealed)
    SELECT id, position, version, body, sealed FROM register_records WHERE register = 'robot';
DELETE FROM folded_names WHERE kind IN (SELECT DISTINCT register FROM register_records);
DROP TABLE register_facets;
DROP TABLE register_records;
