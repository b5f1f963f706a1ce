CREATE TABLE report_schedules (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO report_schedules (id, kind, active, version, body)
    SELECT id, body::json ->> 'report', active, version, body FROM register_records WHERE register = 'schedule';
CREATE TABLE robots (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL CONSTRAINT "robots.name" UNIQUE,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    sealed TEXT NOT NULL
);
INSERT INTO robots (id, name, version, body, sealed)
    SELECT id, position, version, body, sealed FROM register_records WHERE register = 'robot';
DELETE FROM folded_names WHERE kind IN (SELECT DISTINCT register FROM register_records);
DROP TABLE register_facets;
DROP TABLE register_records;
