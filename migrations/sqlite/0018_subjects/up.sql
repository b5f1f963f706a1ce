-- What documents, approvals and tasks are about: a release, the report of a quarter, and whatever comes. A subject has the id of the thing itself.
CREATE TABLE subjects (
    subject_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO subjects (subject_id, kind, address) SELECT id, 'release', 'releases/' || number FROM releases;
INSERT INTO subjects (subject_id, kind, address) SELECT id, 'quarterly_report', 'reports/quarterly/' || period FROM reports;

-- SQLite takes no reference away from a column: the tables are built anew under their names, so that revisions find their documents
-- and members of panels their approvals again before the end of the transaction. The revisions of a quarterly report share its number.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE moved_documents AS SELECT * FROM documents;
CREATE TABLE moved_revisions AS SELECT * FROM document_revisions;
DROP TABLE document_revisions;
DROP TABLE documents;
CREATE TABLE documents (
    subject_id TEXT NOT NULL REFERENCES subjects (subject_id),
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    saves INTEGER NOT NULL,
    draft TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (subject_id, kind)
) STRICT;
CREATE UNIQUE INDEX documents_by_number ON documents (number) WHERE kind <> 'quarterly_report';
-- `content` is the canonical text whose SHA-256 is `sha256`.
CREATE TABLE document_revisions (
    subject_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    submitted_by TEXT NOT NULL REFERENCES users (id),
    submitted_at TEXT NOT NULL,
    content TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (subject_id, kind, revision),
    FOREIGN KEY (subject_id, kind) REFERENCES documents (subject_id, kind)
) STRICT;
INSERT INTO documents (subject_id, kind, number, saves, draft, body)
    SELECT release_id, kind, number, saves, draft, body FROM moved_documents;
INSERT INTO document_revisions (subject_id, kind, revision, sha256, submitted_by, submitted_at, content, body)
    SELECT release_id, kind, revision, sha256, submitted_by, submitted_at, content, body FROM moved_revisions;
DROP TABLE moved_revisions;
DROP TABLE moved_documents;

CREATE TABLE moved_approvals AS SELECT * FROM approvals;
DROP TABLE approvals;
CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    subject_id TEXT NOT NULL REFERENCES subjects (subject_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    body TEXT NOT NULL,
    opened_by TEXT
) STRICT;
INSERT INTO approvals (id, subject_id, position, kind, state, due_at, opened_at, body, opened_by)
    SELECT id, release_id, position, kind, state, due_at, opened_at, body, opened_by FROM moved_approvals;
DROP TABLE moved_approvals;
CREATE INDEX approvals_by_subject ON approvals (subject_id, position);
CREATE INDEX approvals_by_opener ON approvals (opened_by, due_at, id);

CREATE TABLE moved_tasks AS SELECT * FROM tasks;
DROP TABLE tasks;
CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    subject_id TEXT NOT NULL REFERENCES subjects (subject_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    assignee_id TEXT NOT NULL REFERENCES users (id),
    verifier_id TEXT REFERENCES users (id),
    blocks TEXT NOT NULL,
    due_at TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO tasks (id, subject_id, position, kind, state, is_open, assignee_id, verifier_id, blocks, due_at, body)
    SELECT id, release_id, position, kind, state, is_open, assignee_id, verifier_id, blocks, due_at, body FROM moved_tasks;
DROP TABLE moved_tasks;
CREATE INDEX tasks_by_subject ON tasks (subject_id, position);
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, is_open, due_at, id);
CREATE INDEX tasks_by_verifier ON tasks (verifier_id, state, due_at, id);
CREATE INDEX tasks_by_due ON tasks (is_open, due_at, id);
