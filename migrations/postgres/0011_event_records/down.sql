-- The triggers that note changed rows are made by the program after each migration.
DO $$
DECLARE
    noting regprocedure;
BEGIN
    FOR noting IN SELECT oid::regprocedure FROM pg_proc
        WHERE proname LIKE 'fabu\_note\_%' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || noting || ' CASCADE';
    END LOOP;
END
$$;
DROP TABLE event_records;
DROP SEQUENCE record_positions;
