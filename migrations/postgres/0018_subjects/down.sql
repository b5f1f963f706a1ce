DELETE FROM document_revisions WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');
DELETE FROM documents WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');
DELETE FROM approval_members WHERE approval_id IN (SELECT a.id FROM approvals a JOIN subjects s USING (subject_id) WHERE s.kind <> 'release');
DELETE FROM approvals WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');
DELETE FROM tasks WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');

ALTER INDEX approvals_by_subject RENAME TO approvals_by_release;
ALTER TABLE approvals DROP CONSTRAINT approvals_subject_id_fkey;
ALTER TABLE approvals RENAME COLUMN subject_id TO release_id;
ALTER TABLE approvals ADD CONSTRAINT approvals_release_id_fkey FOREIGN KEY (release_id) REFERENCES releases (id);

ALTER INDEX tasks_by_subject RENAME TO tasks_by_release;
ALTER TABLE tasks DROP CONSTRAINT tasks_subject_id_fkey;
ALTER TABLE tasks RENAME COLUMN subject_id TO release_id;
ALTER TABLE tasks ADD CONSTRAINT tasks_release_id_fkey FOREIGN KEY (release_id) REFERENCES releases (id);

ALTER TABLE document_revisions RENAME CONSTRAINT document_revisions_subject_id_kind_fkey TO document_revisions_release_id_kind_fkey;
ALTER TABLE document_revisions RENAME COLUMN subject_id TO release_id;
DROP INDEX documents_by_number;
ALTER TABLE documents DROP CONSTRAINT documents_subject_id_fkey;
ALTER TABLE documents RENAME COLUMN subject_id TO release_id;
ALTER TABLE documents ADD CONSTRAINT "documents.number" UNIQUE (number);
ALTER TABLE documents ADD CONSTRAINT documents_release_id_fkey FOREIGN KEY (release_id) REFERENCES releases (id);

DROP TABLE subjects;
