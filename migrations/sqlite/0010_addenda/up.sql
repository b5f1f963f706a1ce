-- A file that comes after a release was closed is an addendum and says why (5.10a).
ALTER TABLE attachments ADD COLUMN addendum_reason TEXT;
