-- What documents, approvals and tasks are about: a release, the report of a quarter, and whatever comes. A subject has the id of the thing itself.
CREATE TABLE subjects (
    subject_id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    address TEXT NOT NULL
);
INSERT INTO subjects (subject_id, kind, address) SELECT id, 'release', 'releases/' || number FROM releases;
INSERT INTO subjects (subject_id, kind, address) SELECT id, 'quarterly_report', 'reports/quarterly/' || period FROM reports;

ALTER TABLE approvals RENAME COLUMN release_id TO subject_id;
ALTER TABLE approvals DROP CONSTRAINT approvals_release_id_fkey;
ALTER TABLE approvals ADD CONSTRAINT approvals_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subjects (subject_id);
ALTER INDEX approvals_by_release RENAME TO approvals_by_subject;

ALTER TABLE tasks RENAME COLUMN release_id TO subject_id;
ALTER TABLE tasks DROP CONSTRAINT tasks_release_id_fkey;
ALTER TABLE tasks ADD CONSTRAINT tasks_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subjects (subject_id);
ALTER INDEX tasks_by_release RENAME TO tasks_by_subject;

ALTER TABLE documents RENAME COLUMN release_id TO subject_id;
ALTER TABLE documents DROP CONSTRAINT documents_release_id_fkey;
ALTER TABLE documents ADD CONSTRAINT documents_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subjects (subject_id);
-- The revisions of a quarterly report share its number.
ALTER TABLE documents DROP CONSTRAINT "documents.number";
CREATE UNIQUE INDEX documents_by_number ON documents (number) WHERE kind <> 'quarterly_report';
ALTER TABLE document_revisions RENAME COLUMN release_id TO subject_id;
ALTER TABLE document_revisions RENAME CONSTRAINT document_revisions_release_id_kind_fkey TO document_revisions_subject_id_kind_fkey;
