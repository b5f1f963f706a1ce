DROP INDEX register_records_by_version;
DROP INDEX releases_by_stage_window;
DROP TABLE release_conflicts;
DROP TABLE release_items;
DROP TABLE release_bookings;
-- With the trigger that notes changes of these columns; the program puts it back at its start.
ALTER TABLE customers DROP COLUMN closes CASCADE;
ALTER TABLE customers DROP COLUMN opens CASCADE;
ALTER TABLE customers DROP COLUMN business_days CASCADE;
