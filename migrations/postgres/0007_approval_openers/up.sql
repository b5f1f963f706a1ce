-- Who convened a panel: whoever did looks for the answers.
ALTER TABLE approvals ADD COLUMN opened_by UUID;
UPDATE approvals SET opened_by = (body::json ->> 'opened_by')::uuid;
CREATE INDEX approvals_by_opener ON approvals (opened_by, due_at, id);
