DROP TABLE event_records;
