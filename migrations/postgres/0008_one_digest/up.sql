-- A reminder is told as a message: the row only says that it was raised, once for each step and person. What it says is in
-- the log.
DROP INDEX reminders_by_user;
ALTER TABLE reminders DROP COLUMN digest_day;
ALTER TABLE reminders DROP COLUMN body;
