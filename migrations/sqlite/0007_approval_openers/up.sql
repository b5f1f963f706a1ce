-- Who convened a panel: whoever did looks for the answers.
ALTER TABLE approvals ADD COLUMN opened_by TEXT;
UPDATE approvals SET opened_by = json_extract(body, '$.opened_by');
CREATE INDEX approvals_by_opener ON approvals (opened_by, due_at, id);
