ALTER TABLE attachments DROP COLUMN addendum_reason;
