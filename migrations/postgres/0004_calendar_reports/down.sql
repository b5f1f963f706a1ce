DROP TABLE report_sendings;
DROP TABLE report_schedules;
DROP TABLE reminders;
DROP TABLE reports;
DROP TABLE release_flags;
DROP TABLE calendar_days;
DROP TABLE calendar_years;
