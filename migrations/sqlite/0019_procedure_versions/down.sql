DELETE FROM approval_members WHERE approval_id IN
    (SELECT a.id FROM approvals a JOIN subjects s ON s.subject_id = a.subject_id WHERE s.kind = 'procedure_version');
DELETE FROM approvals WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind = 'procedure_version');
DELETE FROM document_revisions WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind = 'procedure_version');
DELETE FROM documents WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind = 'procedure_version');
DELETE FROM subjects WHERE kind = 'procedure_version';
DROP TABLE procedure_versions;
