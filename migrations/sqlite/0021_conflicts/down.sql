DROP INDEX register_records_by_version;
DROP INDEX releases_by_stage_window;
DROP TABLE release_conflicts;
DROP TABLE release_items;
DROP TABLE release_bookings;
ALTER TABLE customers DROP COLUMN closes;
ALTER TABLE customers DROP COLUMN opens;
ALTER TABLE customers DROP COLUMN business_days;
