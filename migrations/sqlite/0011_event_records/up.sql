-- The rows that a transaction changed, with their digests, beside an entry that it wrote. Part of what the entry's seal proves.
CREATE TABLE event_records (
    event_id TEXT NOT NULL PRIMARY KEY REFERENCES events (id),
    position INTEGER NOT NULL CHECK (position > 0),
    records TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX event_records_by_position ON event_records (position);

CREATE TRIGGER event_records_refuse_update BEFORE UPDATE ON event_records
BEGIN SELECT RAISE (ABORT, 'event_records are append-only'); END;
CREATE TRIGGER event_records_refuse_delete BEFORE DELETE ON event_records
BEGIN SELECT RAISE (ABORT, 'event_records are append-only'); END;
CREATE TRIGGER event_records_refuse_replace BEFORE INSERT ON event_records
WHEN EXISTS (SELECT 1 FROM event_records WHERE event_id = NEW.event_id)
BEGIN SELECT RAISE (ABORT, 'event_records are append-only'); END;
