DELETE FROM document_revisions WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');
DELETE FROM documents WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');
DELETE FROM approval_members WHERE approval_id IN (SELECT a.id FROM approvals a JOIN subjects s USING (subject_id) WHERE s.kind <> 'release');
DELETE FROM approvals WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');
DELETE FROM tasks WHERE subject_id IN (SELECT subject_id FROM subjects WHERE kind <> 'release');

PRAGMA defer_foreign_keys = ON;
CREATE TABLE moved_documents AS SELECT * FROM documents;
CREATE TABLE moved_revisions AS SELECT * FROM document_revisions;
DROP TABLE document_revisions;
DROP TABLE documents;
CREATE TABLE documents (
    release_id TEXT NOT NULL REFERENCES releases (id),
    kind TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    saves INTEGER NOT NULL,
    draft TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, kind)
) STRICT;
-- `content` is the canonical text whose SHA-256 is `sha256`.
CREATE TABLE document_revisions (
    release_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    submitted_by TEXT NOT NULL REFERENCES users (id),
    submitted_at TEXT NOT NULL,
    content TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (release_id, kind, revision),
    FOREIGN KEY (release_id, kind) REFERENCES documents (release_id, kind)
) STRICT;
INSERT INTO documents (release_id, kind, number, saves, draft, body)
    SELECT subject_id, kind, number, saves, draft, body FROM moved_documents;
INSERT INTO document_revisions (release_id, kind, revision, sha256, submitted_by, submitted_at, content, body)
    SELECT subject_id, kind, revision, sha256, submitted_by, submitted_at, content, body FROM moved_revisions;
DROP TABLE moved_revisions;
DROP TABLE moved_documents;

CREATE TABLE moved_approvals AS SELECT * FROM approvals;
DROP TABLE approvals;
CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    body TEXT NOT NULL,
    opened_by TEXT
) STRICT;
INSERT INTO approvals (id, release_id, position, kind, state, due_at, opened_at, body, opened_by)
    SELECT id, subject_id, position, kind, state, due_at, opened_at, body, opened_by FROM moved_approvals;
DROP TABLE moved_approvals;
CREATE INDEX approvals_by_release ON approvals (release_id, position);
CREATE INDEX approvals_by_opener ON approvals (opened_by, due_at, id);

CREATE TABLE moved_tasks AS SELECT * FROM tasks;
DROP TABLE tasks;
CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
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
INSERT INTO tasks (id, release_id, position, kind, state, is_open, assignee_id, verifier_id, blocks, due_at, body)
    SELECT id, subject_id, position, kind, state, is_open, assignee_id, verifier_id, blocks, due_at, body FROM moved_tasks;
DROP TABLE moved_tasks;
CREATE INDEX tasks_by_release ON tasks (release_id, position);
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, is_open, due_at, id);
CREATE INDEX tasks_by_verifier ON tasks (verifier_id, state, due_at, id);
CREATE INDEX tasks_by_due ON tasks (is_open, due_at, id);

DROP TABLE subjects;
