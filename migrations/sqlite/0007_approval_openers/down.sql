DROP INDEX approvals_by_opener;
ALTER TABLE approvals DROP COLUMN opened_by;
