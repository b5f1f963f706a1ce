-- The rows that a transaction changed, with their digests, beside an entry that it wrote. Part of what the entry's seal proves.
CREATE TABLE event_records (
    event_id UUID NOT NULL PRIMARY KEY REFERENCES events (id),
    position BIGINT NOT NULL CHECK (position > 0),
    records TEXT NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX event_records_by_position ON event_records (position);
-- Taken after every row of the transaction is written and held: of two that change the same row, the later has the greater.
CREATE SEQUENCE record_positions;

CREATE TRIGGER event_records_refuse_change BEFORE UPDATE OR DELETE ON event_records
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_records_refuse_truncate BEFORE TRUNCATE ON event_records
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
