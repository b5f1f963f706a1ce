ALTER TABLE reminders ADD COLUMN digest_day DATE;
ALTER TABLE reminders ADD COLUMN body TEXT NOT NULL DEFAULT '{}';
CREATE INDEX reminders_by_user ON reminders (user_id, digest_day, raised_at);
