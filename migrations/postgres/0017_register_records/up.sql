-- Records of registers: what every register needs of a record stands in columns, the rest in the body. `sealed` is what is never
-- shown, encrypted with a key of this installation.
CREATE TABLE register_records (
    id UUID NOT NULL PRIMARY KEY,
    register TEXT COLLATE "C" NOT NULL,
    position TEXT COLLATE "C" NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    sealed TEXT
);
CREATE INDEX register_records_by_position ON register_records (register, position, id);

-- The values that lists are filtered by, made from the bodies.
CREATE TABLE register_facets (
    register TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    record_id UUID NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
    PRIMARY KEY (register, name, value, record_id)
);
CREATE INDEX register_facets_by_record ON register_facets (record_id);

INSERT INTO register_records (id, register, position, active, version, body, sealed)
    SELECT id, 'robot', name, (body::json ->> 'active')::boolean, version, body, sealed FROM robots;
DROP TABLE robots;
INSERT INTO register_records (id, register, position, active, version, body)
    SELECT id, 'schedule', id::text, active, version, body FROM report_schedules;
DROP TABLE report_schedules;
